package slidefield.swipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.Arithmetic;
import slidefield.nn.Engine;
import slidefield.nn.Init;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;

/** The decoders with shared codes against their formulas, and what they are told of a point. */
class PointDecoderTest {
    private static final int[] PATCH_OF_POINT = {0, 1, 5, 2, 3, 3, 0, 2, 4, 1, 5};
    private static final int[] IMAGE_OF_PATCH = {0, 0, 0, 1, 1, 1};

    private static DecoderInput input(Tape tape, DecoderOptions options, int embedding, long seed) {
        Init init = new Init(DataType.DOUBLE, seed);
        int own = InputLayout.ofPatch(options, embedding).point().length;
        Tensor points = tape.variable(init.normal(1, PATCH_OF_POINT.length, own));
        Tensor patches = tape.variable(init.normal(1, 6, embedding));
        Tensor image = tape.variable(init.normal(1, 2, embedding));
        return options.global()
                ? new DecoderInput(points, List.of(patches, image), List.of(PATCH_OF_POINT, IMAGE_OF_PATCH))
                : new DecoderInput(points, List.of(patches), List.of(PATCH_OF_POINT));
    }

    @ParameterizedTest
    @CsvSource({"true, true, true", "true, false, false", "false, true, false", "false, false, true"})
    void sharedCodesChangeNothing(boolean fourier, boolean global, boolean source) {
        // given a decoder with dropout, in training and afterwards (where batch norm does not hide a bias)
        DecoderOptions decoder =
                new DecoderOptions(List.of(9, 8, 7), List.of(5, 3), 0.2, fourier, true, global, source);
        SwipeOptions options = TinySwipe.OPTIONS.withDecoder(decoder).withClasses(3);
        try (Engine engine = Engine.reference(DataType.DOUBLE)) {
            for (boolean training : new boolean[] {true, false}) {
                // when it sees the same points with shared codes and side by side
                INDArray[] shared = results(engine, options, training, false);
                INDArray[] joined = results(engine, options, training, true);

                // then logits and gradients are the same
                for (int k = 0; k < shared.length; k++) {
                    assertTrue(joined[k].equalsWithEps(shared[k], 1e-9), "result " + k + ", training " + training);
                }
            }
        }
    }

    private static INDArray[] results(Engine engine, SwipeOptions options, boolean training, boolean joined) {
        PatchDecoder decoder = new PatchDecoder(new Init(DataType.DOUBLE, 4), options, 5);
        decoder.parameters().values().forEach(p -> p.value()
                .addi(new Init(DataType.DOUBLE, 6).normal(0.3, p.value().shape())));
        decoder.training(training);
        try (Tape tape = engine.record()) {
            DecoderInput input = input(tape, options.decoder(), 3, 7);
            Tensor logits = joined ? decoder.forward(input.joined(decoder.layout())) : decoder.decode(input);
            tape.backward(Arithmetic.sum(Arithmetic.multiply(logits, logits)));
            return new INDArray[] {
                logits.value().dup(),
                input.points().gradient().dup(),
                input.codes().get(0).gradient().dup(),
                decoder.parameters().get("layer0.weight").gradient().dup(),
                decoder.parameters().get("layer1.weight").gradient().dup(),
                decoder.parameters().get("layer1.bias").gradient().dup()
            };
        }
    }

    /** Several pieces of a loop on all threads, against each point for itself. */
    @Test
    void eachOfManyPointsIsToldWhatItWouldBeAlone() {
        // given points of two images
        PatchGrid grid = new PatchGrid(64, 96, 32);
        DecoderOptions options = DecoderOptions.released().withSource(true);
        int count = 1500;
        Init init = new Init(DataType.FLOAT, 1);
        float[] x = init.uniform(47, count).addi(47).toFloatVector();
        float[] y = init.uniform(31, count).addi(31).toFloatVector();
        int[] rows = new int[count];
        for (int i = 0; i < count; i++) {
            rows[i] = i * 7 % (2 * grid.count());
        }
        try (Engine engine = Engine.reference(DataType.FLOAT);
                Tape tape = engine.inference()) {
            Encoded encoded = new Encoded(
                    grid,
                    tape.constant(init.zeros(2 * grid.count(), 3)),
                    tape.constant(init.zeros(2, 3)),
                    List.of(new SourceFrame(100, 0, 1, 1, 200, 64), new SourceFrame(0, 9, 1, 1, 200, 80)));
            // when
            INDArray all = encoded.patchInput(options, x, y, rows).points().value();
            // then the same bits
            for (int i = 0; i < count; i++) {
                INDArray one = encoded.patchInput(options, new float[] {x[i]}, new float[] {y[i]}, new int[] {rows[i]})
                        .points()
                        .value();
                assertArrayEquals(one.toFloatMatrix()[0], all.getRow(i).toFloatVector(), "point " + i);
            }
        }
    }

    @Test
    void codesPreparedOnceGiveTheBitsOfCodesPreparedWithThePoints() {
        // given tables of an earlier tape
        PatchDecoder decoder = new PatchDecoder(new Init(DataType.FLOAT, 4), TinySwipe.OPTIONS, 5);
        decoder.training(false);
        DecoderOptions options = TinySwipe.OPTIONS.decoder();
        try (Engine engine = Engine.preferred()) {
            Init init = new Init(DataType.FLOAT, 9);
            INDArray patches = init.normal(1, 6, 3);
            INDArray image = init.normal(1, 1, 3);
            PatchGrid grid = new PatchGrid(64, 96, 32);
            List<INDArray> kept;
            try (Tape tape = engine.inference()) {
                Encoded encoded = new Encoded(grid, tape.constant(patches), tape.constant(image), null);
                kept = decoder.prepared(encoded.codes(options), encoded.rows(options, new int[0])).stream()
                        .map(table -> table.value().dup())
                        .toList();
            }
            try (Tape tape = engine.inference()) {
                Encoded encoded = new Encoded(grid, tape.constant(patches), tape.constant(image), null);
                DecoderInput input = encoded.patchInput(
                        options, new float[] {3, 70, 95}, new float[] {9, 8, 60}, new int[] {0, 2, 5});
                // when
                Tensor logits =
                        decoder.decode(input, kept.stream().map(tape::constant).toList());
                // then
                assertEquals(2, kept.size());
                assertArrayEquals(new long[] {6, 5}, kept.get(0).shape());
                assertArrayEquals(
                        decoder.decode(input).value().toFloatMatrix(),
                        logits.value().toFloatMatrix());
            }
        }
    }

    @Test
    void theInputIsInTheReleasedOrder() {
        // given embeddings of 3 channels: p^I, z^I, p^P, z^P, Fourier features, p^S
        InputLayout layout = InputLayout.ofPatch(DecoderOptions.released().withSource(true), 3);

        // when, then
        assertEquals(2 + 3 + 2 + 3 + 24 + 2, layout.size());
        assertArrayEquals(new int[] {7, 8, 9}, layout.codes().get(0));
        assertArrayEquals(new int[] {2, 3, 4}, layout.codes().get(1));
        assertEquals(0, layout.point()[0]);
        assertEquals(5, layout.point()[2]);
        assertEquals(10, layout.point()[4]);
        assertEquals(35, layout.point()[29]);
        assertEquals(540, InputLayout.ofPatch(DecoderOptions.released(), 256).size());
        assertEquals(258, InputLayout.ofImage(256).size());
    }

    @Test
    void aPointIsToldItsPlaces() {
        // given a point at (70, 40) of an image of 96 x 64, so in the patch whose centre is (80, 48), asked also of its
        // left
        // neighbour, in an image that shows a half of another one
        PatchGrid grid = new PatchGrid(64, 96, 32);
        DecoderOptions options = DecoderOptions.released().withSource(true);
        try (Engine engine = Engine.preferred();
                Tape tape = engine.inference()) {
            Init init = new Init(DataType.FLOAT, 1);
            Encoded encoded = new Encoded(
                    grid,
                    tape.constant(init.zeros(6, 3)),
                    tape.constant(init.zeros(1, 3)),
                    List.of(new SourceFrame(100, 0, 1, 1, 200, 64)));

            // when
            INDArray points = encoded.patchInput(options, new float[] {70, 70}, new float[] {40, 40}, new int[] {5, 4})
                    .points()
                    .value();

            // then p^I, p^P, Fourier features of p^P, p^S
            double px = 2 * (70 - 80) / 95.0;
            double py = 2 * (40 - 48) / 63.0;
            assertArrayEquals(new long[] {2, 30}, points.shape());
            assertEquals(2 * 70 / 95.0 - 1, points.getDouble(0, 0), 1e-6);
            assertEquals(2 * 40 / 63.0 - 1, points.getDouble(0, 1), 1e-6);
            assertEquals(px, points.getDouble(0, 2), 1e-6);
            assertEquals(py, points.getDouble(0, 3), 1e-6);
            assertEquals(Math.sin(px), points.getDouble(0, 4), 1e-6);
            assertEquals(Math.sin(py), points.getDouble(0, 5), 1e-6);
            assertEquals(Math.cos(px), points.getDouble(0, 6), 1e-6);
            assertEquals(Math.sin(Math.pow(2, 1.2) * px), points.getDouble(0, 8), 1e-6);
            assertEquals(Math.cos(64 * py), points.getDouble(0, 27), 1e-4);
            assertEquals(2 * 170 / 199.0 - 1, points.getDouble(0, 28), 1e-6);
            assertEquals(2 * 40 / 63.0 - 1, points.getDouble(0, 29), 1e-6);
            // and from the neighbour only p^P differs
            assertEquals(points.getDouble(0, 0), points.getDouble(1, 0), 0);
            assertEquals(2 * (70 - 48) / 95.0, points.getDouble(1, 2), 1e-6);
        }
    }

    @Test
    void theWeightsBeginSmall() {
        PatchDecoder decoder = new PatchDecoder(new Init(DataType.FLOAT, 1), SwipeOptions.released(), 1);
        INDArray weight = decoder.parameters().get("layer0.weight").value();
        assertEquals(0.02, weight.stdNumber().doubleValue(), 2e-4);
        assertEquals(
                0, decoder.parameters().get("layer0.bias").value().amaxNumber().doubleValue(), 0);
    }
}
