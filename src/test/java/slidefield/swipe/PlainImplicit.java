package slidefield.swipe;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.Module;
import slidefield.nn.Tensor;

/** What the implicit rivals answer, one point at a time in plain loops over their weights, after training. */
final class PlainImplicit {
    private static final double EPSILON = 1e-5;

    private final Map<String, INDArray> weights;
    private final List<INDArray> encoded;

    PlainImplicit(Module network, List<Tensor> encoded) {
        weights = network.values();
        this.encoded = encoded.stream().map(Tensor::value).toList();
    }

    double[] iosNet(int image, double y, double x) {
        INDArray colours = encoded.get(0);
        double[] features = {};
        for (INDArray map : encoded) {
            double row = y * map.size(1) / (colours.size(1) - 1) - 0.5;
            double column = x * map.size(2) / (colours.size(2) - 1) - 0.5;
            features = joined(features, pixel(map, image, row, column));
        }
        INDArray last = encoded.get(encoded.size() - 1);
        features = joined(features, last.slice(image).mean(0, 1).toDoubleVector());
        features = joined(features, coordinates(y, x));
        int layer = 0;
        for (; weights.containsKey("perceptron." + (layer + 1) + ".weight"); layer++) {
            features = relu(linear("perceptron." + layer, features));
        }
        return linear("perceptron." + layer, features);
    }

    double[] ossNet(OssNet network, int image, double y, double x) {
        OssNetOptions options = network.options();
        double[] code = patchCode(options, image, y, x);
        double[] hidden = joined(joined(coordinates(y, x), code), latent(image, 0));
        for (int k = 0; k < options.blocks(); k++) {
            String block = "block" + k;
            double[] latent = latent(image, k + 1);
            double[] inner = relu(conditioned(block + ".first_norm", linear(block + ".first", hidden), latent));
            double[] result = conditioned(block + ".second_norm", linear(block + ".second", inner), latent);
            boolean same = !weights.containsKey(block + ".shortcut.weight");
            hidden = relu(sum(result, same ? hidden : linear(block + ".shortcut", hidden)));
        }
        return linear("out", hidden);
    }

    private double[] coordinates(double y, double x) {
        INDArray images = encoded.get(0);
        return new double[] {2 * x / (images.size(2) - 1) - 1, 2 * y / (images.size(1) - 1) - 1};
    }

    private double[] latent(int image, int index) {
        INDArray all = encoded.get(1);
        int side = (int) all.size(1);
        double[] latent = new double[side * side];
        for (int i = 0; i < latent.length; i++) {
            latent[i] = all.getDouble(image, i / side, i % side, index);
        }
        return latent;
    }

    private double[] patchCode(OssNetOptions options, int image, double y, double x) {
        int side = options.patch();
        int half = side / 2;
        double[][][] patch = new double[side][side][];
        for (int row = 0; row < side; row++) {
            for (int column = 0; column < side; column++) {
                patch[row][column] = pixel(encoded.get(0), image, y + row - half, x + column - half);
                if (options.midRange()) {
                    double[] largest = {-9, -9, -9};
                    for (int k = 0; k < 4; k++) {
                        int down = 2 * row + k / 2 - side;
                        int across = 2 * column + k % 2 - side;
                        double[] seen = pixel(encoded.get(0), image, y + down, x + across);
                        for (int c = 0; c < 3; c++) {
                            largest[c] = Math.max(largest[c], seen[c]);
                        }
                    }
                    patch[row][column] = joined(patch[row][column], largest);
                }
            }
        }
        double[][][] code = convolved("patch_code.layers.1", convolved("patch_code.layers.0", patch));
        double[] flat = new double[side * side];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = code[i / side][i % side][0];
        }
        return flat;
    }

    /** A convolution that keeps the size, and ReLU. */
    private double[][][] convolved(String name, double[][][] x) {
        INDArray w = weights.get(name + ".weight");
        int side = x.length;
        double[][][] y = new double[side][side][];
        for (int row = 0; row < side; row++) {
            for (int column = 0; column < side; column++) {
                double[] sum = weights.get(name + ".bias").dup().toDoubleVector();
                for (int a = 0; a < side; a++) {
                    for (int b = 0; b < side; b++) {
                        int down = a - row + side / 2;
                        int across = b - column + side / 2;
                        if (down < 0 || down >= side || across < 0 || across >= side) {
                            continue;
                        }
                        for (int i = 0; i < x[a][b].length; i++) {
                            for (int o = 0; o < sum.length; o++) {
                                sum[o] += x[a][b][i] * w.getDouble(down, across, i, o);
                            }
                        }
                    }
                }
                y[row][column] = relu(sum);
            }
        }
        return y;
    }

    private double[] conditioned(String name, double[] x, double[] latent) {
        double[] gamma = linear(name + ".gamma", latent);
        double[] beta = linear(name + ".beta", latent);
        INDArray mean = weights.get(name + ".norm.running_mean");
        INDArray variance = weights.get(name + ".norm.running_var");
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            int channel = mean.length() == 1 ? 0 : i;
            y[i] = (x[i] - mean.getDouble(channel)) / Math.sqrt(variance.getDouble(channel) + EPSILON) * gamma[i]
                    + beta[i];
        }
        return y;
    }

    private double[] linear(String name, double[] x) {
        INDArray w = weights.get(name + ".weight");
        INDArray bias = weights.get(name + ".bias");
        double[] y = new double[(int) w.size(1)];
        for (int o = 0; o < y.length; o++) {
            y[o] = bias == null ? 0 : bias.getDouble(o);
            for (int i = 0; i < x.length; i++) {
                y[o] += x[i] * w.getDouble(i, o);
            }
        }
        return y;
    }

    /** Bilinear, 0 outside. */
    private static double[] pixel(INDArray map, int image, double row, double column) {
        double[] sum = new double[(int) map.size(3)];
        for (long r = 0; r < map.size(1); r++) {
            for (long c = 0; c < map.size(2); c++) {
                double weight = Math.max(0, 1 - Math.abs(row - r)) * Math.max(0, 1 - Math.abs(column - c));
                for (int k = 0; weight > 0 && k < sum.length; k++) {
                    sum[k] += weight * map.getDouble(image, r, c, k);
                }
            }
        }
        return sum;
    }

    private static double[] relu(double[] x) {
        return Arrays.stream(x).map(value -> Math.max(0, value)).toArray();
    }

    private static double[] sum(double[] a, double[] b) {
        double[] sum = a.clone();
        Arrays.setAll(sum, i -> a[i] + b[i]);
        return sum;
    }

    private static double[] joined(double[] a, double[] b) {
        return DoubleStream.concat(Arrays.stream(a), Arrays.stream(b)).toArray();
    }
}
