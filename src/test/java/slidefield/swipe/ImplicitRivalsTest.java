package slidefield.swipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.Engine;
import slidefield.nn.Init;
import slidefield.nn.Module;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;

/** The implicit rivals: their numbers of parameters, and what they answer, worked out point by point. */
class ImplicitRivalsTest {
    private static long count(Module network, String prefix) {
        return network.parameters().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .mapToLong(entry -> entry.getValue().value().length())
                .sum();
    }

    @Test
    void iosNetHasThePapersNumberOfParameters() {
        IosNet network = IosNetOptions.paper().build(DataType.FLOAT, 1);

        assertEquals(2_945_696, count(network, "backbone."));
        // 3 + 64 + 128 + 256 + 384 + 512 features, 512 again as a mean, and x and y
        assertEquals(1861L * 512 + 512, count(network, "perceptron.0."));
        assertEquals(4_096_417, network.parameterCount());
        close(network);
    }

    @Test
    void ossNetHasThePapersNumberOfParameters() {
        OssNet network = OssNetOptions.paper().build(DataType.FLOAT, 1);

        // blocks, 5 x 5 convolutions beside them, six maps of their 184 channels, a coarse segmentation
        assertEquals(2_848 + 14_464 + 57_600 + 229_888 + 295_424, count(network, "encoder.block"));
        assertEquals(3_216 + 12_832 + 51_264 + 204_928 + 204_928, count(network, "encoder.skip"));
        assertEquals(27_618, count(network, "encoder.join."));
        assertEquals(3_200, count(network, "encoder.segment."));
        assertEquals(3 * 49 + 1 + 49 + 1, count(network, "patch_code."));
        // 2 + 49 + 144 values come in
        assertEquals(2 * (195 * 512 + 512) + 262_656 + 296_960, count(network, "block0."));
        assertEquals(2 * 262_656 + 296_960, count(network, "block4."));
        assertEquals(5_158_328, network.parameterCount());
        close(network);
    }

    private static void close(Module network) {
        network.values().values().forEach(INDArray::close);
    }

    static List<RivalOptions> tiny() {
        return List.of(TinyImplicit.OSS_NET, TinyImplicit.MID_RANGE, TinyImplicit.IOS_NET);
    }

    /** Not in training, with statistics that are none of the first ones. */
    private static PointNetwork network(RivalOptions options, DataType type) {
        PointNetwork network = (PointNetwork) options.build(type, 7);
        Init init = new Init(type, 8);
        network.values().forEach((name, value) -> {
            if (name.endsWith("running_var")) {
                value.addi(init.uniform(0.4, value.shape()));
            } else {
                value.addi(init.normal(0.3, value.shape()));
            }
        });
        network.training(false);
        return network;
    }

    @ParameterizedTest
    @MethodSource("tiny")
    void aPointIsAnsweredWhateverElseIsAsked(RivalOptions options) {
        // given two images and points of both
        PointNetwork network = network(options, DataType.FLOAT);
        INDArray images = TinySwipe.images(DataType.FLOAT, 1, 2, 32, 64);
        PointBatch all = TinySwipe.points(2, 2, 6, 32, 64);
        try (Engine engine = Engine.preferred();
                Tape tape = engine.inference()) {
            // when the second image's points are asked alone, of its own encoding and in the reverse order
            float[] both = network.decode(network.encode(tape.constant(images)), all)
                    .value()
                    .reshape(12L * network.outputs())
                    .toFloatVector();
            List<Tensor> second =
                    network.encode(tape.constant(images.slice(1).dup('c').reshape('c', 1, 32, 64, 3)));
            PointBatch reversed = new PointBatch(1, 6, reversed(all.x()), reversed(all.y()));
            INDArray alone = network.decode(second, reversed).value();

            // then
            assertArrayEquals(new long[] {6, network.outputs()}, alone.shape());
            for (int i = 0; i < 6; i++) {
                for (int k = 0; k < network.outputs(); k++) {
                    assertEquals(both[(11 - i) * network.outputs() + k], alone.getFloat(i, k), 1e-5f);
                }
            }
        }
        close(network);
    }

    private static float[] reversed(float[] places) {
        float[] reversed = new float[6];
        for (int i = 0; i < 6; i++) {
            reversed[i] = places[11 - i];
        }
        return reversed;
    }

    @ParameterizedTest
    @MethodSource("tiny")
    void answersAreTheFormulasPointByPoint(RivalOptions options) {
        // given points inside, at corners and beyond
        PointNetwork network = network(options, DataType.DOUBLE);
        INDArray images = TinySwipe.images(DataType.DOUBLE, 1, 2, 32, 64);
        PointBatch points = new PointBatch(2, 4, new float[] {0, 63, 12.25f, -0.5f, 31.5f, 7, 63.4f, 5}, new float[] {
            0, 31, 3.75f, 15, 31.5f, 8, 0, 30.9f
        });
        try (Engine engine = Engine.reference(DataType.DOUBLE);
                Tape tape = engine.inference()) {
            // when
            List<Tensor> encoded = network.encode(tape.constant(images));
            INDArray found = network.decode(encoded, points).value();

            // then
            PlainImplicit plain = new PlainImplicit(network, encoded);
            for (int i = 0; i < points.count(); i++) {
                double[] expected = network instanceof IosNet
                        ? plain.iosNet(i / 4, points.y()[i], points.x()[i])
                        : plain.ossNet((OssNet) network, i / 4, points.y()[i], points.x()[i]);
                assertArrayEquals(expected, found.getRow(i).toDoubleVector(), 1e-5, "point " + i);
            }
        }
        close(network);
    }

    @Test
    void theCoarseSegmentationIsOfTheCoarsestMap() {
        PointNetwork network = network(TinyImplicit.MID_RANGE, DataType.FLOAT);
        try (Engine engine = Engine.preferred();
                Tape tape = engine.inference()) {
            List<Tensor> encoded = network.encode(tape.constant(TinySwipe.images(DataType.FLOAT, 1, 2, 32, 64)));

            assertArrayEquals(new long[] {2, 8, 16, 3}, network.coarse(encoded).shape());
            assertArrayEquals(new long[] {2, 3, 3, 3}, encoded.get(1).shape());
        }
        close(network);
    }

    @ParameterizedTest
    @MethodSource("tiny")
    void othersImagesAndPointsAreClearErrors(RivalOptions options) {
        PointNetwork network = network(options, DataType.FLOAT);
        try (Engine engine = Engine.preferred();
                Tape tape = engine.inference()) {
            Tensor odd = tape.constant(TinySwipe.images(DataType.FLOAT, 1, 1, 32, 33));
            Tensor two = tape.constant(TinySwipe.images(DataType.FLOAT, 1, 2, 32, 32));
            assertTrue(said(() -> network.encode(odd)).contains("multiples of " + network.sizeMultiple()));
            assertTrue(said(() -> network.decode(network.encode(two), TinySwipe.points(1, 3, 2, 32, 32)))
                    .contains("points of 2 images are expected, found those of 3"));
        }
        close(network);
    }

    @Test
    void impossibleOptionsAreNamed() {
        List<Integer> one = List.of(4);
        BackboneOptions backbone = BackboneOptions.ofDepth(14);
        assertTrue(said(() -> new IosNetOptions(null, one, 1)).contains("IOSNet: backbone"));
        assertTrue(said(() -> new IosNetOptions(backbone, List.of(), 1)).contains("layers"));
        assertTrue(said(() -> new IosNetOptions(backbone, Arrays.asList(4, null), 1))
                .contains("layers"));
        assertTrue(said(() -> new IosNetOptions(backbone, one, 0)).contains("outputs"));
        assertTrue(said(() -> new OssNetOptions(List.of(3), 2, 3, true, 4, 1, true, 1))
                .contains("channels"));
        assertTrue(said(() -> new OssNetOptions(one, 0, 3, true, 4, 1, true, 1)).contains("grid"));
        assertTrue(said(() -> new OssNetOptions(one, 2, 4, true, 4, 1, true, 1)).contains("patch must be an odd"));
        assertTrue(said(() -> new OssNetOptions(one, 2, 3, true, 0, 1, true, 1)).contains("width"));
        assertTrue(said(() -> new OssNetOptions(one, 2, 3, true, 4, 0, true, 1)).contains("blocks"));
        assertTrue(said(() -> new OssNetOptions(one, 2, 3, true, 4, 1, true, 0)).contains("outputs"));
    }

    private static String said(Supplier<?> work) {
        return assertThrows(IllegalArgumentException.class, work::get).getMessage();
    }
}
