package slidefield.swipe;

/**
 * Sizes of a {@link Cct}, the backbone of row 1 of Table 3, right. As in the released code it stands for the whole encoder:
 * its tokens are the patch embeddings, so of the neck only the number of an embedding's channels counts, which must be
 * {@code channels}.
 *
 * @param width channels of the first four convolutions
 * @param channels of a token
 * @param layers of the transformer
 * @param heads of its attentions; {@code channels} is a multiple of them
 * @param mlp channels inside the perceptron of a layer
 */
public record CctOptions(int width, int channels, int layers, int heads, int mlp) implements SwipeBackbone {
    /** Convolutions, each followed by a halving. */
    static final int CONVOLUTIONS = 5;

    /** @throws IllegalArgumentException naming what does not fit */
    public CctOptions {
        SwipeOptions.require(width >= 1 && width <= 4096, "width of the CCT", "1 to 4096", width);
        SwipeOptions.require(channels >= 1 && channels <= 4096, "channels of the CCT", "1 to 4096", channels);
        SwipeOptions.require(layers >= 1 && layers <= 64, "layers of the CCT", "1 to 64", layers);
        SwipeOptions.require(
                heads >= 1 && channels % heads == 0, "heads of the CCT", "a divisor of " + channels, heads);
        SwipeOptions.require(mlp >= 1 && mlp <= 16384, "mlp of the CCT", "1 to 16384", mlp);
    }

    /** @return five convolutions of 64 and 128 channels, four layers of four heads, perceptrons of twice the channels */
    public static CctOptions table3() {
        return of(128);
    }

    /**
     * @param channels of a token, a multiple of 4
     * @return the same proportions
     */
    public static CctOptions of(int channels) {
        return new CctOptions(channels / 2, channels, 4, 4, 2 * channels);
    }
}
