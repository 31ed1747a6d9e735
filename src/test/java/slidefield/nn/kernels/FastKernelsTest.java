package slidefield.nn.kernels;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import slidefield.nn.Init;

/** Every fast kernel against the reference, at sizes that networks use, in float32; its subclass does so in bf16. */
@Tag("alone")
class FastKernelsTest extends KernelComparison {
    private void agree(Work<Kernels> work) {
        agree(kernels -> kernels, 0, work);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 64, 24, 32, 3, 1, 1, NONE, false, false",
        "1, 64, 32, 32, 3, 1, 2, RELU, true, true",
        "1, 64, 32, 32, 3, 1, 4, RELU, true, false",
        "2, 33, 64, 32, 3, 1, 8, SIGMOID, true, true",
        "1, 40, 3, 64, 7, 2, 1, RELU, true, false",
        "1, 31, 17, 5, 3, 2, 1, NONE, true, true",
        "3, 16, 48, 96, 2, 2, 1, NONE, false, false",
        "1, 9, 1, 1, 5, 1, 3, RELU, true, true"
    })
    void convolutions(
            int images,
            int size,
            int in,
            int out,
            int kernel,
            int stride,
            int dilation,
            Activation activation,
            boolean bias,
            boolean addend) {
        Convolution geometry = new Convolution(kernel, stride, dilation, dilation * (kernel - 1) / 2);
        long side = geometry.outputSize(size);
        agree(kernels -> {
            // given
            Init init = new Init(DataType.FLOAT, 31);
            INDArray x = image(init.normal(1, images, size, size, in));
            INDArray w = init.normal(0.1, kernel, kernel, in, out);
            INDArray b = init.normal(1, out);
            INDArray a = image(init.normal(1, images, side, side, out));
            INDArray gy = image(init.normal(1, images, side, side, out));
            Map<String, INDArray> results = new LinkedHashMap<>();
            results.put("y", image(init.zeros(images, side, side, out)));
            results.put("gx", image(init.ones(x.shape())));
            results.put("gw", init.ones(w.shape()));
            results.put("gb", init.ones(b.shape()));
            results.put("gw alone", init.ones(w.shape()));
            results.put("gb alone", init.ones(b.shape()));

            // when
            kernels.convolution(geometry, x, w, bias ? b : null, addend ? a : null, activation, results.get("y"));
            kernels.convolutionGradients(geometry, x, w, gy, results.get("gx"), results.get("gw"), results.get("gb"));
            kernels.convolutionGradients(geometry, x, w, gy, null, results.get("gw alone"), null);
            kernels.convolutionGradients(geometry, x, w, gy, null, null, results.get("gb alone"));
            return results;
        });
    }

    @ParameterizedTest
    @CsvSource({
        "4096, 24, 32, RELU, true, false",
        "4096, 32, 3, SIGMOID, true, false",
        "1000, 768, 256, NONE, false, true",
        "7, 1, 5, RELU, true, true",
        "333, 5, 1, NONE, true, false"
    })
    void products(int rows, int in, int out, Activation activation, boolean bias, boolean addend) {
        agree(kernels -> {
            // given
            Init init = new Init(DataType.FLOAT, 32);
            INDArray x = image(init.normal(1, 1, rows, in));
            INDArray w = init.normal(0.1, in, out);
            INDArray b = init.normal(1, out);
            INDArray a = image(init.normal(1, 1, rows, out));
            INDArray gy = image(init.normal(1, 1, rows, out));
            Map<String, INDArray> results = new LinkedHashMap<>();
            results.put("y", image(init.zeros(1, rows, out)));
            results.put("gx", image(init.ones(x.shape())));
            results.put("gw", init.ones(w.shape()));
            results.put("gb", init.ones(b.shape()));
            results.put("gb alone", init.ones(b.shape()));

            // when
            kernels.product(x, w, bias ? b : null, addend ? a : null, activation, results.get("y"));
            kernels.productGradients(x, w, gy, results.get("gx"), results.get("gw"), results.get("gb"));
            kernels.productGradients(x, w, gy, null, null, results.get("gb alone"));
            return results;
        });
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void activationsAlsoInPlace(Activation activation) {
        agree(kernels -> {
            Init init = new Init(DataType.FLOAT, 33);
            INDArray x = image(init.normal(3, 2, 11, 7, 5));
            INDArray gy = image(init.normal(1, x.shape()));
            Map<String, INDArray> results = new LinkedHashMap<>();
            results.put("y", image(init.zeros(x.shape())));
            results.put("y in place", x.dup());
            results.put("gx", image(init.zeros(x.shape())));
            results.put("gx in place", gy.dup());
            kernels.activation(activation, x, results.get("y"));
            kernels.activation(activation, results.get("y in place"), results.get("y in place"));
            kernels.activationGradient(activation, results.get("y"), gy, results.get("gx"));
            kernels.activationGradient(
                    activation, results.get("y"), results.get("gx in place"), results.get("gx in place"));
            return results;
        });
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 30})
    void everythingElementwise(double omega) {
        agree(kernels -> {
            Init init = new Init(DataType.FLOAT, 34);
            INDArray x = image(init.normal(1, 6, 7, 5));
            INDArray y = image(init.uniform(0.5, 6, 7, 5).addi(0.5));
            Map<String, INDArray> results = new LinkedHashMap<>();
            for (String name : List.of(
                    "sine", "sine gradient", "combined", "sum", "scaled", "product", "cross-entropy", "boxes")) {
                results.put(name, image(init.ones(x.shape())));
            }
            kernels.sine(omega, x, results.get("sine"));
            kernels.sineGradient(omega, x, y, results.get("sine gradient"));
            kernels.combine(2, x, -0.5, y, results.get("combined"));
            kernels.combine(1, x, 1, y, results.get("sum"));
            kernels.combine(-3, x, 0, null, results.get("scaled"));
            kernels.multiply(x, y, results.get("product"));
            results.put("sine in place", x.dup());
            kernels.sine(omega, results.get("sine in place"), results.get("sine in place"));
            results.put("sine gradient in place", y.dup());
            kernels.sineGradient(
                    omega, x, results.get("sine gradient in place"), results.get("sine gradient in place"));
            results.put("sum over its first", x.dup());
            kernels.combine(1, results.get("sum over its first"), 1, y, results.get("sum over its first"));
            results.put("sum over its second", y.dup());
            kernels.combine(1, x, 1, results.get("sum over its second"), results.get("sum over its second"));
            results.put("square in place", y.dup());
            kernels.multiply(
                    results.get("square in place"), results.get("square in place"), results.get("square in place"));
            results.put("widened", init.zeros(x.shape()));
            if (fast.computes(DataType.BFLOAT16)) {
                results.put("rounded", init.zeros(x.shape()).castTo(DataType.BFLOAT16));
                kernels.cast(x, results.get("rounded"));
            }
            kernels.cast(x, results.get("widened"));
            INDArray numbers = init.zeros(3);
            numbers.putScalar(0, kernels.binaryCrossEntropy(x, y, results.get("cross-entropy")));
            numbers.putScalar(1, kernels.sum(y));
            numbers.putScalar(2, kernels.dot(x, x));
            results.put("numbers", numbers);
            INDArray box = image(init.zeros(2, 3, 4));
            kernels.readBox(x, new long[] {1, 2, 0}, box);
            kernels.fill(results.get("boxes"), -3);
            kernels.writeBox(box, new long[] {4, 0, 1}, results.get("boxes"));
            // of pairs, from and to even places
            INDArray wide = image(init.normal(1, 3, 4, 8));
            results.put("pairs read", image(init.zeros(2, 4, 6)));
            kernels.readBox(wide, new long[] {1, 0, 2}, results.get("pairs read"));
            results.put("pairs written", image(init.ones(3, 4, 8)));
            kernels.writeBox(results.get("pairs read"), new long[] {0, 0, 1}, results.get("pairs written"));
            return results;
        });
    }

    @Test
    void denseViewsAreReadWhereTheyLie() {
        agree(kernels -> {
            // given images that are the middle of larger arrays
            Init init = new Init(DataType.FLOAT, 35);
            INDArray x = image(init.normal(1, 3, 8, 8, 16)).get(NDArrayIndex.interval(1, 2));
            INDArray w = init.normal(1, 3, 3, 16, 16);
            INDArray whole = image(init.zeros(3, 8, 8, 16));

            // when
            kernels.convolution(
                    Convolution.same(3), x, w, null, null, Activation.NONE, whole.get(NDArrayIndex.interval(2, 3)));
            return Map.of("whole", whole);
        });
    }

    @Test
    void kernelsCanBeUsedAgainAfterClosing() {
        agree(kernels -> {
            kernels.close();
            Init init = new Init(DataType.FLOAT, 36);
            INDArray y = image(init.zeros(1, 5, 5, 4));
            kernels.convolution(
                    Convolution.same(3),
                    image(init.normal(1, 1, 5, 5, 4)),
                    init.normal(1, 3, 3, 4, 4),
                    init.normal(1, 4),
                    null,
                    Activation.RELU,
                    y);
            return Map.of("y", y);
        });
    }

    @Test
    void everyMethodIsComparedAbove() {
        requireEveryMethod(Kernels.class, FastKernelsTest.class, "name", "type", "images", "transformer", "volumes");
        // its parts are compared in tests of their own
        requireEveryMethod(ImageKernels.class, FastImageKernelsTest.class);
        requireEveryMethod(TransformerKernels.class, TransformerKernelsTest.class);
        requireEveryMethod(VolumeKernels.class, VolumeKernelsTest.class);
    }
}
