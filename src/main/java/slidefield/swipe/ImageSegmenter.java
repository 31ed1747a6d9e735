package slidefield.swipe;

/** Something trained that segments images: SwIPE, or a rival in its tables. Not thread-safe. */
public interface ImageSegmenter {
    /**
     * Answers an image in a number of pixels of the caller's choice over the same area.
     *
     * @param image any size; its classes are not read
     * @param columns of the answer
     * @param rows of the answer
     */
    SegmentedImage predict(LabelledImage image, int columns, int rows);

    /**
     * Answers every pixel of an image.
     *
     * @param image any size; its classes are not read
     * @return as many pixels
     */
    default SegmentedImage predict(LabelledImage image) {
        return predict(image, image.width(), image.height());
    }
}
