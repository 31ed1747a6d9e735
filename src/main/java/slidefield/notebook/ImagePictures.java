package slidefield.notebook;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.IntStream;
import slidefield.swipe.EncodedImage;
import slidefield.swipe.LabelledImage;
import slidefield.swipe.PointPool;
import slidefield.swipe.SegmentedImage;

/** What plain images with masks, and answers to them, look like. */
public final class ImagePictures {
    private static final int BACKGROUND = 0x3050FF;
    private static final int FOREGROUND = 0xFFE100;

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
     * A pool's points on their image: background blue, every class yellow, each a square of 3 x 3 pixels.
     *
     * @param image its colours
     * @param pool of that image
     * @param width pixels of the picture, at least the image's
     */
    public static BufferedImage points(LabelledImage image, PointPool pool, int width) {
        BufferedImage picture = Pictures.enlarged(of(image), width);
        double scale = (double) width / image.width();
        for (int i = 0; i < pool.x().length; i++) {
            int colour = i < pool.count(0) ? BACKGROUND : FOREGROUND;
            int column = (int) ((pool.x()[i] + 0.5) * scale);
            int row = (int) ((pool.y()[i] + 0.5) * scale);
            for (int y = Math.max(0, row - 1); y <= Math.min(picture.getHeight() - 1, row + 1); y++) {
                for (int x = Math.max(0, column - 1); x <= Math.min(width - 1, column + 1); x++) {
                    picture.setRGB(x, y, colour);
                }
            }
        }
        return picture;
    }

    /**
     * Multi-stage embedding attention: a map a scale, from fine to coarse, with one square a patch. All share a range: dark is
     * the image's least weight, yellow its largest (SwIPE, supplement, Fig. 3).
     *
     * @param image encoded by a network with that attention
     * @param width pixels of every map, at least the patches across
     * @throws IllegalArgumentException if the network's fusion has no attention, or the width is less
     */
    public static List<BufferedImage> attention(EncodedImage image, int width) {
        float[] weights = image.attention();
        int patches = image.patchRows() * image.patchColumns();
        if (weights.length == 0) {
            throw new IllegalArgumentException(
                    "expected a network with attention, found another fusion; set swipe.neck.fusion=ATTENTION");
        }
        DoubleSummaryStatistics range = range(weights);
        List<BufferedImage> maps = new ArrayList<>();
        int scales = weights.length / patches;
        for (int scale = 0; scale < scales; scale++) {
            float[] own = new float[patches];
            for (int patch = 0; patch < patches; patch++) {
                own[patch] = weights[patch * scales + scale];
            }
            Grid map = new Grid(image.patchRows(), image.patchColumns(), own);
            maps.add(Pictures.enlarged(
                    Maps.picture(stretched(map, (float) range.getMin(), (float) range.getMax())), width));
        }
        return maps;
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
        DoubleSummaryStatistics range = range(grid.values());
        return stretched(grid, (float) range.getMin(), (float) range.getMax());
    }

    private static DoubleSummaryStatistics range(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).summaryStatistics();
    }
}
