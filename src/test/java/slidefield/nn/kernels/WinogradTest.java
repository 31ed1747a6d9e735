package slidefield.nn.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import slidefield.nn.Init;

/** Winograd's way against the reference in double precision, at awkward sizes and for any number of threads. */
@Tag("alone")
class WinogradTest {
    private static final double TOLERANCE = 1e-5;
    /** Images are rounded to 2^-9 of each value, results among them. */
    private static final double BF16_TOLERANCE = 4e-3;

    @BeforeAll
    static void requireLibrary() {
        try {
            new OneDnnKernels().close();
        } catch (LinkageError absent) {
            Assumptions.abort("oneDNN does not load here: " + absent.getMessage());
        }
        Assumptions.assumeTrue(OpenMp.available(), "GNU OpenMP is not what oneDNN runs on here");
    }

    /** One convolution with everything that goes in. */
    private record Case(DataType type, int images, int height, int width, int dilation, int in, int out) {
        INDArray x() {
            return new Init(DataType.FLOAT, 1)
                    .normal(1, images, height, width, in)
                    .castTo(type);
        }

        INDArray y(long seed) {
            return new Init(DataType.FLOAT, seed)
                    .normal(1, images, height, width, out)
                    .castTo(type);
        }

        INDArray w() {
            return new Init(DataType.FLOAT, 2).normal(0.1, 3, 3, in, out);
        }

        INDArray bias() {
            return new Init(DataType.FLOAT, 3).normal(1, out);
        }

        Results by(int threads) {
            OneDnnLibrary library = new OneDnnLibrary();
            List<WinogradWorker> workers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                workers.add(new WinogradWorker());
            }
            WinogradConvolution plan =
                    new WinogradConvolution(library, workers, images, height, width, dilation, in, out);
            Results results = new Results(this);
            for (int run = 0; run < 2; run++) {
                plan.forward(x(), w(), bias(), y(4), true, results.y);
                plan.forward(x(), w(), null, null, false, results.plain);
                plan.inputGradient(w(), y(5), results.gx);
                plan.weightGradients(x(), y(5), results.gw, results.gb);
            }
            workers.forEach(WinogradWorker::clear);
            library.clear();
            return results;
        }

        /** In float32 from the same, rounded images. */
        Results byReference() {
            Kernels kernels = new Nd4jKernels(DataType.FLOAT);
            Convolution geometry = Convolution.same(3, dilation);
            Results results = new Results(new Case(DataType.FLOAT, images, height, width, dilation, in, out));
            INDArray x = x().castTo(DataType.FLOAT);
            INDArray addend = y(4).castTo(DataType.FLOAT);
            INDArray gy = y(5).castTo(DataType.FLOAT);
            kernels.convolution(geometry, x, w(), bias(), addend, Activation.RELU, results.y);
            kernels.convolution(geometry, x, w(), null, null, Activation.NONE, results.plain);
            kernels.convolutionGradients(geometry, x, w(), gy, results.gx, results.gw, results.gb);
            kernels.close();
            return results;
        }
    }

    private static final class Results {
        private final INDArray y;
        private final INDArray plain;
        private final INDArray gx;
        private final INDArray gw;
        private final INDArray gb;

        Results(Case of) {
            y = of.y(0).assign(7);
            plain = of.y(0).assign(7);
            gx = of.x().assign(7);
            gw = of.w().assign(7);
            gb = of.bias().assign(7);
        }

        List<INDArray> all() {
            return List.of(y, plain, gx, gw, gb);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, 128, 128, 1, 24, 32",
        "1, 128, 128, 4, 32, 32",
        "1, 64, 64, 8, 96, 96",
        "1, 40, 40, 1, 160, 128",
        "2, 33, 47, 1, 24, 40",
        "2, 33, 47, 2, 40, 24",
        "3, 9, 70, 5, 24, 24",
        "1, 3, 400, 8, 32, 24",
        "1, 1, 1, 1, 24, 24",
        "1, 5, 2, 16, 24, 24"
    })
    void agreesWithTheReference(int images, int height, int width, int dilation, int in, int out) {
        assertAgrees(new Case(DataType.FLOAT, images, height, width, dilation, in, out), TOLERANCE);
        assertAgrees(new Case(DataType.BFLOAT16, images, height, width, dilation, in, out), BF16_TOLERANCE);
    }

    private static void assertAgrees(Case shape, double tolerance) {
        List<INDArray> found = shape.by(2).all();

        List<INDArray> expected = shape.byReference().all();
        for (int i = 0; i < expected.size(); i++) {
            double largest = expected.get(i).amaxNumber().doubleValue();
            INDArray exact = found.get(i).castTo(DataType.FLOAT);
            double difference = expected.get(i).sub(exact).amaxNumber().doubleValue();
            assertEquals(0, difference / largest, tolerance, shape.type() + ", result " + i);
        }
    }

    @Test
    void whatIsNoNumberStaysNone() {
        // given
        INDArray image =
                Nd4j.valueArrayOf(new long[] {40}, Float.NaN, DataType.FLOAT).castTo(DataType.BFLOAT16);
        float[] values = new float[40];

        // when
        ImageValues.of(image).get(0, values, 0, 40);
        image.assign(0);
        ImageValues.of(image).put(0, values, 0, 40);

        // then
        assertEquals(Float.NaN, values[39]);
        assertEquals(
                40,
                image.castTo(DataType.FLOAT)
                        .isNaN()
                        .castTo(DataType.INT32)
                        .sumNumber()
                        .intValue());
    }

    @Test
    void imagesHaveTheSameBitsForAnyNumberOfThreads() {
        // given
        Case shape = new Case(DataType.FLOAT, 1, 50, 61, 2, 32, 48);
        Results one = shape.by(1);

        for (int threads : new int[] {2, 3, 7}) {
            // when
            Results several = shape.by(threads);

            // then
            assertArrayEquals(bits(one.y), bits(several.y), "y");
            assertArrayEquals(bits(one.plain), bits(several.plain), "plain");
            assertArrayEquals(bits(one.gx), bits(several.gx), "gx");
        }
    }

    @Test
    void everythingHasTheSameBitsTwiceForOneNumberOfThreads() {
        // given
        Case shape = new Case(DataType.FLOAT, 1, 50, 61, 1, 48, 32);

        // when
        List<INDArray> first = shape.by(2).all();
        List<INDArray> second = shape.by(2).all();

        // then
        for (int i = 0; i < first.size(); i++) {
            assertArrayEquals(bits(first.get(i)), bits(second.get(i)), "result " + i);
        }
    }

    @Test
    void onlyWhatItCanDoAndGainsByIsPlanned() {
        // given
        Winograd winograd =
                new Winograd(new OneDnnLibrary(), (type, in, out) -> type == DataType.FLOAT && in >= 24 && out >= 24);

        // then
        assertNotNull(winograd.plan(key(DataType.FLOAT, Convolution.same(3, 8), 32, Activation.RELU)));
        assertNull(winograd.plan(key(DataType.BFLOAT16, Convolution.same(3), 32, Activation.RELU)), "type");
        assertNull(winograd.plan(key(DataType.FLOAT, Convolution.same(5), 32, Activation.RELU)), "taps");
        assertNull(winograd.plan(key(DataType.FLOAT, new Convolution(3, 1, 1, 0), 32, Activation.RELU)), "padding");
        assertNull(winograd.plan(key(DataType.FLOAT, Convolution.same(3), 3, Activation.RELU)), "channels");
        for (Activation activation : List.of(Activation.SIGMOID, Activation.LEAKY_RELU_02, Activation.TANH)) {
            assertNull(winograd.plan(key(DataType.FLOAT, Convolution.same(3), 32, activation)), "activation");
        }
        winograd.clear();
    }

    @Test
    void fewerChannelsPayWhereWideVectorsAreSplit() {
        String amd = "vendor_id\t: AuthenticAMD\n";
        String intel = "vendor_id\t: GenuineIntel\n";
        assertTrue(Winograd.pays(amd, DataType.FLOAT, 24, 32));
        assertFalse(Winograd.pays(amd, DataType.FLOAT, 128, 23));
        assertTrue(Winograd.pays(intel, DataType.FLOAT, 64, 96));
        assertFalse(Winograd.pays(intel, DataType.FLOAT, 128, 63));
        assertFalse(Winograd.pays("", DataType.FLOAT, 63, 63));
        assertTrue(Winograd.pays(amd, DataType.BFLOAT16, 128, 128));
        assertTrue(Winograd.pays(amd, DataType.BFLOAT16, 96, 256));
        assertFalse(Winograd.pays(amd, DataType.BFLOAT16, 96, 96));
        assertFalse(Winograd.pays(amd, DataType.BFLOAT16, 32, 256));
        assertFalse(Winograd.pays(intel, DataType.BFLOAT16, 128, 128));
        assertFalse(Winograd.pays(amd, DataType.DOUBLE, 128, 128));
    }

    private static OneDnnConvolution.Key key(DataType type, Convolution geometry, int out, Activation activation) {
        return new OneDnnConvolution.Key(type, geometry, 1, 64, 64, 32, 64, 64, out, true, false, activation);
    }

    private static int[] bits(INDArray array) {
        float[] values = array.dup('c').data().asFloat();
        int[] bits = new int[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(values[i]);
        }
        return bits;
    }
}
