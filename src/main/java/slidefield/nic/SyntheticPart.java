package slidefield.nic;

import slidefield.io.InputException;

/**
 * Some images of a synthetic set that serve one purpose.
 *
 * @param name such as {@code fold 2}
 * @param test whether they are test images, which show other digits than training images
 * @param from number of the first one
 * @param count how many there are
 */
public record SyntheticPart(String name, boolean test, int from, int count) {
    /** Folds of the images that the network of compressed images learns from: three train, one validates. */
    public static final int FOLDS = 4;

    /** The paper's training images, and as many test images. */
    public static final int PAPER = 25_000;

    /** @throws InputException if there would be no image, or one before the first */
    public SyntheticPart {
        if (from < 0 || count < 1) {
            throw new InputException(name + ": expected at least one image, numbered from 0, found " + count + " from "
                    + from + "; ask for more images");
        }
    }

    /**
     * The images that encoders learn from: seven tenths of the first tenth of the training images.
     *
     * @param training images in all; of the paper's 25,000 these are 1,750
     */
    public static SyntheticPart encoderTraining(int training) {
        return new SyntheticPart("encoder training", false, 0, forEncoders(training) * 7 / 10);
    }

    /** The images that choose between states of an encoder: of the paper's 25,000 training images these are 750. */
    public static SyntheticPart encoderValidation(int training) {
        int from = encoderTraining(training).count();
        return new SyntheticPart("encoder validation", false, from, forEncoders(training) - from);
    }

    /**
     * A quarter of the training images that encoders have not seen.
     *
     * @param training images in all; of the paper's 25,000 these are 5,625
     * @param fold from 0
     */
    public static SyntheticPart fold(int training, int fold) {
        if (fold < 0 || fold >= FOLDS) {
            throw new IllegalArgumentException("expected a fold from 0 to " + (FOLDS - 1) + ", found " + fold);
        }
        int each = (training - forEncoders(training)) / FOLDS;
        return new SyntheticPart("fold " + fold, false, forEncoders(training) + fold * each, each);
    }

    /** The test images: the paper's are 25,000. */
    public static SyntheticPart test(int images) {
        return new SyntheticPart("test", true, 0, images);
    }

    private static int forEncoders(int training) {
        return training / 10;
    }

    /**
     * The first of them.
     *
     * @param share of them, above 0 to 1; at least one is kept
     */
    public SyntheticPart first(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new InputException("expected a share of the images above 0 to 1, found " + share);
        }
        return new SyntheticPart(name, test, from, Math.max(1, (int) Math.round(share * count)));
    }
}
