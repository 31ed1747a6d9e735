package slidefield.nn.kernels;

/**
 * What is brought to mean 0 and variance 1 together (Wu and He 2018): all pixels of an image and the channels of one of
 * several groups of neighbouring channels. One group of an image of one pixel is layer normalisation, as many groups as
 * channels are instance normalisation.
 *
 * @param groups at least 1; the channels must be a multiple of it
 * @param epsilon added to the variance, positive
 */
public record GroupNormalisation(int groups, double epsilon) {
    /** Refuses values out of range, NaN included. */
    public GroupNormalisation {
        if (groups < 1) {
            throw new IllegalArgumentException("normalisation: groups must be at least 1, found " + groups);
        }
        if (!(epsilon > 0) || Double.isInfinite(epsilon)) {
            throw new IllegalArgumentException("normalisation: epsilon must be positive, found " + epsilon);
        }
    }

    /**
     * @param channels of the image
     * @return channels of a group
     * @throws IllegalArgumentException if the groups would not be of the same size
     */
    public long groupSize(long channels) {
        if (channels % groups != 0) {
            throw new IllegalArgumentException("normalisation: a multiple of " + groups
                    + " channels is expected, one for each group, found " + channels);
        }
        return channels / groups;
    }
}
