package slidefield.nn.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.Init;

/** The depth-wise convolution of both kernels against the definition, written out as loops. */
class DepthwiseTest {
    @Test
    void bothAreTheDefinition() {
        try (Kernels reference = new Nd4jKernels(DataType.FLOAT);
                Kernels fast = KernelComparison.fast()) {
            for (long seed = 1; seed <= 30; seed++) {
                Random random = new Random(seed);
                Convolution geometry = new Convolution(
                        1 + random.nextInt(4),
                        1 + random.nextInt(4),
                        1 + random.nextInt(3),
                        1 + random.nextInt(2),
                        random.nextInt(3),
                        random.nextInt(3));
                int height = geometry.dilation() * (geometry.height() - 1) + 1 + random.nextInt(6);
                int width = geometry.dilation() * (geometry.width() - 1) + 1 + random.nextInt(6);
                Init init = new Init(DataType.FLOAT, seed);
                INDArray x = init.normal(1, 1 + random.nextInt(3), height, width, 1 + random.nextInt(9));
                check(seed % 2 == 0 ? reference : fast, geometry, x, init, seed);
            }
        }
    }

    private static void check(Kernels kernels, Convolution geometry, INDArray x, Init init, long seed) {
        // given
        INDArray w = init.normal(1, geometry.height(), geometry.width(), x.size(3));
        INDArray gy =
                init.normal(1, x.size(0), geometry.outputHeight(x.size(1)), geometry.outputWidth(x.size(2)), x.size(3));
        INDArray y = init.ones(gy.shape());
        INDArray gx = init.ones(x.shape());
        INDArray gw = init.ones(w.shape());

        // when
        kernels.images().depthwise(geometry, x, w, null, y);
        kernels.images().depthwiseGradients(geometry, x, w, gy, gx, gw, null);

        // then
        double[] wantedY = new double[(int) y.length()];
        double[] wantedX = new double[(int) x.length()];
        double[] wantedW = new double[(int) w.length()];
        float[] xs = flat(x);
        float[] ws = flat(w);
        float[] gys = flat(gy);
        int channels = (int) x.size(3);
        for (int k = 0; k < wantedY.length; k++) {
            int c = k % channels;
            int column = k / channels % (int) y.size(2);
            int row = k / channels / (int) y.size(2) % (int) y.size(1);
            int image = k / channels / (int) (y.size(1) * y.size(2));
            for (int tap = 0; tap < geometry.taps(); tap++) {
                int i = row * geometry.stride()
                        + tap / geometry.width() * geometry.dilation()
                        - geometry.verticalPadding();
                int j = column * geometry.stride()
                        + tap % geometry.width() * geometry.dilation()
                        - geometry.horizontalPadding();
                if (i >= 0 && i < x.size(1) && j >= 0 && j < x.size(2)) {
                    int at = (int) (((image * x.size(1) + i) * x.size(2) + j) * channels) + c;
                    wantedY[k] += xs[at] * (double) ws[tap * channels + c];
                    wantedX[at] += gys[k] * (double) ws[tap * channels + c];
                    wantedW[tap * channels + c] += gys[k] * (double) xs[at];
                }
            }
        }
        String where = kernels.name() + ", seed " + seed + ", " + geometry;
        requireClose(wantedY, y, "y of " + where);
        requireClose(wantedX, gx, "gx of " + where);
        requireClose(wantedW, gw, "gw of " + where);
    }

    private static float[] flat(INDArray array) {
        return array.reshape('c', new long[] {array.length()}).toFloatVector();
    }

    private static void requireClose(double[] wanted, INDArray found, String what) {
        float[] values = flat(found);
        for (int i = 0; i < wanted.length; i++) {
            assertEquals(wanted[i], values[i], 2e-5 * Math.max(1, Math.abs(wanted[i])), what + ", element " + i);
        }
    }
}
