package slidefield.swipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.Engine;
import slidefield.nn.Init;
import slidefield.nn.Module;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;

/** What Table 3, right, puts in the place of SwIPE's parts, against plain loops in double precision. */
class AlternativePartsTest {
    private final Init init = new Init(DataType.DOUBLE, 5);

    private <M extends Module> M shaken(M module) {
        module.values().forEach((name, value) -> {
            if (name.endsWith("running_var")) {
                value.addi(init.uniform(0.4, value.shape()));
            } else {
                value.addi(init.normal(0.3, value.shape()));
            }
        });
        module.training(false);
        return module;
    }

    @Test
    void selfAttentionAmongScalesIsItsFormula() {
        // given
        ScaleSelfAttention module = shaken(new ScaleSelfAttention(init, 3, 4));
        Map<String, INDArray> w = module.values();
        List<INDArray> scales = new ArrayList<>();
        for (int n = 0; n < 4; n++) {
            scales.add(init.normal(1, 2, 2, 3, 3));
        }
        try (Engine engine = Engine.reference(DataType.DOUBLE);
                Tape tape = engine.inference()) {
            // when
            INDArray found =
                    module.fuse(scales.stream().map(tape::constant).toList()).value();

            // then, at each patch
            assertArrayEquals(new long[] {2, 2, 3, 3}, found.shape());
            for (int i = 0; i < 12; i++) {
                int[] at = {i / 6, i / 3 % 2, i % 3};
                double[][] tokens = new double[5][];
                tokens[0] = w.get("token").toDoubleVector();
                for (int n = 0; n < 4; n++) {
                    double[] squeezed = linear(w, "squeeze", vector(scales.get(n), at));
                    tokens[n + 1] = placed(normalised(w, "squeeze_norm", squeezed), n);
                }
                double[] seen = attention(w, "attention", 2, normalisedRows(w, "norm", tokens))[0];
                assertArrayEquals(linear(w, "out", seen), vector(found, at), 1e-9, "patch " + i);
            }
        }
    }

    @Test
    void aCompactTransformersLayerIsItsFormula() {
        CctLayer layer = shaken(new CctLayer(init, new CctOptions(2, 4, 1, 2, 6)));
        Map<String, INDArray> w = layer.values();
        INDArray x = init.normal(1, 2, 3, 4);
        try (Engine engine = Engine.reference(DataType.DOUBLE);
                Tape tape = engine.inference()) {
            INDArray found = layer.forward(tape.constant(x)).value();

            for (int n = 0; n < 2; n++) {
                double[][] tokens = x.slice(n).toDoubleMatrix();
                double[][] seen = attention(w, "attention", 2, normalisedRows(w, "attention_norm", tokens));
                for (int t = 0; t < 3; t++) {
                    seen[t] = sum(tokens[t], seen[t]);
                }
                seen = normalisedRows(w, "norm", seen);
                for (int t = 0; t < 3; t++) {
                    double[] wide = linear(w, "widen", seen[t]);
                    Arrays.setAll(wide, k -> gelu(wide[k]));
                    double[] expected = sum(seen[t], linear(w, "narrow", wide));
                    assertArrayEquals(expected, vector(found, n, t), 1e-6, "token " + t + " of image " + n);
                }
            }
        }
    }

    @Test
    void theImageEmbeddingOfTheTransformerIsAWeightedMeanOfItsTokens() {
        // given a transformer whose last norm changes nothing but mean and variance
        Cct cct = new Cct(init, new CctOptions(2, 4, 1, 2, 6), 32);
        cct.training(false);
        INDArray weigh = cct.values().get("weigh.weight").assign(init.normal(1, 4, 1));
        try (Engine engine = Engine.reference(DataType.DOUBLE);
                Tape tape = engine.inference()) {
            // when
            Tensor image = tape.constant(init.uniform(1, 1, 64, 96, 3));
            ImageEncoder.Embeddings found = cct.embeddings(image);

            // then
            assertArrayEquals(new long[] {1, 2, 3, 4}, found.patches().shape());
            double[] weights = new double[6];
            double[][] tokens = new double[6][];
            for (int t = 0; t < 6; t++) {
                tokens[t] = standardised(vector(found.patches().value(), 0, t / 3, t % 3));
                double score = 0;
                for (int c = 0; c < 4; c++) {
                    score += tokens[t][c] * weigh.getDouble(c, 0);
                }
                weights[t] = Math.exp(score);
            }
            double all = Arrays.stream(weights).sum();
            for (int c = 0; c < 4; c++) {
                double mean = 0;
                for (int t = 0; t < 6; t++) {
                    mean += weights[t] / all * tokens[t][c];
                }
                assertEquals(mean, found.image().value().getDouble(0, c), 1e-6);
            }
        }
    }

    @Test
    void smallerPatchesAreInterpolatedTokens() {
        Cct cct = new Cct(init, new CctOptions(2, 4, 1, 2, 6), 16);
        try (Engine engine = Engine.reference(DataType.DOUBLE);
                Tape tape = engine.inference()) {
            Tensor image = tape.constant(init.uniform(1, 2, 32, 64, 3));
            assertArrayEquals(new long[] {2, 2, 4, 4}, cct.forward(image).shape());
        }
    }

    private static double[] vector(INDArray x, int... at) {
        double[] vector = new double[(int) x.size(-1)];
        int[] index = Arrays.copyOf(at, at.length + 1);
        for (int c = 0; c < vector.length; c++) {
            index[at.length] = c;
            vector[c] = x.getDouble(index);
        }
        return vector;
    }

    private static double[] linear(Map<String, INDArray> w, String name, double[] x) {
        INDArray weight = w.get(name + ".weight");
        double[] y = new double[(int) weight.size(1)];
        for (int o = 0; o < y.length; o++) {
            y[o] = w.containsKey(name + ".bias") ? w.get(name + ".bias").getDouble(o) : 0;
            for (int i = 0; i < x.length; i++) {
                y[o] += x[i] * weight.getDouble(i, o);
            }
        }
        return y;
    }

    private static double[] normalised(Map<String, INDArray> w, String name, double[] x) {
        double[] y = new double[x.length];
        for (int c = 0; c < x.length; c++) {
            double standard = (x[c] - w.get(name + ".running_mean").getDouble(c))
                    / Math.sqrt(w.get(name + ".running_var").getDouble(c) + 1e-5);
            y[c] = Math.max(
                    0,
                    standard * w.get(name + ".weight").getDouble(c)
                            + w.get(name + ".bias").getDouble(c));
        }
        return y;
    }

    private static double[] placed(double[] token, int position) {
        double[] y = token.clone();
        for (int c = 0; c < y.length; c++) {
            double angle = position / Math.pow(10000, (c - c % 2.0) / y.length);
            y[c] += (float) (c % 2 == 0 ? Math.sin(angle) : Math.cos(angle));
        }
        return y;
    }

    private static double[] standardised(double[] x) {
        double mean = Arrays.stream(x).average().orElseThrow();
        double variance =
                Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
        return Arrays.stream(x)
                .map(v -> (v - mean) / Math.sqrt(variance + 1e-5))
                .toArray();
    }

    private static double[][] normalisedRows(Map<String, INDArray> w, String name, double[][] rows) {
        double[][] y = new double[rows.length][];
        for (int t = 0; t < rows.length; t++) {
            y[t] = standardised(rows[t]);
            for (int c = 0; c < y[t].length; c++) {
                y[t][c] = y[t][c] * w.get(name + ".weight").getDouble(c)
                        + w.get(name + ".bias").getDouble(c);
            }
        }
        return y;
    }

    private static double[][] attention(Map<String, INDArray> w, String name, int heads, double[][] tokens) {
        int size = tokens[0].length / heads;
        double[][] joined = new double[tokens.length][tokens[0].length];
        for (int head = 0; head < heads; head++) {
            for (int t = 0; t < tokens.length; t++) {
                double[] query = linear(w, name + ".query", tokens[t]);
                double[] shares = new double[tokens.length];
                for (int u = 0; u < shares.length; u++) {
                    double[] key = linear(w, name + ".key", tokens[u]);
                    double score = 0;
                    for (int c = head * size; c < (head + 1) * size; c++) {
                        score += query[c] * key[c];
                    }
                    shares[u] = Math.exp(score / Math.sqrt(size));
                }
                double all = Arrays.stream(shares).sum();
                for (int u = 0; u < shares.length; u++) {
                    double[] value = linear(w, name + ".value", tokens[u]);
                    for (int c = head * size; c < (head + 1) * size; c++) {
                        joined[t][c] += shares[u] / all * value[c];
                    }
                }
            }
        }
        for (int t = 0; t < joined.length; t++) {
            joined[t] = linear(w, name + ".out", joined[t]);
        }
        return joined;
    }

    private static double[] sum(double[] a, double[] b) {
        double[] sum = a.clone();
        Arrays.setAll(sum, c -> a[c] + b[c]);
        return sum;
    }

    /** With the normal distribution by Simpson's rule. */
    private static double gelu(double x) {
        int steps = 2000;
        double sum = 0;
        for (int k = 0; k <= steps; k++) {
            double z = x * k / steps;
            sum += (k == 0 || k == steps ? 1 : k % 2 == 1 ? 4 : 2) * Math.exp(-z * z / 2);
        }
        return x * (0.5 + sum * x / steps / 3 / Math.sqrt(2 * Math.PI));
    }
}
