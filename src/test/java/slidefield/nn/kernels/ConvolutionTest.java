package slidefield.nn.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.Init;

/** The kernels' convolution against the definition, written out as loops. */
class ConvolutionTest {
    /** One random convolution: geometry, type and sizes all follow from the seed. */
    record Trial(
            long seed,
            boolean fast,
            DataType type,
            Convolution geometry,
            int n,
            int height,
            int width,
            int in,
            int out) {}

    static List<Trial> trials() {
        List<Trial> trials = new ArrayList<>();
        for (long seed = 1; seed <= 90; seed++) {
            Random random = new Random(seed);
            DataType type = seed % 3 == 0 ? DataType.DOUBLE : DataType.FLOAT;
            Convolution geometry = seed <= 60
                    ? new Convolution(
                            1 + random.nextInt(4), 1 + random.nextInt(3), 1 + random.nextInt(3), random.nextInt(4))
                    : rectangular(random);
            int down = geometry.dilation() * (geometry.height() - 1) + 1 - 2 * geometry.verticalPadding();
            int across = geometry.dilation() * (geometry.width() - 1) + 1 - 2 * geometry.horizontalPadding();
            int height = Math.max(1, down) + random.nextInt(6);
            int width = Math.max(1, across) + random.nextInt(6);
            trials.add(new Trial(
                    seed,
                    seed % 3 == 1,
                    type,
                    geometry,
                    1 + random.nextInt(3),
                    height,
                    width,
                    1 + random.nextInt(5),
                    1 + random.nextInt(5)));
        }
        return trials;
    }

    /** Other taps and padding downwards than across; every other one keeps the size. */
    private static Convolution rectangular(Random random) {
        int odd = 1 + 2 * random.nextInt(3);
        if (random.nextBoolean()) {
            return Convolution.same(random.nextBoolean() ? 1 : 3, odd, 1 + random.nextInt(3));
        }
        return new Convolution(
                odd,
                1 + random.nextInt(4),
                1 + random.nextInt(3),
                1 + random.nextInt(2),
                random.nextInt(3),
                random.nextInt(3));
    }

    @ParameterizedTest
    @MethodSource("trials")
    void agreesWithTheDefinition(Trial t) {
        // given
        Convolution c = t.geometry();
        Init init = new Init(t.type(), t.seed());
        INDArray x = init.normal(1, t.n(), t.height(), t.width(), t.in());
        INDArray w = init.normal(1, c.height(), c.width(), t.in(), t.out());
        INDArray bias = init.normal(1, t.out());
        long[] size = {t.n(), c.outputHeight(t.height()), c.outputWidth(t.width()), t.out()};
        INDArray addend = init.normal(1, size);
        INDArray gy = init.normal(1, size);
        INDArray y = init.normal(1, size);
        INDArray gx = init.normal(1, x.shape());
        INDArray gw = init.normal(1, w.shape());
        INDArray gb = init.normal(1, bias.shape());

        // when
        try (Kernels kernels = t.fast() ? FastKernelsTest.fast() : new Nd4jKernels(t.type())) {
            kernels.convolution(c, x, w, bias, addend, Activation.RELU, y);
            kernels.convolutionGradients(c, x, w, gy, gx, gw, gb);
        }

        // then
        Loops loops = new Loops(c, x, w, gy);
        double tolerance = t.type() == DataType.FLOAT ? 2e-5 : 1e-12;
        assertClose(relu(loops.y, bias, addend), y, tolerance, t);
        assertClose(loops.gx, gx, tolerance, t);
        assertClose(loops.gw, gw, tolerance, t);
        assertClose(columnSums(gy), gb, tolerance, t);
    }

    @Test
    void refusesAnInputSmallerThanTheKernel() {
        Convolution geometry = new Convolution(5, 1, 2, 1);
        assertThrows(IllegalArgumentException.class, () -> geometry.outputSize(6));
        assertEquals(1, geometry.outputSize(7));
    }

    @Test
    void aRectangularKernelHasNoSingleSize() {
        // given 1 x 5 taps that keep the size
        Convolution wide = Convolution.same(1, 5, 2);

        // when, then
        assertEquals(new Convolution(1, 5, 1, 2, 0, 4), wide);
        assertEquals(7, wide.outputHeight(7));
        assertEquals(9, wide.outputWidth(9));
        assertEquals(5, wide.taps());
        assertThrows(IllegalStateException.class, wide::kernel);
        assertThrows(IllegalStateException.class, wide::padding);
        assertThrows(IllegalStateException.class, () -> wide.outputSize(7));
        assertThrows(IllegalArgumentException.class, () -> Convolution.same(2, 3, 1));
        assertThrows(IllegalArgumentException.class, () -> new Convolution(1, 0, 1, 1, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new Convolution(1, 1, 1, 1, 0, -1));
    }

    /** Forward and backward in one walk over every product. */
    private static final class Loops {
        private final double[] y;
        private final double[] gx;
        private final double[] gw;

        Loops(Convolution c, INDArray xs, INDArray ws, INDArray gys) {
            double[] x = flat(xs);
            double[] w = flat(ws);
            double[] gy = flat(gys);
            y = new double[gy.length];
            gx = new double[x.length];
            gw = new double[w.length];
            int in = (int) xs.size(3);
            int out = (int) gys.size(3);
            for (int n = 0; n < xs.size(0); n++) {
                for (int r = 0; r < gys.size(1); r++) {
                    for (int s = 0; s < gys.size(2); s++) {
                        for (int i = 0; i < c.height(); i++) {
                            for (int j = 0; j < c.width(); j++) {
                                long row = (long) r * c.stride() + (long) i * c.dilation() - c.verticalPadding();
                                long column = (long) s * c.stride() + (long) j * c.dilation() - c.horizontalPadding();
                                if (row < 0 || row >= xs.size(1) || column < 0 || column >= xs.size(2)) {
                                    continue;
                                }
                                int atX = (int) (((n * xs.size(1) + row) * xs.size(2) + column) * in);
                                int atY = (int) (((n * gys.size(1) + r) * gys.size(2) + s) * out);
                                int atW = (i * c.width() + j) * in * out;
                                for (int p = 0; p < in; p++) {
                                    for (int q = 0; q < out; q++) {
                                        y[atY + q] += x[atX + p] * w[atW + p * out + q];
                                        gx[atX + p] += gy[atY + q] * w[atW + p * out + q];
                                        gw[atW + p * out + q] += gy[atY + q] * x[atX + p];
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    private static double[] relu(double[] product, INDArray bias, INDArray addend) {
        double[] b = flat(bias);
        double[] a = flat(addend);
        double[] y = new double[product.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = Math.max(0, product[i] + b[i % b.length] + a[i]);
        }
        return y;
    }

    private static double[] columnSums(INDArray gy) {
        double[] g = flat(gy);
        double[] sums = new double[(int) gy.size(-1)];
        for (int i = 0; i < g.length; i++) {
            sums[i % sums.length] += g[i];
        }
        return sums;
    }

    private static double[] flat(INDArray array) {
        return array.reshape('c', new long[] {array.length()})
                .castTo(DataType.DOUBLE)
                .toDoubleVector();
    }

    private static void assertClose(double[] expected, INDArray found, double tolerance, Trial trial) {
        double[] values = flat(found);
        assertEquals(expected.length, values.length);
        for (int i = 0; i < values.length; i++) {
            assertEquals(expected[i], values[i], tolerance * (1 + Math.abs(expected[i])), trial + " at " + i);
        }
    }
}
