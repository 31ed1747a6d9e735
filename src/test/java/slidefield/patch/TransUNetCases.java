package slidefield.patch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.Arithmetic;
import slidefield.nn.GradientCheck.Case;
import slidefield.nn.GradientCheck.Subject;
import slidefield.nn.Init;
import slidefield.nn.Module;
import slidefield.nn.Parameter;

/** What TransUNet is made of, and a tiny one, for the gradient check. */
final class TransUNetCases {
    /** 2 x 2 tokens; every part is there. */
    static final TransUNetOptions TINY =
            new TransUNetOptions(32, 1, 4, List.of(2, 1, 1), 2, 8, 1, 2, 6, 0.1, List.of(6, 6, 4, 4, 4));

    private TransUNetCases() {}

    /** @return all cases */
    static List<Case> all() {
        return List.of(
                module("Bottleneck", "same size", init -> new Bottleneck(init, 4, 2, 4, 1, 2), 1, 4, 5, 4),
                module("Bottleneck", "stride 2", init -> new Bottleneck(init, 3, 2, 6, 2, 2), 1, 5, 4, 3),
                module("TransformerLayer", "with dropout", init -> new TransformerLayer(init, TINY, 3), 2, 3, 8),
                whole(
                        "HybridResNet",
                        init -> new HybridResNet(init, TINY),
                        "root_norm.weight",
                        "stage2.0.middle_norm.bias"),
                whole(
                        "TransUNet",
                        init -> new TransUNet(TINY.withClasses(2), init.type(), 6),
                        "resnet.root_norm.weight",
                        "position",
                        "layers.0.attention.query.bias",
                        "decoder.2.1.weight",
                        "head.bias"));
    }

    /** Much computing: only some parameters, at the ends and on the way, because each value costs two passes. */
    private static Case whole(String covers, Make make, String... names) {
        return new Case(covers, "some parameters", init -> {
            Module module = make.make(init);
            Map<String, Parameter> some = new LinkedHashMap<>();
            for (String name : names) {
                INDArray value = module.parameters().get(name).value();
                value.addi(init.normal(0.3, value.shape()));
                some.put(name, module.parameters().get(name));
            }
            INDArray patch = init.uniform(0.5, 1, 32, 32, 3).addi(0.5);
            return new Subject(Map.of(), some, (tape, t) -> {
                forgetPasses(module);
                return module.forward(
                        Arithmetic.cast(tape.constant(patch), tape.engine().imageType()));
            });
        });
    }

    private interface Make {
        Module make(Init init);
    }

    private static Case module(String covers, String name, Make make, long... shape) {
        return new Case(covers, name, init -> {
            Module module = make.make(init);
            return new Subject(Map.of("x", init.normal(1, shape)), module.parameters(), (tape, t) -> {
                forgetPasses(module);
                return module.forward(t.get("x"));
            });
        });
    }

    /** Every pass drops something else: begin again at the first. */
    private static void forgetPasses(Module module) {
        module.values().forEach((name, value) -> {
            if (name.endsWith("passes")) {
                value.assign(0);
            }
        });
    }
}
