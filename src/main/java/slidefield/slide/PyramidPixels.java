package slidefield.slide;

import java.awt.AlphaComposite;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;

/** Plain byte arrays of pixels: taken out of images, padded to whole tiles and averaged for the next level. */
final class PyramidPixels {
    private PyramidPixels() {}

    /**
     * Copies an image into the top left corner of a tile and repeats its last column and row to the tile's edges, so
     * that neither compression nor averaging sees an artificial border.
     *
     * @param image 8 bits per sample, at most {@code tile x tile} pixels
     * @param into {@code tile x tile x samples} bytes
     */
    static void intoTile(BufferedImage image, byte[] into, int tile, int samples) {
        int width = image.getWidth();
        int height = image.getHeight();
        if (samples == 1) {
            greyRows(image, into, tile);
        } else {
            rgbRows(image, into, tile);
        }
        pad(into, tile, samples, width, height);
    }

    private static void greyRows(BufferedImage image, byte[] into, int tile) {
        Raster raster = image.getRaster();
        if (raster.getNumBands() != 1 || raster.getSampleModel().getSampleSize(0) != 8) {
            throw new IllegalArgumentException("a grey pyramid needs 8-bit images with one band, found " + image);
        }
        int[] row = new int[image.getWidth()];
        for (int y = 0; y < image.getHeight(); y++) {
            raster.getSamples(0, y, row.length, 1, 0, row);
            for (int x = 0; x < row.length; x++) {
                into[y * tile + x] = (byte) row[x];
            }
        }
    }

    private static void rgbRows(BufferedImage image, byte[] into, int tile) {
        int width = image.getWidth();
        int height = image.getHeight();
        if (image.getType() == BufferedImage.TYPE_BYTE_GRAY) {
            // Straight from the raster: Java's grey colour space is linear and getRGB would change the values.
            Raster raster = image.getRaster();
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    put(into, (y * tile + x) * 3, raster.getSample(x, y, 0) * 0x010101);
                }
            }
            return;
        }
        BufferedImage rgb = image.getType() == BufferedImage.TYPE_INT_RGB ? image : overWhite(image);
        Raster raster = rgb.getRaster();
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            raster.getDataElements(0, y, width, 1, row);
            for (int x = 0; x < width; x++) {
                put(into, (y * tile + x) * 3, row[x]);
            }
        }
    }

    private static BufferedImage overWhite(BufferedImage image) {
        BufferedImage rgb = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D g = rgb.createGraphics();
        g.setComposite(AlphaComposite.SrcOver);
        g.drawImage(image, 0, 0, Color.WHITE, null);
        g.dispose();
        return rgb;
    }

    private static void put(byte[] into, int at, int rgb) {
        into[at] = (byte) (rgb >> 16);
        into[at + 1] = (byte) (rgb >> 8);
        into[at + 2] = (byte) rgb;
    }

    /** Repeats the last column and row of the {@code width x height} pixels at the top left of a tile. */
    static void pad(byte[] tilePixels, int tile, int samples, int width, int height) {
        for (int y = 0; y < height && width < tile; y++) {
            int last = (y * tile + width - 1) * samples;
            for (int i = last + samples; i < (y + 1) * tile * samples; i++) {
                tilePixels[i] = tilePixels[i - samples];
            }
        }
        int row = tile * samples;
        for (int y = height; y < tile; y++) {
            System.arraycopy(tilePixels, (height - 1) * row, tilePixels, y * row, row);
        }
    }

    /**
     * Averages 2 x 2 pixels of a padded tile into a band of the next level. Halves round to even, so that a deep
     * pyramid does not brighten.
     *
     * @param pixels {@code tile x tile x samples} bytes
     * @param band the next level's rows, {@code bandWidth} pixels wide
     * @param left first column of the band to fill
     * @param top first row of the band to fill
     */
    static void halve(byte[] pixels, int tile, int samples, byte[] band, int bandWidth, int left, int top) {
        int columns = Math.min(tile / 2, bandWidth - left);
        for (int y = 0; y < tile / 2; y++) {
            int to = ((top + y) * bandWidth + left) * samples;
            int from = 2 * y * tile * samples;
            for (int x = 0; x < columns; x++, from += 2 * samples) {
                for (int s = 0; s < samples; s++, to++) {
                    int a = from + s;
                    int b = a + tile * samples;
                    int sum = (pixels[a] & 255)
                            + (pixels[a + samples] & 255)
                            + (pixels[b] & 255)
                            + (pixels[b + samples] & 255);
                    band[to] = (byte) ((sum + 1 + ((sum >> 2) & 1)) >> 2);
                }
            }
        }
    }
}
