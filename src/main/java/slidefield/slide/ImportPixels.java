package slidefield.slide;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.nio.file.Path;
import java.util.Arrays;
import slidefield.io.InputException;

/**
 * Pixels of any ordinary image as 8-bit RGB or as a mask. Grey and 16-bit samples are taken from the raster as they
 * are: Java's own conversion of grey would apply another gamma curve.
 */
final class ImportPixels {
    /** A mask's pixel is lesion where its brightest channel is above this. */
    static final int THRESHOLD = 127;

    private ImportPixels() {}

    /** Refuses images whose samples are not 1 to 16 bits of grey, RGB or palette, with or without transparency. */
    static void check(Path path, BufferedImage image) {
        int bands = image.getRaster().getNumBands();
        int type = image.getSampleModel().getDataType();
        boolean integer = type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT || type == DataBuffer.TYPE_INT;
        boolean usable =
                Arrays.stream(image.getSampleModel().getSampleSize()).allMatch(bits -> bits >= 1 && bits <= 16);
        int colours = image.getColorModel().getNumColorComponents();
        if (!integer || !usable || bands > 4 || colours != 1 && colours != 3) {
            throw new InputException("cannot use " + path + ": expected grey or RGB of 8 or 16 bits, found " + bands
                    + " channels of " + image.getSampleModel().getSampleSize(0) + " bits; save it as 8-bit RGB first");
        }
    }

    /** Copies {@code from} to the rows of {@code into} that begin at {@code top}. */
    static void copy(BufferedImage from, BufferedImage into, int top, boolean mask) {
        int width = from.getWidth();
        int[] rgb = new int[width];
        for (int y = 0; y < from.getHeight(); y++) {
            row(from, y, rgb, mask ? 0 : 255);
            if (mask) {
                for (int x = 0; x < width; x++) {
                    int brightest = Math.max(rgb[x] >> 16 & 255, Math.max(rgb[x] >> 8 & 255, rgb[x] & 255));
                    into.getRaster().setSample(x, top + y, 0, brightest > THRESHOLD ? 255 : 0);
                }
            } else {
                into.getRaster().setDataElements(0, top + y, width, 1, rgb);
            }
        }
    }

    private static void row(BufferedImage image, int y, int[] rgb, int background) {
        ColorModel colours = image.getColorModel();
        if (colours instanceof IndexColorModel || image.getSampleModel().getDataType() == DataBuffer.TYPE_INT) {
            image.getRGB(0, y, rgb.length, 1, rgb, 0, rgb.length);
            for (int x = 0; x < rgb.length; x++) {
                int alpha = rgb[x] >>> 24;
                rgb[x] = pack(
                        over(rgb[x] >> 16 & 255, alpha, background),
                        over(rgb[x] >> 8 & 255, alpha, background),
                        over(rgb[x] & 255, alpha, background));
            }
            return;
        }
        Raster raster = image.getRaster();
        int bands = raster.getNumBands();
        int[] most = new int[bands];
        for (int band = 0; band < bands; band++) {
            most[band] = (1 << image.getSampleModel().getSampleSize(band)) - 1;
        }
        int[] samples = raster.getPixels(0, y, rgb.length, 1, (int[]) null);
        boolean grey = colours.getNumColorComponents() == 1;
        for (int x = 0; x < rgb.length; x++) {
            int at = x * bands;
            int alpha = colours.hasAlpha() ? scale(samples[at + bands - 1], most[bands - 1]) : 255;
            int r = over(scale(samples[at], most[0]), alpha, background);
            int g = grey ? r : over(scale(samples[at + 1], most[1]), alpha, background);
            int b = grey ? r : over(scale(samples[at + 2], most[2]), alpha, background);
            rgb[x] = pack(r, g, b);
        }
    }

    private static int scale(int sample, int most) {
        return most == 255 ? sample : (int) ((sample * 255L + most / 2) / most);
    }

    private static int over(int sample, int alpha, int background) {
        return alpha == 255 ? sample : (sample * alpha + background * (255 - alpha) + 127) / 255;
    }

    private static int pack(int r, int g, int b) {
        return r << 16 | g << 8 | b;
    }
}
