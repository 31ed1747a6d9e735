package slidefield.nn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.GradientCheck.Case;
import slidefield.nn.GradientCheck.Subject;
import slidefield.nn.kernels.Activation;
import slidefield.nn.kernels.Convolution;

/**
 * Every differentiable operation and module of {@code slidefield.nn}. Other packages keep such a list of their own
 * and run it through {@link GradientCheck} as {@link GradientTest} does.
 */
public final class DifferentiableCases {
    private DifferentiableCases() {}

    /** @return all cases */
    public static List<Case> all() {
        List<Case> cases = new ArrayList<>();
        convolutions(cases);
        images(cases);
        operations(cases);
        losses(cases);
        crossEntropy(cases);
        penalty(cases);
        modules(cases);
        cases.addAll(TransformerCases.all());
        cases.addAll(VolumeCases.all());
        cases.addAll(DepthwiseCases.all());
        return cases;
    }

    private static void convolutions(List<Case> cases) {
        Activation none = Activation.NONE;
        convolution(cases, "1 x 1", new Convolution(1, 1, 1, 0), 2, 3, false, false, none);
        convolution(cases, "3 x 3, bias, ReLU", Convolution.same(3), 2, 3, true, false, Activation.RELU);
        convolution(cases, "one channel in and out", Convolution.same(3), 1, 1, true, false, none);
        convolution(cases, "dilation 2, addend, ReLU", Convolution.same(3, 2), 2, 2, true, true, Activation.RELU);
        convolution(cases, "dilation 3, sigmoid", Convolution.same(3, 3), 2, 2, false, false, Activation.SIGMOID);
        convolution(cases, "leaky ReLU", Convolution.same(3), 2, 2, true, true, Activation.LEAKY_RELU_03);
        convolution(cases, "tanh", new Convolution(3, 2, 1, 0), 2, 3, true, false, Activation.TANH);
        convolution(cases, "stride 2", new Convolution(3, 2, 1, 1), 2, 3, true, false, none);
        convolution(cases, "stride 3, dilation 2", new Convolution(3, 3, 2, 2), 2, 3, false, true, none);
        convolution(cases, "kernel 2, stride 2", new Convolution(2, 2, 1, 0), 3, 2, true, false, none);
        convolution(cases, "no padding", new Convolution(3, 1, 1, 0), 2, 2, false, false, none);
        convolution(cases, "1 x 3", Convolution.same(1, 3, 1), 2, 3, true, false, Activation.RELU);
        convolution(cases, "5 x 1, addend", Convolution.same(5, 1, 1), 2, 2, false, true, none);
        convolution(cases, "3 x 5, dilation 2", Convolution.same(3, 5, 2), 1, 2, true, false, none);
        convolution(cases, "2 x 3, stride 2", new Convolution(2, 3, 2, 1, 0, 1), 2, 2, false, false, none);
        pointwise(cases, "bias, ReLU", 3, 4, true, false, Activation.RELU);
        pointwise(cases, "addend, sigmoid", 3, 2, false, true, Activation.SIGMOID);
        pointwise(cases, "bias, leaky ReLU", 3, 4, true, false, Activation.LEAKY_RELU_02);
        pointwise(cases, "one channel out", 5, 1, true, true, none);
        pointwise(cases, "one channel in", 1, 3, true, false, none);
    }

    private static void convolution(
            List<Case> cases,
            String name,
            Convolution geometry,
            int in,
            int out,
            boolean bias,
            boolean addend,
            Activation activation) {
        cases.add(new Case("Convolutions.convolution", name, init -> {
            Map<String, INDArray> leaves = new LinkedHashMap<>();
            leaves.put("x", init.normal(1, 2, 7, 8, in));
            leaves.put("w", init.normal(0.5, geometry.height(), geometry.width(), in, out));
            if (bias) {
                leaves.put("bias", init.normal(1, out));
            }
            if (addend) {
                leaves.put("addend", init.normal(1, 2, geometry.outputHeight(7), geometry.outputWidth(8), out));
            }
            return new Subject(
                    leaves,
                    Map.of(),
                    (tape, t) -> Convolutions.convolution(
                            t.get("x"), t.get("w"), t.get("bias"), geometry, t.get("addend"), activation));
        }));
    }

    private static void pointwise(
            List<Case> cases, String name, int in, int out, boolean bias, boolean addend, Activation activation) {
        cases.add(new Case("Convolutions.pointwise", name, init -> {
            Map<String, INDArray> leaves = new LinkedHashMap<>();
            leaves.put("x", init.normal(1, 2, 3, 4, in));
            leaves.put("w", init.normal(0.5, in, out));
            if (bias) {
                leaves.put("bias", init.normal(1, out));
            }
            if (addend) {
                leaves.put("addend", init.normal(1, 2, 3, 4, out));
            }
            return new Subject(
                    leaves,
                    Map.of(),
                    (tape, t) ->
                            Convolutions.pointwise(t.get("x"), t.get("w"), t.get("bias"), t.get("addend"), activation));
        }));
    }

    private static void images(List<Case> cases) {
        unary(cases, "Pooling.max", "2 x 2", x -> Pooling.max(x, 2, 2, 0), 2, 6, 4, 3);
        unary(cases, "Pooling.max", "3 x 3, stride 2, padding 1", x -> Pooling.max(x, 3, 2, 1), 1, 7, 6, 2);
        unary(cases, "Pooling.average", "3 x 3, stride 2", x -> Pooling.average(x, 3, 2), 2, 7, 6, 2);
        unary(
                cases,
                "Pooling.average",
                "3 x 3, stride 2, padding 1",
                x -> Pooling.average(x, new Convolution(3, 2, 1, 1)),
                2,
                6,
                5,
                2);
        unary(cases, "Pooling.global", "3 x 5", Pooling::global, 2, 3, 5, 4);
        for (boolean corners : new boolean[] {true, false}) {
            String how = corners ? ", aligned corners" : "";
            unary(cases, "Resampling.bilinear", "up" + how, x -> Resampling.bilinear(x, 7, 8, corners), 2, 3, 4, 2);
            unary(cases, "Resampling.bilinear", "down" + how, x -> Resampling.bilinear(x, 3, 2, corners), 1, 7, 9, 2);
            unary(cases, "Resampling.bilinear", "to one" + how, x -> Resampling.bilinear(x, 1, 6, corners), 1, 5, 1, 2);
        }
        float[] rows = {0, 1.25f, -0.5f, 3, 2.75f, 2.75f, 3.5f, 1, 9, 0.1f};
        float[] columns = {0, 2.5f, 1, -0.75f, 3.9f, 3.9f, 4.5f, 2, 1, 4};
        unary(cases, "Resampling.at", "inside, at edges and beyond", x -> Resampling.at(x, rows, columns), 2, 4, 5, 3);
        unary(cases, "Pooling.adaptiveMax", "equal windows", x -> Pooling.adaptiveMax(x, 2, 2), 1, 4, 4, 2);
        unary(cases, "Pooling.adaptiveMax", "overlapping windows", x -> Pooling.adaptiveMax(x, 3, 4), 2, 7, 5, 2);
        unary(cases, "Resampling.nearest", "by 2", x -> Resampling.nearest(x, 2), 2, 3, 1, 2);
        unary(cases, "Resampling.nearest", "by 3", x -> Resampling.nearest(x, 3), 1, 2, 3, 1);
        transposed(cases, "2 x 2, bias, ReLU", 2, 3, 4, true, Activation.RELU);
        transposed(cases, "3 x 3", 3, 2, 1, false, Activation.NONE);
        transposed(cases, "1 x 1, bias", 1, 2, 2, true, Activation.SIGMOID);
    }

    private static void transposed(
            List<Case> cases, String name, int stride, int in, int out, boolean bias, Activation activation) {
        cases.add(new Case("Convolutions.transposed", name, init -> {
            Map<String, INDArray> leaves = new LinkedHashMap<>();
            leaves.put("x", init.normal(1, 2, 3, 4, in));
            leaves.put("w", init.normal(0.5, stride, stride, in, out));
            if (bias) {
                leaves.put("bias", init.normal(1, out));
            }
            return new Subject(
                    leaves,
                    Map.of(),
                    (tape, t) -> Convolutions.transposed(t.get("x"), t.get("w"), t.get("bias"), stride, activation));
        }));
    }

    private interface Unary {
        Tensor apply(Tensor x);
    }

    private interface Binary {
        Tensor apply(Tensor a, Tensor b);
    }

    private static void unary(List<Case> cases, String covers, String name, Unary operation, long... shape) {
        cases.add(new Case(
                covers,
                name,
                init -> new Subject(
                        Map.of("x", init.normal(1, shape)), Map.of(), (tape, t) -> operation.apply(t.get("x")))));
    }

    private static void binary(List<Case> cases, String covers, String name, Binary operation) {
        cases.add(new Case(
                covers,
                name,
                init -> new Subject(
                        Map.of("a", init.normal(1, 2, 3, 4), "b", init.normal(1, 2, 3, 4)),
                        Map.of(),
                        (tape, t) -> operation.apply(t.get("a"), t.get("b")))));
    }

    private static void operations(List<Case> cases) {
        unary(cases, "Activations.relu", "any", Activations::relu, 3, 5);
        unary(cases, "Activations.sigmoid", "any", Activations::sigmoid, 3, 5);
        unary(cases, "Activations.apply", "any", x -> Activations.apply(x, Activation.TANH), 3, 5);
        unary(cases, "Activations.sine", "omega 1", x -> Activations.sine(x, 1), 3, 5);
        unary(cases, "Activations.sine", "omega 30", x -> Activations.sine(Arithmetic.scale(x, 0.01), 30), 3, 5);
        binary(cases, "Arithmetic.add", "two", Arithmetic::add);
        binary(cases, "Arithmetic.subtract", "two", Arithmetic::subtract);
        binary(cases, "Arithmetic.multiply", "two", Arithmetic::multiply);
        unary(cases, "Arithmetic.add", "a tensor and itself", x -> Arithmetic.add(x, x), 3, 5);
        unary(
                cases,
                "Arithmetic.subtract",
                "twice from itself",
                x -> Arithmetic.subtract(Arithmetic.scale(x, 3), x),
                4);
        unary(cases, "Arithmetic.multiply", "a tensor by itself", x -> Arithmetic.multiply(x, x), 3, 5);
        // in double precision the type stays; PrecisionTest casts to bf16 and back
        unary(cases, "Arithmetic.cast", "to its own type", x -> Arithmetic.cast(x, x.type()), 3, 5);
        unary(cases, "Arithmetic.scale", "by -2.5", x -> Arithmetic.scale(x, -2.5), 3, 5);
        unary(cases, "Arithmetic.sum", "all", Arithmetic::sum, 3, 5);
        unary(cases, "Arithmetic.mean", "all", Arithmetic::mean, 3, 5);
        binary(cases, "Shapes.concat", "two and one again", (a, b) -> Shapes.concat(List.of(a, b, a)));
        unary(cases, "Shapes.channels", "the middle", x -> Shapes.channels(x, 1, 3), 2, 3, 5);
        unary(cases, "Shapes.crop", "off centre", x -> Shapes.crop(x, 1, 2, 3, 2), 2, 5, 4, 3);
        unary(
                cases,
                "Shapes.box",
                "of three axes",
                x -> Shapes.box(x, new long[] {0, 1, 2}, new long[] {1, 2, 1}),
                2,
                3,
                4);
        unary(
                cases,
                "Shapes.gatherRows",
                "one three times, one never",
                x -> Shapes.gatherRows(x, new int[] {2, 0, 2, 2, 3}),
                4,
                3);
        cases.add(new Case(
                "FeatureModulation.modulate",
                "rows of three",
                init -> new Subject(
                        Map.of("x", init.normal(1, 5, 4), "gamma", init.normal(1, 3, 4), "beta", init.normal(1, 3, 4)),
                        Map.of(),
                        (tape, t) -> FeatureModulation.modulate(
                                t.get("x"), t.get("gamma"), t.get("beta"), new int[] {0, 2, 2, 0, 2}))));
        unary(cases, "Shapes.reshape", "rows", x -> Shapes.reshape(x, 6, 4), 2, 3, 4);
    }

    private static void losses(List<Case> cases) {
        loss(cases, "Losses.mse", (x, target) -> Losses.mse(x, target));
        loss(cases, "Losses.bceWithLogits", (x, target) -> Losses.bceWithLogits(Arithmetic.scale(x, 5), target));
        loss(cases, "Losses.vNetDice", (x, target) -> Losses.vNetDice(Activations.sigmoid(x), target));
        loss(cases, "Losses.vNetDice", (x, target) -> Losses.vNetDice(Activations.sigmoid(x), target, 1e-5));
    }

    private static void crossEntropy(List<Case> cases) {
        int[] classes = {2, 0, 2, 1};
        unary(cases, "Losses.crossEntropy", "three classes", x -> Losses.crossEntropy(x, classes), 4, 3);
    }

    private static void penalty(List<Case> cases) {
        cases.add(new Case("Losses.squaredNorm", "of two", init -> {
            Parameter a = new Parameter(init.normal(1, 2, 3));
            Parameter b = new Parameter(init.normal(1, 4));
            return new Subject(Map.of(), Map.of("a", a, "b", b), (tape, t) -> Losses.squaredNorm(tape, List.of(a, b)));
        }));
    }

    private interface Loss {
        Tensor apply(Tensor x, INDArray target);
    }

    private static void loss(List<Case> cases, String covers, Loss loss) {
        cases.add(new Case(covers, "random target " + cases.size(), init -> {
            INDArray target = init.uniform(0.5, 2, 4, 3, 1).addi(0.5);
            return new Subject(
                    Map.of("x", init.normal(1, 2, 4, 3, 1)), Map.of(), (tape, t) -> loss.apply(t.get("x"), target));
        }));
    }

    private interface Make {
        Module make(Init init);
    }

    private static void module(List<Case> cases, String covers, String name, Make make, long... shape) {
        cases.add(new Case(covers, name, init -> {
            Module module = make.make(init);
            return new Subject(
                    Map.of("x", init.normal(1, shape)), module.parameters(), (tape, t) -> module.forward(t.get("x")));
        }));
    }

    private static void modules(List<Case> cases) {
        Activation relu = Activation.RELU;
        module(cases, "Conv2d", "with bias", init -> new Conv2d(init, 2, 3, 3, true, relu), 1, 5, 6, 2);
        module(
                cases,
                "Conv2d",
                "without bias",
                init -> new Conv2d(init, 2, 3, new Convolution(3, 2, 1, 1), false, Activation.NONE),
                1,
                5,
                6,
                2);
        module(cases, "PointwiseLinear", "with bias", init -> new PointwiseLinear(init, 4, 3, true, relu), 2, 3, 4);
        module(cases, "PointwiseLinear", "without bias", init -> new PointwiseLinear(init, 4, 3, false, relu), 6, 4);
        module(cases, "Residual", "dilation 2", init -> new Residual(init, 3, 3, 2, true), 1, 6, 5, 3);
        module(cases, "BatchNorm", "of the batch", init -> new BatchNorm(init, 3, 1e-5, 0.1), 2, 3, 4, 3);
        module(cases, "BatchNorm", "of points", init -> new BatchNorm(init, 4, 1e-5, 0.1, relu), 9, 4);
        module(
                cases,
                "BatchNorm",
                "of the batch, ReLU",
                init -> new BatchNorm(init, 3, 0.1, 0.1, Activation.RELU),
                2,
                3,
                4,
                3);
        module(
                cases,
                "BatchNorm",
                "without an affine map",
                init -> BatchNorm.withoutAffine(init, 3, 1e-3, 0.1),
                2,
                3,
                4,
                3);
        module(cases, "BatchNorm", "of what was", DifferentiableCases::inferring, 2, 3, 4, 3);
        module(cases, "TransposedConv2d", "2 x 2", init -> new TransposedConv2d(init, 3, 2, 2, relu), 1, 3, 2, 3);
        for (Activation activation : Activation.values()) {
            module(cases, "ActivationLayer", activation.name(), init -> new ActivationLayer(activation), 3, 4);
        }
        module(cases, "Sine", "alone", init -> new Sine(3), 3, 4);
        module(
                cases,
                "Sequential",
                "three parts",
                init -> new Sequential(
                        new Conv2d(init, 2, 3, 3, false, Activation.NONE),
                        new Sine(2),
                        new PointwiseLinear(init, 3, 2, true, Activation.SIGMOID)),
                1,
                4,
                5,
                2);
    }

    private static Module inferring(Init init) {
        BatchNorm norm = new BatchNorm(init, 3, 1e-3, 0.1, Activation.RELU);
        norm.training(false);
        Map<String, INDArray> values = norm.values();
        values.get("running_mean").assign(init.normal(0.5, 3));
        values.get("running_var").assign(init.uniform(0.5, 3)).addi(1);
        values.get("bias").assign(init.normal(0.5, 3));
        return norm;
    }
}
