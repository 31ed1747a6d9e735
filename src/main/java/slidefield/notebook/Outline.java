package slidefield.notebook;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.Arrays;

/** The border of where a grid reaches a threshold, drawn on an image with a dark casing so that it shows on any tissue. */
final class Outline {
    private Outline() {}

    /**
     * @param image drawn upon, of a type with packed integer pixels (TYPE_INT_RGB)
     * @param grid covers the whole image
     * @param threshold inside is where the grid is at least this
     * @param radius half the line's width in pixels, at least 1
     * @param color of the line, 0xAARRGGBB
     * @param casing around the line, 0xAARRGGBB
     */
    static void draw(BufferedImage image, Grid grid, double threshold, int radius, int color, int casing) {
        int width = image.getWidth();
        int height = image.getHeight();
        boolean[] inside = inside(width, height, grid, threshold);
        int[] border = border(inside, width, height);
        int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        int edge = Math.max(1, radius / 2);
        for (int at : border) {
            stamp(pixels, width, height, at, radius + edge, casing);
        }
        for (int at : border) {
            stamp(pixels, width, height, at, radius, color);
        }
    }

    private static boolean[] inside(int width, int height, Grid grid, double threshold) {
        boolean[] inside = new boolean[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                inside[y * width + x] = grid.at((x + 0.5) / width, (y + 0.5) / height) >= threshold;
            }
        }
        return inside;
    }

    /** Inside pixels with a neighbour outside; the image's edge is no border. */
    private static int[] border(boolean[] inside, int width, int height) {
        int[] found = new int[inside.length];
        int count = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int at = y * width + x;
                if (inside[at]
                        && (x > 0 && !inside[at - 1]
                                || x < width - 1 && !inside[at + 1]
                                || y > 0 && !inside[at - width]
                                || y < height - 1 && !inside[at + width])) {
                    found[count++] = at;
                }
            }
        }
        return Arrays.copyOf(found, count);
    }

    private static void stamp(int[] pixels, int width, int height, int at, int radius, int color) {
        int x = at % width;
        int y = at / width;
        for (int py = Math.max(0, y - radius + 1); py < Math.min(height, y + radius); py++) {
            for (int px = Math.max(0, x - radius + 1); px < Math.min(width, x + radius); px++) {
                int dx = px - x;
                int dy = py - y;
                if (dx * dx + dy * dy < radius * radius) {
                    pixels[py * width + px] = color;
                }
            }
        }
    }
}
