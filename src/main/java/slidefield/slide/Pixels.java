package slidefield.slide;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferInt;
import java.awt.image.IndexColorModel;
import java.awt.image.PackedColorModel;
import java.awt.image.Raster;
import java.util.Arrays;

/**
 * 8-bit RGB from what readers deliver. Samples are taken as stored: Java's own conversion would treat grey images as
 * linear light and turn a stored 127 into 187, and would apply colour profiles that OpenSlide does not.
 */
final class Pixels {
    static final int WHITE = 0xFFFFFF;
    static final int BLACK = 0;

    private Pixels() {}

    /** The {@code height x width} pixels behind an INT_RGB image, row-major; writing to them writes the image. */
    static int[] of(BufferedImage rgb) {
        return ((DataBufferInt) rgb.getRaster().getDataBuffer()).getData();
    }

    /** An image of one colour. */
    static BufferedImage filled(int width, int height, int colour) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        if (colour != BLACK) {
            Arrays.fill(of(image), colour);
        }
        return image;
    }

    /** Lays premultiplied ARGB over a grey background (0 or 255), in place. */
    static void flatten(int[] argb, int background) {
        int grey = background & 0xFF;
        for (int i = 0; i < argb.length; i++) {
            int pixel = argb[i];
            int alpha = pixel >>> 24;
            if (alpha == 255) {
                argb[i] = pixel & 0xFFFFFF;
            } else {
                int rest = (255 - alpha) * grey / 255;
                int red = Math.min(255, (pixel >> 16 & 0xFF) + rest);
                int green = Math.min(255, (pixel >> 8 & 0xFF) + rest);
                int blue = Math.min(255, (pixel & 0xFF) + rest);
                argb[i] = red << 16 | green << 8 | blue;
            }
        }
    }

    /**
     * Converts a decoded image.
     *
     * @param image grey, RGB, indexed, with or without alpha, 1 to 16 bits per sample
     * @param background the colour (grey) behind transparent pixels
     * @return the same size, {@link BufferedImage#TYPE_INT_RGB}
     * @throws IllegalArgumentException if the samples are not integers or the colours not grey or RGB
     */
    static BufferedImage toRgb(BufferedImage image, int background) {
        if (image.getType() == BufferedImage.TYPE_INT_RGB) {
            return image;
        }
        ColorModel model = image.getColorModel();
        if (model instanceof IndexColorModel || model instanceof PackedColorModel) {
            return viaArgb(image, background);
        }
        int space = model.getColorSpace().getType();
        int type = image.getRaster().getDataBuffer().getDataType();
        boolean integers = type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT;
        boolean known = space == ColorSpace.TYPE_GRAY || space == ColorSpace.TYPE_RGB;
        if (!integers || !known) {
            throw new IllegalArgumentException(
                    known ? "samples that are not 8 or 16-bit integers" : "colours that are neither grey nor RGB");
        }
        return viaSamples(image, background);
    }

    private static BufferedImage viaArgb(BufferedImage image, int background) {
        BufferedImage out = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        int[] row = new int[image.getWidth()];
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, row.length, 1, row, 0, row.length);
            for (int x = 0; x < row.length; x++) {
                int alpha = row[x] >>> 24;
                int red = over(row[x] >> 16 & 0xFF, alpha, background & 0xFF);
                int green = over(row[x] >> 8 & 0xFF, alpha, background & 0xFF);
                int blue = over(row[x] & 0xFF, alpha, background & 0xFF);
                row[x] = red << 16 | green << 8 | blue;
            }
            System.arraycopy(row, 0, of(out), y * row.length, row.length);
        }
        return out;
    }

    private static BufferedImage viaSamples(BufferedImage image, int background) {
        Raster raster = image.getRaster();
        ColorModel model = image.getColorModel();
        int width = image.getWidth();
        int bands = raster.getNumBands();
        int colours = model.getNumColorComponents();
        int top = (1 << model.getComponentSize(0)) - 1;
        boolean alpha = model.hasAlpha() && bands > colours;
        BufferedImage out = new BufferedImage(width, image.getHeight(), BufferedImage.TYPE_INT_RGB);
        int[] pixels = of(out);
        int[] row = new int[width * bands];
        for (int y = 0; y < image.getHeight(); y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            for (int x = 0; x < width; x++) {
                int at = x * bands;
                int opacity = alpha ? eight(row[at + colours], top) : 255;
                int rgb = 0;
                for (int c = 0; c < 3; c++) {
                    int value = eight(row[at + (colours == 1 ? 0 : c)], top);
                    rgb = rgb << 8 | over(value, opacity, background & 0xFF);
                }
                pixels[y * width + x] = rgb;
            }
        }
        return out;
    }

    private static int eight(int sample, int top) {
        return top == 255 ? sample : (int) ((sample * 255L + top / 2) / top);
    }

    private static int over(int value, int alpha, int background) {
        return alpha == 255 ? value : (value * alpha + background * (255 - alpha) + 127) / 255;
    }
}
