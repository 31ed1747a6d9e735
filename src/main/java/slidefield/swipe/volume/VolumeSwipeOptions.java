package slidefield.swipe.volume;

import java.util.List;
import java.util.Objects;
import org.nd4j.linalg.api.buffer.DataType;
import slidefield.fit.Check;
import slidefield.swipe.DecoderOptions;
import slidefield.swipe.ImageEmbedding;

/**
 * A {@link VolumeSwipe}. The paper gives depth, decoders, d, S and neighbours of its 3-D model (section 3.1) and 4.4 million
 * parameters; its configuration is not public. Here the stages have the released 2-D model's planes, the neck is 16
 * channels wide, and attention ends without a layer of its own (the paper's MLP_2 would make 4.61 million): 4,346,986.
 *
 * @param stem channels of the first two convolutions, half as many as of the third
 * @param blocks residual blocks of the four stages
 * @param planes of the four stages, which put out twice as many channels
 * @param width channels of every map in the neck
 * @param embedding d, channels of an embedding
 * @param squeeze channels per scale inside the attention
 * @param outputLayer whether attention ends with a layer of its own, the paper's MLP_2
 * @param volumeEmbedding where z^I comes from
 * @param step voxels from one position of the finest embeddings to the next: 32, as in the paper, where all four are pooled
 *     that far, or 8 or 16, where the finer ones are left finer. A crop of 32 voxels has a single embedding with 32.
 * @param decoder sizes and switches of D^P and D^I
 * @param patch S, voxels along the side of a patch
 * @param classes 1: one logit, foreground against background; otherwise one logit per class, background first
 * @param occurrences N_o, how often every point of a batch is decoded from one of the six adjoining patches in training; 0
 *     for none
 */
public record VolumeSwipeOptions(
        int stem,
        List<Integer> blocks,
        List<Integer> planes,
        int width,
        int embedding,
        int squeeze,
        boolean outputLayer,
        ImageEmbedding volumeEmbedding,
        int step,
        DecoderOptions decoder,
        int patch,
        int classes,
        int occurrences)
        implements VolumeNetworkOptions {
    /** Stages of the backbone, each with half the sides of the one before it. */
    static final int STAGES = 4;
    /** Channels that a stage puts out for each of its planes. */
    static final int EXPANSION = 2;
    /** The coarsest map has a voxel for this many of the volume's along each axis. */
    private static final int COARSEST = 32;

    /** @throws IllegalArgumentException naming what does not fit */
    public VolumeSwipeOptions {
        Check.between("stem", stem, 1, 1024);
        blocks = numbers("blocks", blocks, 1, 64);
        planes = numbers("planes", planes, 3, 2048);
        Check.between("width", width, 1, 4096);
        Check.between("embedding", embedding, 1, 4096);
        Check.between("squeeze", squeeze, 1, 4096);
        require(step == 8 || step == 16 || step == COARSEST, "step must be 8, 16 or 32, got " + step);
        Check.between("patch", patch, 1, 4096);
        Check.between("classes", classes, 1, 128);
        Check.between("occurrences", occurrences, 0, 1024);
        require(
                volumeEmbedding != null && decoder != null,
                "volumeEmbedding must be PATCH_EMBEDDINGS or COARSEST_STAGE, and a decoder is wanted; got "
                        + volumeEmbedding + " and " + decoder);
    }

    private static List<Integer> numbers(String option, List<Integer> numbers, int least, int most) {
        require(
                numbers != null && numbers.size() == STAGES && numbers.stream().noneMatch(Objects::isNull),
                option + " must be four numbers, one for each stage, got " + numbers);
        numbers.forEach(number -> Check.between(option, number, least, most));
        return List.copyOf(numbers);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /**
     * The paper's 3-D model for 13 organs (section 3.1): 4,346,986 parameters.
     *
     * @return Res2Net-50, D^P 256 four times, D^I 256, 256, 128, d = 512, S = 8, 14 logits
     */
    public static VolumeSwipeOptions paper() {
        return new VolumeSwipeOptions(
                32,
                List.of(3, 4, 6, 3),
                List.of(64, 80, 96, 128),
                16,
                512,
                16,
                false,
                ImageEmbedding.COARSEST_STAGE,
                COARSEST,
                new DecoderOptions(List.of(256, 256, 256, 256), List.of(256, 256, 128), 0.1, false, true, true, true),
                8,
                14,
                8);
    }

    /**
     * A narrow one for two cores and small crops.
     *
     * @param classes logits a point
     * @return 14 layers, embeddings of 32 every 8 voxels, patches of 8
     */
    public static VolumeSwipeOptions small(int classes) {
        return new VolumeSwipeOptions(
                8,
                List.of(1, 1, 1, 1),
                List.of(16, 20, 24, 32),
                8,
                32,
                4,
                false,
                ImageEmbedding.COARSEST_STAGE,
                8,
                new DecoderOptions(List.of(64, 64, 64), List.of(64, 32), 0.1, false, true, true, true),
                8,
                classes,
                2);
    }

    /** Channels of each of the four splits of a block. */
    static int split(int planes) {
        return planes * 26 / 64;
    }

    /** Channels that a stage, 0 to 3, puts out. */
    int channels(int stage) {
        return EXPANSION * planes.get(stage);
    }

    @Override
    public int sizeMultiple() {
        int a = patch;
        int b = COARSEST;
        while (b != 0) {
            int rest = a % b;
            a = b;
            b = rest;
        }
        return patch / a * COARSEST;
    }

    @Override
    public int coarsest() {
        return COARSEST;
    }

    @Override
    public VolumeSwipe build(DataType type, long seed) {
        return new VolumeSwipe(this, type, seed);
    }
}
