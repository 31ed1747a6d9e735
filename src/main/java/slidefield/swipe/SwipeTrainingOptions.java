package slidefield.swipe;

import slidefield.fit.Check;

/**
 * How long SwIPE learns, and from how much at once.
 *
 * @param iterations steps in all; training has the least number of whole epochs that has so many. 0 for as many epochs as
 *     {@link SwipeOptimisation#epochs()} says (the released code: 200; the paper: 30,000 iterations)
 * @param batch images of a step; 12 in the paper
 * @param points of each image in a step; 1000 in the released code
 * @param size pixels along both sides of the images that the network sees; 384 in the paper
 * @param validateEvery epochs from one validation to the next, the last epoch being followed by one in any case; 2 in the
 *     released code. The weights of the validation with the best Dice are kept.
 */
public record SwipeTrainingOptions(int iterations, int batch, int points, int size, int validateEvery) {
    /** @throws IllegalArgumentException if a number is out of range */
    public SwipeTrainingOptions {
        Check.between("iterations", iterations, 0, 100_000_000);
        Check.between("batch", batch, 1, 4096);
        Check.between("points", points, 1, 1_000_000);
        Check.between("size", size, 2, 8192);
        Check.between("validateEvery", validateEvery, 1, 1_000_000);
    }

    /** Steps of an epoch in which every image is seen once; the last step may have fewer images. */
    int steps(int images) {
        return (images + batch - 1) / batch;
    }

    /**
     * @param images in the training split
     * @param optimisation whose epochs count where iterations are not given
     */
    int epochs(int images, SwipeOptimisation optimisation) {
        int steps = steps(images);
        return iterations == 0 ? optimisation.epochs() : (int) (((long) iterations + steps - 1) / steps);
    }
}
