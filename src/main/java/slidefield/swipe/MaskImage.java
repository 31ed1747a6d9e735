package slidefield.swipe;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import slidefield.data.MaskValues;
import slidefield.io.InputException;

/** Class numbers from a mask image's pixels, with what cannot be a mask refused. */
final class MaskImage {
    /** Grey values this near to 0 or 255 are what JPEG makes of black and white. */
    private static final int NEAR = 32;

    /** More pixels than this share between them are no mask: JPEG blurred at most 0.02 % in 902 of Kvasir and CVC. */
    private static final double BLURRED = 0.1;

    private MaskImage() {}

    /**
     * @param file for messages
     * @param image INT_RGB
     * @param values what its pixels say
     * @param classes names of the classes, without background
     * @param emptyAllowed whether it may show background only
     * @return a class number a pixel, row-major
     * @throws InputException if the values are not those of a mask, or all is background though it may not be
     */
    static byte[] classes(
            Path file, BufferedImage image, MaskValues values, List<String> classes, boolean emptyAllowed) {
        int[] grey = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        for (int i = 0; i < grey.length; i++) {
            grey[i] = grey(file, grey[i], values);
        }
        byte[] found =
                values == MaskValues.CLASSES ? numbers(file, grey, classes) : thresholded(file, grey, emptyAllowed);
        if (!emptyAllowed) {
            refuseEmpty(file, found);
        }
        return found;
    }

    private static int grey(Path file, int pixel, MaskValues values) {
        int red = pixel >> 16 & 0xFF;
        int green = pixel >> 8 & 0xFF;
        int blue = pixel & 0xFF;
        int most = Math.max(red, Math.max(green, blue));
        int spread = most - Math.min(red, Math.min(green, blue));
        if (spread > (values == MaskValues.CLASSES ? 0 : NEAR)) {
            throw new InputException("mask " + file + " has colours, such as (" + red + ", " + green + ", " + blue
                    + "); expected a grey image" + (values == MaskValues.CLASSES ? " of class numbers" : "")
                    + ": is it the image itself, or a palette image?");
        }
        return most;
    }

    private static byte[] thresholded(Path file, int[] grey, boolean emptyAllowed) {
        byte[] found = new byte[grey.length];
        int between = 0;
        int most = 0;
        for (int i = 0; i < grey.length; i++) {
            found[i] = (byte) (grey[i] > MaskValues.THRESHOLD ? 1 : 0);
            between += grey[i] > NEAR && grey[i] < 255 - NEAR ? 1 : 0;
            most = Math.max(most, grey[i]);
        }
        if (between > BLURRED * grey.length) {
            throw new InputException("mask " + file + " is no black-and-white image: " + 100L * between / grey.length
                    + " % of its values lie between " + NEAR + " and " + (255 - NEAR)
                    + "; expected near 0 (background) and near 255 (foreground), cut at " + MaskValues.THRESHOLD
                    + " in the middle");
        }
        if (most > 0 && most <= MaskValues.THRESHOLD && !(emptyAllowed && most <= NEAR && most > 1)) {
            throw new InputException("mask " + file + " has no value above " + most + ", and foreground is above "
                    + MaskValues.THRESHOLD + " (the middle of black and white, as JPEG blurs both); if its values are"
                    + " class numbers, say 'values: classes' in the manifest");
        }
        return found;
    }

    private static byte[] numbers(Path file, int[] grey, List<String> classes) {
        byte[] found = new byte[grey.length];
        for (int i = 0; i < grey.length; i++) {
            if (grey[i] > classes.size()) {
                throw new InputException(
                        "mask " + file + " has the value " + grey[i] + "; expected class numbers from 0"
                                + " (background) to " + classes.size() + " (" + classes.get(classes.size() - 1)
                                + "); say 'values: black-and-white' if it is a mask of 0 and 255");
            }
            found[i] = (byte) grey[i];
        }
        return found;
    }

    /** @throws InputException if all is background */
    static void refuseEmpty(Path file, byte[] classes) {
        for (byte found : classes) {
            if (found != 0) {
                return;
            }
        }
        throw new InputException("mask " + file + " shows background only; leave the image out, or say"
                + " 'withoutForeground: true' in the manifest if that is meant");
    }
}
