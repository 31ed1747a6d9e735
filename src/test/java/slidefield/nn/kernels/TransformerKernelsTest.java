package slidefield.nn.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.Init;

/** The fast kernels of transformers against the reference, and the reference against formulas. */
@Tag("alone")
class TransformerKernelsTest extends KernelComparison {
    private void agree(Work<TransformerKernels> work) {
        agree(Kernels::transformer, 0, work);
    }

    @ParameterizedTest
    @CsvSource({
        "2, 1024, 64, 32, RELU, true, false",
        "3, 225, 48, 8, NONE, true, true",
        "2, 100, 24, 24, RELU, true, true",
        "1, 1152, 128, 128, NONE, false, false",
        "1, 9, 7, 1, SIGMOID, true, true",
        "2, 4096, 5, 5, RELU, true, false",
        "1, 70, 2048, 32, NONE, true, false",
        "256, 1, 192, 1, NONE, true, false",
        "9, 1, 6, 1, RELU, true, true",
        "4, 1, 6, 1, NONE, false, false"
    })
    void groupNorms(
            int images, int pixels, int channels, int groups, Activation activation, boolean scaled, boolean addend) {
        GroupNormalisation how = new GroupNormalisation(groups, 1e-6);
        agree(kernels -> {
            // given values whose mean is larger than their deviation
            Init init = new Init(DataType.FLOAT, 41);
            INDArray x = init.normal(0.5, images, pixels, channels).addi(2);
            INDArray scale = scaled ? init.normal(1, channels) : null;
            INDArray shift = scaled ? init.normal(1, channels) : null;
            INDArray a = addend ? init.normal(1, images, pixels, channels) : null;
            INDArray gy = init.normal(1, images, pixels, channels);
            Map<String, INDArray> results = new LinkedHashMap<>();
            results.put("mean", init.ones(images, groups));
            results.put("variance", init.ones(images, groups));
            results.put("y", init.ones(x.shape()));
            results.put("gx", init.ones(x.shape()));
            results.put("gx in place", gy.dup());
            if (scaled) {
                results.put("gscale", init.ones(channels));
                results.put("gshift", init.ones(channels));
                results.put("gshift alone", init.ones(channels));
            }

            // when
            INDArray mean = results.get("mean");
            INDArray variance = results.get("variance");
            kernels.groupNorm(how, x, scale, shift, a, activation, mean, variance, results.get("y"));
            kernels.groupNormGradients(
                    how, x, scale, mean, variance, gy, results.get("gx"), results.get("gscale"), results.get("gshift"));
            INDArray same = results.get("gx in place");
            kernels.groupNormGradients(how, x, scale, mean, variance, same, same, null, null);
            if (scaled) {
                kernels.groupNormGradients(how, x, scale, mean, variance, gy, null, null, results.get("gshift alone"));
            }
            return results;
        });
    }

    @Test
    void groupNormIsWhatItsFormulaSays() {
        // given two groups of two channels
        Init init = new Init(DataType.DOUBLE, 42);
        INDArray x = init.normal(1, 1, 3, 4);
        INDArray mean = init.zeros(1, 2);
        INDArray variance = init.zeros(1, 2);
        INDArray y = init.zeros(1, 3, 4);

        // when
        try (Kernels kernels = new Nd4jKernels(DataType.DOUBLE)) {
            kernels.transformer()
                    .groupNorm(new GroupNormalisation(2, 0.1), x, null, null, null, Activation.NONE, mean, variance, y);
        }

        // then
        for (int group = 0; group < 2; group++) {
            double sum = 0;
            double squares = 0;
            for (int p = 0; p < 3; p++) {
                for (int c = 2 * group; c < 2 * group + 2; c++) {
                    sum += x.getDouble(0, p, c);
                    squares += x.getDouble(0, p, c) * x.getDouble(0, p, c);
                }
            }
            double m = sum / 6;
            double v = squares / 6 - m * m;
            assertEquals(m, mean.getDouble(0, group), 1e-12);
            assertEquals(v, variance.getDouble(0, group), 1e-12);
            double expected = (x.getDouble(0, 1, 2 * group) - m) / Math.sqrt(v + 0.1);
            assertEquals(expected, y.getDouble(0, 1, 2 * group), 1e-12);
        }
    }

    @Test
    void groupsMustDivideTheChannels() {
        assertThrows(IllegalArgumentException.class, () -> new GroupNormalisation(4, 1e-5).groupSize(6));
        assertThrows(IllegalArgumentException.class, () -> new GroupNormalisation(0, 1e-5));
        assertThrows(IllegalArgumentException.class, () -> new GroupNormalisation(1, Double.NaN));
    }

    @ParameterizedTest
    @CsvSource({"1, 5", "300, 64", "7, 1000"})
    void softmaxAndGeluAlsoInPlace(int rows, int columns) {
        agree(kernels -> {
            Init init = new Init(DataType.FLOAT, 43);
            INDArray x = init.normal(3, 1, rows, columns);
            INDArray gy = init.normal(1, x.shape());
            Map<String, INDArray> results = new LinkedHashMap<>();
            results.put("softmax", init.ones(x.shape()));
            results.put("softmax in place", x.dup());
            results.put("softmax gradient", init.ones(x.shape()));
            results.put("softmax gradient in place", gy.dup());
            results.put("gelu", init.ones(x.shape()));
            results.put("gelu in place", x.dup());
            results.put("gelu gradient", init.ones(x.shape()));
            results.put("gelu gradient in place", gy.dup());
            kernels.softmax(x, results.get("softmax"));
            kernels.softmax(results.get("softmax in place"), results.get("softmax in place"));
            kernels.softmaxGradient(results.get("softmax"), gy, results.get("softmax gradient"));
            INDArray same = results.get("softmax gradient in place");
            kernels.softmaxGradient(results.get("softmax"), same, same);
            kernels.gelu(x, results.get("gelu"));
            kernels.gelu(results.get("gelu in place"), results.get("gelu in place"));
            kernels.geluGradient(x, gy, results.get("gelu gradient"));
            INDArray slope = results.get("gelu gradient in place");
            kernels.geluGradient(x, slope, slope);
            return results;
        });
    }

    @Test
    void softmaxOfHugeValuesStaysFinite() {
        Init init = new Init(DataType.FLOAT, 44);
        INDArray x = init.zeros(1, 3);
        x.putScalar(0, 1000);
        x.putScalar(1, 1000);
        x.putScalar(2, -1000);
        for (Kernels kernels : new Kernels[] {reference, fast}) {
            INDArray y = init.ones(1, 3);
            kernels.transformer().softmax(x, y);
            assertArrayEquals(new float[] {0.5f, 0.5f, 0}, y.toFloatVector(), 1e-6f);
        }
    }

    @ParameterizedTest
    @CsvSource({"2, 64, 192, 6", "1, 5, 8, 1", "3, 7, 12, 4", "1, 196, 64, 2"})
    void attentions(int images, int tokens, int channels, int heads) {
        agree(kernels -> {
            // given
            Init init = new Init(DataType.FLOAT, 45);
            INDArray q = init.normal(1, images, tokens, channels);
            INDArray k = init.normal(1, images, tokens, channels);
            INDArray v = init.normal(1, images, tokens, channels);
            INDArray gy = init.normal(1, images, tokens, channels);
            Map<String, INDArray> results = new LinkedHashMap<>();
            results.put("p", init.ones(images, heads, tokens, tokens));
            for (String name : new String[] {"y", "gq", "gk", "gv", "gk alone"}) {
                results.put(name, init.ones(q.shape()));
            }

            // when
            INDArray p = results.get("p");
            kernels.attention(heads, q, k, v, p, results.get("y"));
            kernels.attentionGradients(heads, q, k, v, p, gy, results.get("gq"), results.get("gk"), results.get("gv"));
            kernels.attentionGradients(heads, q, k, v, p, gy, null, results.get("gk alone"), null);
            return results;
        });
    }

    @Test
    void attentionIsWhatItsFormulaSays() {
        // given one image of two tokens and two heads of one channel
        Init init = new Init(DataType.DOUBLE, 46);
        INDArray q = init.normal(1, 1, 2, 2);
        INDArray k = init.normal(1, 1, 2, 2);
        INDArray v = init.normal(1, 1, 2, 2);
        INDArray p = init.zeros(1, 2, 2, 2);
        INDArray y = init.zeros(1, 2, 2);

        // when
        try (Kernels kernels = new Nd4jKernels(DataType.DOUBLE)) {
            kernels.transformer().attention(2, q, k, v, p, y);
        }

        // then
        for (int head = 0; head < 2; head++) {
            for (int token = 0; token < 2; token++) {
                double first = Math.exp(q.getDouble(0, token, head) * k.getDouble(0, 0, head));
                double second = Math.exp(q.getDouble(0, token, head) * k.getDouble(0, 1, head));
                double share = first / (first + second);
                assertEquals(share, p.getDouble(0, head, token, 0), 1e-12);
                double mixed = share * v.getDouble(0, 0, head) + (1 - share) * v.getDouble(0, 1, head);
                assertEquals(mixed, y.getDouble(0, token, head), 1e-12);
            }
        }
    }
}
