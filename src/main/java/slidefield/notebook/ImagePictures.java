package slidefield.notebook;

import java.awt.image.BufferedImage;
import java.util.DoubleSummaryStatistics;
import java.util.stream.IntStream;
import slidefield.swipe.LabelledImage;
import slidefield.swipe.SegmentedImage;

/** What plain images with masks, and answers to them, look like. */
public final class ImagePictures {
    private ImagePictures() {}

    /** The image itself, one pixel for one. */
    public static BufferedImage of(LabelledImage image) {
        BufferedImage picture = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
        picture.setRGB(0, 0, image.width(), image.height(), image.rgb(), 0, image.width());
        return picture;
    }

    /** The image's own foreground, 0 and 1. */
    public static Grid truth(LabelledImage image) {
        return mask(image.width(), image.height(), image.classes());
    }

    /** An answer's foreground, 0 and 1. */
    public static Grid mask(SegmentedImage found) {
        return mask(found.width(), found.height(), found.classes());
    }

    /** The probability of any foreground. */
    public static Grid probability(SegmentedImage found) {
        return new Grid(found.height(), found.width(), found.foreground());
    }

    /**
     * Any foreground, 0 and 1.
     *
     * @param width pixels
     * @param height pixels
     * @param classes a number a pixel, row after row; 0 is background
     */
    public static Grid mask(int width, int height, byte[] classes) {
        float[] mask = new float[classes.length];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = classes[i] == 0 ? 0 : 1;
        }
        return new Grid(height, width, mask);
    }

    /**
     * The largest standard deviation of a pixel's logits over neighbouring patches.
     *
     * @param found an answer that neighbours were asked for
     */
    public static Grid uncertainty(SegmentedImage found) {
        float[] deviation = new float[found.width() * found.height()];
        for (int i = 0; i < found.variance().length; i++) {
            int at = i / found.outputs();
            deviation[at] = Math.max(deviation[at], (float) Math.sqrt(found.variance()[i]));
        }
        return new Grid(found.height(), found.width(), deviation);
    }

    /**
     * The outlines of an answer (yellow) and of the truth (cyan) on the image.
     *
     * @param image with its classes
     * @param found any number of pixels
     */
    public static BufferedImage outlined(LabelledImage image, SegmentedImage found) {
        return Overlay.on(of(image)).truth(truth(image)).prediction(mask(found)).image();
    }

    /**
     * The same values stretched from 0 to 1, for a picture of them.
     *
     * @param grid any values
     * @param least becomes 0
     * @param most becomes 1
     */
    public static Grid stretched(Grid grid, float least, float most) {
        float[] values = grid.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] = most > least ? Math.max(0, Math.min(1, (values[i] - least) / (most - least))) : 0;
        }
        return new Grid(grid.height(), grid.width(), values);
    }

    /** The same from its least value to its most. */
    public static Grid stretched(Grid grid) {
        DoubleSummaryStatistics range = IntStream.range(0, grid.values().length)
                .mapToDouble(i -> grid.values()[i])
                .summaryStatistics();
        return stretched(grid, (float) range.getMin(), (float) range.getMax());
    }
}
