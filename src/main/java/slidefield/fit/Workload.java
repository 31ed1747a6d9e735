package slidefield.fit;

import slidefield.field.DecoderOptions;
import slidefield.field.FieldOptions;
import slidefield.field.HeadOptions;

/**
 * The arithmetic and the memory traffic that a step on one window cannot do without, counted from the field's sizes:
 * the yardstick for measured times. Convolutions are counted as direct ones, borders included, a multiplication and
 * an addition as two operations; forward pass, gradient of the input and gradient of the weights of a layer cost the
 * same and are counted where the mode needs them. Activations, losses, the encoding and the optimiser are not counted.
 *
 * @param field all sizes
 * @param window side of the window, points
 * @param side side of the slide that the window is a part of, points
 */
public record Workload(FieldOptions field, int window, int side) {
    private static final int COLOURS = 3;
    private static final int LESION = 1;

    /** Multiply-adds per point of a part of the network; {@code first} of them read the part's own input. */
    private record Cost(long all, long first) {
        long forward() {
            return all;
        }

        long weightGradient() {
            return all;
        }

        /** The first layers' input gradient is needed only where something below is trained. */
        long inputGradient(boolean belowIsTrained) {
            return belowIsTrained ? all : all - first;
        }
    }

    /**
     * @param mode the work
     * @return operations of one step, in 10^9; 0 for {@link Benchmark.Mode#ENCODE}, whose limit is memory
     */
    public double gflop(Benchmark.Mode mode) {
        Cost decoder = decoder();
        Cost colours = head(COLOURS);
        Cost lesion = head(LESION);
        boolean grid = field.encoding() == FieldOptions.EncodingKind.HASH_GRID;
        long painted = decoder.forward() + colours.forward();
        long multiplyAdds =
                switch (mode) {
                    case RECON -> painted
                            + decoder.weightGradient()
                            + colours.weightGradient()
                            + colours.inputGradient(true)
                            + decoder.inputGradient(grid);
                    case ITO -> grid ? painted + colours.inputGradient(true) + decoder.inputGradient(true) : painted;
                    case SEG -> decoder.forward()
                            + lesion.forward()
                            + lesion.weightGradient()
                            + lesion.inputGradient(false);
                    case INFER -> painted + lesion.forward();
                    case ENCODE -> 0;
                };
        return 2e-9 * multiplyAdds * points();
    }

    /**
     * Bytes that encoding a window forward and backward has to move when every number is moved once: the features
     * written and their gradient read, the entries that the window touches read and their gradients written. A fixed
     * encoding only writes its features. What a cache keeps between two passes does not reach memory, so a share of
     * the memory's bandwidth above 1 is possible.
     *
     * @return GB (10^9 bytes) of one step
     */
    public double encodeGigabytes() {
        long features = points() * field.encodingFeatures();
        if (field.encoding() != FieldOptions.EncodingKind.HASH_GRID) {
            return 1e-9 * Float.BYTES * features;
        }
        return 1e-9
                * Float.BYTES
                * 2
                * (features
                        + field.hashGrid().touchedEntries((window - 1.0) / side)
                                * field.hashGrid().features());
    }

    private long points() {
        return (long) window * window;
    }

    /** Two 3 x 3 convolutions beside three point-wise layers per stage ({@code DualBranchDecoder}). */
    private Cost decoder() {
        DecoderOptions decoder = field.decoder();
        long width = decoder.width();
        long all = 0;
        long first = 0;
        for (int stage = 0; stage < decoder.stages(); stage++) {
            long localIn = stage == 0 ? field.encodingFeatures() : 2 * width;
            long globalIn = stage == 0 ? field.encodingFeatures() : width;
            long entry = 9 * localIn * width + globalIn * width;
            all += entry + 9 * width * width + 2 * width * width;
            first = stage == 0 ? entry : first;
        }
        return new Cost(all, first);
    }

    /** A 3 x 3 stem, one 3 x 3 convolution per dilation and a point-wise output ({@code DilatedHead}). */
    private Cost head(int outputs) {
        HeadOptions head = field.head();
        long width = head.width();
        long stem = 9 * 2L * field.decoder().width() * width;
        long blocks = head.dilations().size() * 9 * width * width;
        return new Cost(stem + blocks + width * outputs, stem);
    }
}
