package slidefield.swipe;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Sizes and switches of {@link OssNet}.
 *
 * @param channels that each block of the encoder puts out, even numbers; every block halves height and width
 * @param grid latent values along the side of a square, so a latent vector has {@code grid * grid}
 * @param patch pixels along the side of the local patch, odd
 * @param midRange whether a patch of twice the side, its pixels pooled in pairs, is seen besides
 * @param width of every layer of the decoder
 * @param blocks of the decoder, each with a latent vector of its own
 * @param sharedStatistics whether the decoder's normalisations have one mean and variance for all features of all
 *     points, as in the authors' code, or one for each feature, as conditional batch norm is defined
 * @param outputs logits per point: 1 for foreground, or one per class with background first
 */
public record OssNetOptions(
        List<Integer> channels,
        int grid,
        int patch,
        boolean midRange,
        int width,
        int blocks,
        boolean sharedStatistics,
        int outputs)
        implements RivalOptions {
    /** @throws IllegalArgumentException naming what does not fit */
    public OssNetOptions {
        boolean even = channels != null
                && !channels.isEmpty()
                && channels.size() <= 10
                && channels.stream().allMatch(c -> c != null && c >= 2 && c <= 4096 && c % 2 == 0);
        require(even, "channels", "one to ten even numbers of 2 to 4096", channels);
        require(grid >= 1 && grid <= 256, "grid", "1 to 256", grid);
        require(patch >= 1 && patch <= 31 && patch % 2 == 1, "patch", "an odd number of 1 to 31", patch);
        require(width >= 1 && width <= 8192, "width", "1 to 8192", width);
        require(blocks >= 1 && blocks <= 64, "blocks", "1 to 64", blocks);
        require(outputs >= 1 && outputs <= 1024, "outputs", "1 to 1024", outputs);
        channels = List.copyOf(channels);
    }

    private static void require(boolean holds, String what, String expected, Object found) {
        if (!holds) {
            throw new IllegalArgumentException("OSSNet: " + what + " must be " + expected + ", found " + found);
        }
    }

    /**
     * The rival of SwIPE's Table 1, 2-D. How it was brought to two dimensions was not released; these sizes, with the
     * authors' decoder of 512, make the paper's 5.2 million parameters (5,158,328).
     *
     * @return five blocks, latent vectors of 12 x 12, local patches of 7 x 7, five decoder blocks of 512
     */
    public static OssNetOptions paper() {
        return new OssNetOptions(List.of(16, 32, 64, 128, 128), 12, 7, false, 512, 5, true, 1);
    }

    /** @return the same with a quarter of the widths, for images of about 128 pixels, for tests and two cores */
    public static OssNetOptions small() {
        return new OssNetOptions(List.of(8, 16, 32, 32, 32), 4, 7, false, 128, 5, true, 1);
    }

    /** @return values of a latent vector */
    int latent() {
        return grid * grid;
    }

    @Override
    public int sizeMultiple() {
        return 1 << channels.size();
    }

    @Override
    public OssNet build(DataType type, long seed) {
        return new OssNet(this, type, seed);
    }
}
