package slidefield.field;

import java.util.List;

/**
 * Every size of a field: its encoding, decoder and heads. Immutable; {@link #teaching()} and {@link #paper()} are
 * the presets.
 *
 * @param encoding what turns coordinates into features
 * @param hashGrid size of the hash grid, where the encoding is one
 * @param frequencies octaves of the frequency encoding, where the encoding is that
 * @param decoder width and stages of the dual-branch decoder
 * @param head width and dilations of both heads
 */
public record FieldOptions(
        EncodingKind encoding, HashGridOptions hashGrid, int frequencies, DecoderOptions decoder, HeadOptions head) {
    /** The encodings of WSI-INR Table 2. */
    public enum EncodingKind {
        /** A multi-resolution hash grid per slide. */
        HASH_GRID,
        /** NeRF's sines and cosines with the raw coordinates. */
        FREQUENCY,
        /** The two coordinates alone. */
        RAW
    }

    public FieldOptions {
        if (encoding == null || hashGrid == null || decoder == null || head == null) {
            throw new IllegalArgumentException("a field needs an encoding, a hash grid size, a decoder and a head");
        }
        if (frequencies < 1 || frequencies > 30) {
            throw new IllegalArgumentException("frequencies must be 1 to 30, got " + frequencies);
        }
    }

    /** 887,012 parameters: small enough to train in minutes on two cores, with every idea of the paper in it. */
    public static FieldOptions teaching() {
        return new FieldOptions(
                EncodingKind.HASH_GRID,
                new HashGridOptions(12, 16, 2, 16, 1.5),
                10,
                new DecoderOptions(32, 1, DecoderOptions.Branch.RELU, 30),
                new HeadOptions(32, List.of(1, 2, 4)));
    }

    /** 42,276,116 parameters: the paper's size with one slide's grid. */
    public static FieldOptions paper() {
        return new FieldOptions(
                EncodingKind.HASH_GRID,
                new HashGridOptions(16, 22, 2, 16, 1.5),
                10,
                new DecoderOptions(128, 2, DecoderOptions.Branch.SINE, 30),
                new HeadOptions(96, List.of(1, 2, 4, 8)));
    }

    /** Features per point that the encoding gives. */
    public int encodingFeatures() {
        return switch (encoding) {
            case HASH_GRID -> hashGrid.levels() * hashGrid.features();
            case FREQUENCY -> 4 * frequencies + 2;
            case RAW -> 2;
        };
    }

    /**
     * How far, in points, a prediction looks around itself: the sum of all 3 x 3 kernels' reaches. A window
     * predicted with this margin gives the same values as the whole slide at once.
     */
    public int reach() {
        return decoder.reach() + head.reach();
    }
}
