package slidefield.swipe;

import slidefield.fit.Check;

/**
 * How whole images are answered: scaled to one size, then seen through windows of the training's size whose logits are
 * averaged where they overlap. With the width and the height of a window there is only one.
 *
 * @param width pixels that an image is scaled to, at least a window's; 0 for a window's
 * @param height likewise
 * @param overlap of neighbouring windows, as a share of a window; 0.75 in the paper
 * @param neighbours whether every point is decoded from its own patch and the up to eight around it, and the mean taken,
 *     with the variance as uncertainty: an option of the released code that is off there
 */
public record SwipePredictionOptions(int width, int height, double overlap, boolean neighbours) {
    /** @throws IllegalArgumentException if a number is out of range */
    public SwipePredictionOptions {
        Check.between("width", width, 0, 8192);
        Check.between("height", height, 0, 8192);
        Check.below("overlap", overlap, 0, 1);
    }

    /** One window that shows the whole image, no neighbours. */
    public static SwipePredictionOptions oneWindow() {
        return new SwipePredictionOptions(0, 0, 0.75, false);
    }

    /**
     * @param window the training's size
     * @throws IllegalArgumentException if an image would be scaled to less than a window
     */
    void requireWindow(int window) {
        requireWindow("prediction.width", width, window);
        requireWindow("prediction.height", height, window);
    }

    private static void requireWindow(String option, int found, int window) {
        if (found != 0 && found < window) {
            throw new IllegalArgumentException(
                    option + " must be 0 or at least training.size, " + window + ", got " + found);
        }
    }

    /** An image as it is seen through windows of a size. */
    LabelledImage scaled(LabelledImage image, int window) {
        return ImageScaling.scaled(image, width(window), height(window));
    }

    /** The width that an image is scaled to, given a window's. */
    int width(int window) {
        return width == 0 ? window : width;
    }

    /** The height that an image is scaled to, given a window's. */
    int height(int window) {
        return height == 0 ? window : height;
    }
}
