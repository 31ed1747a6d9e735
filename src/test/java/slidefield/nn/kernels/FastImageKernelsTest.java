package slidefield.nn.kernels;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.Init;

/** Every fast kernel of images against the reference, in float32; its subclass does so in bf16. */
@Tag("alone")
class FastImageKernelsTest extends KernelComparison {
    private void agree(Work<ImageKernels> work) {
        agree(0, work);
    }

    private void agree(double size, Work<ImageKernels> work) {
        agree(Kernels::images, size, work);
    }

    @ParameterizedTest
    @CsvSource({
        "2, 25, 31, 128, 3, 3, 2, 1, 0, 0, true",
        "1, 12, 9, 16, 3, 3, 1, 1, 1, 1, false",
        "3, 9, 8, 1, 3, 3, 2, 1, 1, 1, true",
        "1, 14, 17, 5, 2, 3, 3, 2, 0, 2, true",
        "2, 8, 8, 24, 5, 5, 1, 1, 2, 2, true",
        "16, 3, 3, 32, 3, 3, 1, 1, 0, 0, false"
    })
    void depthwiseConvolutions(
            int images,
            int height,
            int width,
            int channels,
            int high,
            int wide,
            int stride,
            int dilation,
            int above,
            int beside,
            boolean bias) {
        Convolution geometry = new Convolution(high, wide, stride, dilation, above, beside);
        long down = geometry.outputHeight(height);
        agree(kernels -> {
            // given
            Init init = new Init(DataType.FLOAT, 40);
            INDArray x = image(init.normal(1, images, height, width, channels));
            INDArray w = init.normal(1, high, wide, channels);
            INDArray b = init.normal(1, channels);
            INDArray gy = image(init.normal(1, images, down, geometry.outputWidth(width), channels));
            Map<String, INDArray> results = new LinkedHashMap<>();
            results.put("y", image(init.ones(gy.shape())));
            results.put("gx", image(init.ones(x.shape())));
            results.put("gw", init.ones(w.shape()));
            results.put("gb", init.ones(channels));
            results.put("gx alone", image(init.ones(x.shape())));
            results.put("gw alone", init.ones(w.shape()));
            results.put("gb alone", init.ones(channels));

            // when
            kernels.depthwise(geometry, x, w, bias ? b : null, results.get("y"));
            kernels.depthwiseGradients(geometry, x, w, gy, results.get("gx"), results.get("gw"), results.get("gb"));
            kernels.depthwiseGradients(geometry, x, w, gy, results.get("gx alone"), null, null);
            kernels.depthwiseGradients(geometry, x, w, gy, null, results.get("gw alone"), null);
            kernels.depthwiseGradients(geometry, x, w, gy, null, null, results.get("gb alone"));
            return results;
        });
    }

    @ParameterizedTest
    @CsvSource({
        "2, 32, 48, 16, 2, 2, 0",
        "1, 33, 31, 24, 3, 2, 1",
        "1, 9, 8, 1, 3, 1, 1",
        "3, 7, 7, 5, 2, 3, 1",
        "1, 16, 16, 64, 11, 4, 5"
    })
    void largest(int images, int height, int width, int channels, int kernel, int stride, int padding) {
        Convolution window = new Convolution(kernel, stride, 1, padding);
        long high = window.outputSize(height);
        long wide = window.outputSize(width);
        agree(kernels -> {
            // given values of which many are equal
            Init init = new Init(DataType.FLOAT, 41);
            INDArray x = init.normal(2, images, height, width, channels);
            x.assign(x.castTo(DataType.INT32).castTo(DataType.FLOAT));
            INDArray gy = image(init.normal(1, images, high, wide, channels));
            Map<String, INDArray> results = new LinkedHashMap<>();
            results.put("y", image(init.ones(gy.shape())));
            results.put("y alone", image(init.ones(gy.shape())));
            results.put("winners", init.ones(gy.shape()).castTo(DataType.INT8));
            results.put("gx", image(init.ones(x.shape())));

            // when
            kernels.maxPooling(window, image(x), results.get("y"), results.get("winners"));
            kernels.maxPooling(window, image(x), results.get("y alone"), null);
            kernels.maxPoolingGradient(window, results.get("winners"), gy, results.get("gx"));
            return results;
        });
    }

    @ParameterizedTest
    @CsvSource({
        "2, 32, 48, 16, 2, 2, 2, 0, 0",
        "1, 33, 31, 24, 3, 3, 2, 0, 0",
        "1, 9, 8, 1, 5, 5, 1, 0, 0",
        "3, 7, 7, 5, 2, 2, 3, 0, 0",
        "2, 12, 9, 26, 3, 3, 1, 1, 1",
        "2, 12, 10, 32, 3, 3, 2, 1, 1",
        "3, 12, 7, 256, 12, 7, 1, 0, 0",
        "1, 8, 9, 3, 2, 5, 2, 1, 2"
    })
    void means(int images, int height, int width, int channels, int high, int wide, int stride, int above, int beside) {
        Convolution window = new Convolution(high, wide, stride, 1, above, beside);
        agree(kernels -> {
            // given
            Init init = new Init(DataType.FLOAT, 42);
            INDArray x = image(init.normal(1, images, height, width, channels));
            INDArray gy =
                    image(init.normal(1, images, window.outputHeight(height), window.outputWidth(width), channels));
            Map<String, INDArray> results = new LinkedHashMap<>();
            results.put("y", image(init.ones(gy.shape())));
            results.put("gx", image(init.ones(x.shape())));

            // when
            kernels.averagePooling(window, x, results.get("y"));
            kernels.averagePoolingGradient(window, gy, results.get("gx"));
            return results;
        });
    }

    @ParameterizedTest
    @CsvSource({
        "2, 8, 12, 16, 16, 24",
        "1, 4, 4, 64, 32, 32",
        "1, 17, 13, 3, 40, 9",
        "2, 30, 31, 5, 7, 8",
        "1, 1, 1, 8, 6, 5",
        "1, 9, 7, 2, 1, 1",
        "1, 5, 6, 1, 5, 6"
    })
    void resizing(int images, int height, int width, int channels, int high, int wide) {
        for (boolean corners : new boolean[] {true, false}) {
            agree(kernels -> {
                // given
                Init init = new Init(DataType.FLOAT, 43);
                INDArray x = image(init.normal(1, images, height, width, channels));
                INDArray gy = image(init.normal(1, images, high, wide, channels));
                Map<String, INDArray> results = new LinkedHashMap<>();
                results.put("y", image(init.ones(gy.shape())));
                results.put("gx", image(init.ones(x.shape())));

                // when
                kernels.resize(corners, x, results.get("y"));
                kernels.resizeGradient(corners, gy, results.get("gx"));
                return results;
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"4, 32, 32, 16", "1, 40, 50, 24", "2, 8, 8, 256", "1, 3, 5, 2000", "1, 50, 4, 1", "3, 37, 1, 7"})
    void normalization(int images, int height, int width, int channels) {
        for (boolean relu : new boolean[] {true, false}) {
            // y may be all but 0 after ReLU, of values of size 1
            agree(1, kernels -> {
                // given channels far from 0
                Init init = new Init(DataType.FLOAT, 44);
                INDArray x = init.normal(1, images, height, width, channels);
                x.addi(init.normal(3, channels).reshape(1, 1, 1, channels));
                INDArray values = image(x);
                INDArray gy = image(init.normal(1, x.shape()));
                Map<String, INDArray> results = new LinkedHashMap<>();
                results.put("mean", init.zeros(channels));
                results.put("variance", init.zeros(channels));
                results.put("y", image(init.zeros(x.shape())));
                results.put("y in place", values.dup());
                for (String kind : new String[] {"batch", "running"}) {
                    results.put("gx " + kind, image(init.ones(x.shape())));
                    results.put("gx in place " + kind, gy.dup());
                    results.put("gw " + kind, init.ones(channels));
                    results.put("gb " + kind, init.ones(channels));
                    results.put("gw alone " + kind, init.ones(channels));
                }

                // when
                kernels.moments(values, results.get("mean"), results.get("variance"));
                INDArray weight = init.normal(1, channels);
                INDArray bias = init.normal(1, channels);
                ChannelNormalization batch = new ChannelNormalization(
                        results.get("mean"), results.get("variance"), weight, bias, 1e-3, relu);
                ChannelNormalization running = new ChannelNormalization(
                        init.normal(3, channels), init.uniform(0.5, channels).addi(1), weight, bias, 1e-3, relu);
                kernels.normalize(batch, values, results.get("y"));
                kernels.normalize(running, results.get("y in place"), results.get("y in place"));
                gradients(kernels, batch, true, "batch", values, gy, results);
                gradients(kernels, running, false, "running", values, gy, results);
                return results;
            });
        }
    }

    private static void gradients(
            ImageKernels kernels,
            ChannelNormalization how,
            boolean ofBatch,
            String kind,
            INDArray x,
            INDArray gy,
            Map<String, INDArray> results) {
        kernels.normalizeGradients(
                how, ofBatch, x, gy, results.get("gx " + kind), results.get("gw " + kind), results.get("gb " + kind));
        INDArray inPlace = results.get("gx in place " + kind);
        kernels.normalizeGradients(how, ofBatch, x, inPlace, inPlace, null, null);
        kernels.normalizeGradients(how, ofBatch, x, gy, null, results.get("gw alone " + kind), null);
    }

    @ParameterizedTest
    @CsvSource({"7, 5, 20", "144, 256, 1000", "3, 1, 2", "500, 9, 1", "2, 33, 4000"})
    void rowsByIndex(int count, int columns, int copies) {
        // given some rows that are taken often, and some never
        Random random = new Random(count);
        int[] rows = random.ints(copies, 0, count).toArray();
        agree(kernels -> {
            Init init = new Init(DataType.FLOAT, 46);
            INDArray x = image(init.normal(1, count, columns));
            INDArray gy = image(init.normal(1, copies, columns));
            Map<String, INDArray> results = new LinkedHashMap<>();
            results.put("y", image(init.ones(gy.shape())));
            results.put("gx", image(init.ones(x.shape())));

            // when
            kernels.gatherRows(x, rows, results.get("y"));
            kernels.gatherRowsGradient(rows, gy, results.get("gx"));
            return results;
        });
    }

    @ParameterizedTest
    @CsvSource({"2, 7, 9, 5, 20", "3, 12, 12, 64, 333", "1, 1, 1, 3, 2", "1, 40, 30, 1, 2000", "2, 5, 4, 300, 8"})
    void interpolation(int images, int height, int width, int channels, int perImage) {
        // given points inside, beyond every edge, and at pixels
        Random random = new Random(channels);
        float[] rows = new float[images * perImage];
        float[] columns = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (height + 2) * random.nextFloat() - 1;
            columns[i] = i % 3 == 0 ? random.nextInt(width) : (width + 2) * random.nextFloat() - 1;
        }
        WeightedRows how = WeightedRows.bilinear(images, height, width, rows, columns);
        agree(1, kernels -> {
            Init init = new Init(DataType.FLOAT, 47);
            INDArray x = image(init.normal(1, (long) images * height * width, channels));
            INDArray gy = image(init.normal(1, rows.length, channels));
            Map<String, INDArray> results = new LinkedHashMap<>();
            results.put("y", image(init.ones(gy.shape())));
            results.put("gx", image(init.ones(x.shape())));

            // when
            kernels.weightedRows(x, how, results.get("y"));
            kernels.weightedRowsGradient(how, gy, results.get("gx"));
            return results;
        });
    }

    @ParameterizedTest
    @CsvSource({"1, 4, 16, 32", "6, 8, 2, 24", "3, 1, 5, 7", "2, 3, 1, 1"})
    void exchange(int a, int b, int c, int d) {
        agree(kernels -> {
            Init init = new Init(DataType.FLOAT, 45);
            INDArray x = image(init.normal(1, a, b, c, d));
            Map<String, INDArray> results = Map.of("y", image(init.zeros(a, c, b, d)));
            kernels.exchange(x, results.get("y"));
            return results;
        });
    }
}
