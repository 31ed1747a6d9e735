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

/** The differentiable operations and modules of transformers and of normalised residual networks. */
final class TransformerCases {
    private TransformerCases() {}

    /** @return all cases */
    static List<Case> all() {
        List<Case> cases = new ArrayList<>();
        operation(cases, "Activations.gelu", "any", Activations::gelu, 3, 5);
        operation(cases, "Activations.softmax", "of rows", Activations::softmax, 2, 3, 5);
        operation(cases, "Shapes.repeat", "three times", x -> Shapes.repeat(x, 3), 1, 4, 2);
        operation(cases, "Shapes.extend", "to both sides", x -> Shapes.extend(x, 5, 4), 2, 3, 3, 2);
        operation(cases, "Shapes.extend", "downwards", x -> Shapes.extend(x, 5, 3), 1, 3, 3, 2);
        operation(cases, "Dropout.drop", "a third", x -> Dropout.drop(x, 0.3, 5), 4, 5);
        loss(cases);
        norms(cases);
        module(cases, "LayerNorm", "rows of 6", init -> new LayerNorm(init, 6, 1e-6), 2, 3, 6);
        module(cases, "LayerNorm", "one pixel of large epsilon", init -> new LayerNorm(init, 5, 0.5), 4, 5);
        module(cases, "Attention", "two heads", init -> new Attention(init, 6, 2), 2, 5, 6);
        module(cases, "Attention", "one head", init -> new Attention(init, 3, 1), 1, 4, 3);
        module(cases, "Attention", "without bias", init -> new Attention(init, 4, 2, false), 2, 3, 4);
        residual(cases);
        convolution(cases, "3 x 3, stride 2", new Convolution(3, 2, 1, 1), 3, 4);
        convolution(cases, "1 x 1", new Convolution(1, 1, 1, 0), 5, 2);
        cases.add(new Case("Dropout", "the first pass", init -> {
            Dropout dropout = new Dropout(init, 0.5, 3);
            return new Subject(Map.of("x", init.normal(1, 6, 5)), Map.of(), (tape, t) -> {
                // every pass drops something else: stay at the first
                dropout.load(Map.of("passes", init.zeros(1)));
                return dropout.forward(t.get("x"));
            });
        }));
        return cases;
    }

    private static void loss(List<Case> cases) {
        cases.add(new Case("CrossEntropyDice.binary", "random target", init -> {
            INDArray target = init.uniform(0.5, 2, 4, 3, 1).addi(0.5);
            return new Subject(
                    Map.of("x", init.normal(2, 2, 4, 3, 1)),
                    Map.of(),
                    (tape, t) -> CrossEntropyDice.binary(t.get("x"), target));
        }));
    }

    private static void norms(List<Case> cases) {
        Activation none = Activation.NONE;
        module(cases, "GroupNorm", "two groups", init -> new GroupNorm(init, 2, 6, 1e-5, none), 2, 3, 4, 6);
        module(cases, "GroupNorm", "ReLU", init -> new GroupNorm(init, 3, 6, 1e-5, Activation.RELU), 2, 3, 2, 6);
        module(cases, "GroupNorm", "as many as channels", init -> new GroupNorm(init, 4, 4, 1e-5, none), 2, 3, 3, 4);
        module(cases, "GroupNorm", "one", init -> new GroupNorm(init, 1, 4, 0.1, Activation.SIGMOID), 3, 2, 4);
    }

    private static void residual(List<Case> cases) {
        cases.add(new Case("GroupNorm", "with an addend, ReLU", init -> {
            GroupNorm norm = shaken(init, new GroupNorm(init, 2, 4, 1e-5, Activation.RELU));
            Map<String, INDArray> leaves = new LinkedHashMap<>();
            leaves.put("x", init.normal(1, 2, 3, 2, 4));
            leaves.put("addend", init.normal(1, 2, 3, 2, 4));
            return new Subject(leaves, norm.parameters(), (tape, t) -> norm.forward(t.get("x"), t.get("addend")));
        }));
        cases.add(new Case("Attention", "with an addend", init -> {
            Attention attention = new Attention(init, 4, 2);
            return new Subject(
                    Map.of("x", init.normal(1, 1, 3, 4)),
                    attention.parameters(),
                    (tape, t) -> attention.forward(t.get("x"), t.get("x")));
        }));
    }

    private static void convolution(List<Case> cases, String name, Convolution geometry, int in, int out) {
        module(cases, "StandardisedConv2d", name, init -> new StandardisedConv2d(init, in, out, geometry), 1, 5, 6, in);
    }

    private interface Operation {
        Tensor apply(Tensor x);
    }

    private static void operation(List<Case> cases, String covers, String name, Operation operation, long... shape) {
        cases.add(new Case(
                covers,
                name,
                init -> new Subject(
                        Map.of("x", init.normal(1, shape)), Map.of(), (tape, t) -> operation.apply(t.get("x")))));
    }

    private interface Make {
        Module make(Init init);
    }

    private static void module(List<Case> cases, String covers, String name, Make make, long... shape) {
        cases.add(new Case(covers, name, init -> {
            Module module = shaken(init, make.make(init));
            return new Subject(
                    Map.of("x", init.normal(1, shape)), module.parameters(), (tape, t) -> module.forward(t.get("x")));
        }));
    }

    /** The module with other values than ones and zeros where it began with those. */
    private static <M extends Module> M shaken(Init init, M module) {
        module.parameters()
                .forEach((name, p) -> p.value().addi(init.normal(0.3, p.value().shape())));
        return module;
    }
}
