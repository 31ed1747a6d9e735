package slidefield.notebook;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import slidefield.fit.Prediction;
import slidefield.fit.Segmenter;
import slidefield.fit.SlidePlane;
import slidefield.io.WholeFile;
import slidefield.nic.SaliencyMap;

/** What a segmented slide looks like. */
public final class Pictures {
    /** Pictures for looking at are no larger than this. */
    private static final int LONG_SIDE = 1600;

    private Pictures() {}

    /**
     * Writes a picture as PNG, whole or not at all.
     *
     * @param picture any
     * @param png the file's final name
     * @throws slidefield.io.InputException if the file cannot be written
     */
    public static void save(BufferedImage picture, Path png) {
        WholeFile.writeBytes(png, Bundle.png(picture));
    }

    /**
     * The slide with the predicted lesions' outline and, where they are annotated, the true one.
     *
     * @param result one resolution of a segmented slide
     * @return at most 1600 pixels on the longer side, with a legend below
     */
    public static BufferedImage overlay(Segmenter.Result result) {
        return overlay(result.plane(), result.prediction());
    }

    /**
     * The slide with the predicted lesions' outline and, where they are annotated, the true one.
     *
     * @param plane the slide
     * @param prediction of that plane
     * @return at most 1600 pixels on the longer side, with a legend below
     */
    public static BufferedImage overlay(SlidePlane plane, Prediction prediction) {
        Overlay overlay = Overlay.on(Maps.slide(plane, LONG_SIDE)).prediction(Maps.probability(prediction));
        if (plane.annotated()) {
            overlay.truth(Maps.truth(plane));
        }
        return overlay.withLegend();
    }

    /** A slide with its annotated lesions' outline. */
    public static BufferedImage annotated(SlidePlane plane) {
        return Overlay.on(Maps.slide(plane, LONG_SIDE)).truth(Maps.truth(plane)).withLegend();
    }

    /** Where a network looks: a pixel per place, from dark violet at 0 to yellow at 1. */
    public static BufferedImage saliency(SaliencyMap map) {
        return Maps.picture(new Grid(map.rows(), map.columns(), map.values()));
    }

    /**
     * Pictures side by side under their titles.
     *
     * @param titles one per picture
     * @param images at least one
     * @return all of one height, together at most 1200 pixels wide
     */
    public static BufferedImage row(List<String> titles, List<BufferedImage> images) {
        return Row.of(titles, images.toArray(BufferedImage[]::new));
    }

    /**
     * Numbers as colours.
     *
     * @param rgb height x width x 3 in [0, 1], row by row
     * @param width columns
     * @param height rows
     */
    public static BufferedImage colours(float[] rgb, int width, int height) {
        if (rgb.length != 3L * width * height) {
            throw new IllegalArgumentException(
                    "expected 3 numbers for each of " + width + " x " + height + " pixels, found " + rgb.length);
        }
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(
                    i % width,
                    i / width,
                    byteOf(rgb[3 * i]) << 16 | byteOf(rgb[3 * i + 1]) << 8 | byteOf(rgb[3 * i + 2]));
        }
        return image;
    }

    private static int byteOf(float share) {
        return Math.max(0, Math.min(255, Math.round(255 * share)));
    }

    /**
     * A small picture made large, its pixels as squares.
     *
     * @param image any image
     * @param width pixels, at least the image's own
     */
    public static BufferedImage enlarged(BufferedImage image, int width) {
        if (width < image.getWidth()) {
            throw new IllegalArgumentException(
                    "expected a width of at least " + image.getWidth() + " pixels, found " + width);
        }
        int height = (int) Math.round((double) image.getHeight() * width / image.getWidth());
        BufferedImage large = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = large.createGraphics();
        graphics.drawImage(image, 0, 0, width, height, null);
        graphics.dispose();
        return large;
    }
}
