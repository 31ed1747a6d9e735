package slidefield.nic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.GradientCheck;
import slidefield.nn.GradientCheck.Case;
import slidefield.nn.GradientCheck.Subject;
import slidefield.nn.Init;
import slidefield.nn.Module;
import slidefield.nn.Parameter;

/** Networks and losses that encoders are trained with, through the common gradient check. */
@Tag("once")
public class EncoderGradientTest {
    public static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        module(cases, "StridedEncoder", init -> new StridedEncoder(tiny(EncoderMethod.SUPERVISED), init), 3, 6, 6, 3);
        module(cases, "CodeDecoder", init -> decoder(4, init), 3, 2);
        module(cases, "CodeDecoder", init -> decoder(3, init), 3, 2);
        module(cases, "ClassHead", init -> new ClassHead(init, 3, 4, 2), 4, 3);
        cases.add(new Case("SiameseNetwork", "two pairs", init -> {
            SiameseNetwork network = new SiameseNetwork(tiny(EncoderMethod.CONTRASTIVE), 3, init);
            return new Subject(
                    Map.of("x", init.normal(1, 4, 6, 6, 3)),
                    some(network, "encoder.code.weight", "head.dense.0.weight"),
                    (tape, t) -> network.forward(t.get("x")));
        }));
        cases.add(new Case("VaeEncoder", "both heads", init -> {
            VaeEncoder encoder = new VaeEncoder(tiny(EncoderMethod.VAE), init);
            return new Subject(
                    Map.of("x", init.normal(1, 3, 6, 6, 1)),
                    some(encoder, "encoder.code.weight", "logVariance.weight", "logVariance.bias"),
                    (tape, t) -> encoder.distribution(t.get("x")));
        }));
        cases.add(new Case("BiGanDiscriminator", "patch and code", init -> {
            BiGanDiscriminator judge = new BiGanDiscriminator(adversary(), 4, 0, init, 1);
            return new Subject(
                    Map.of("x", init.normal(1, 3, 5, 5, 1), "code", init.normal(1, 3, 2)),
                    some(judge, "image.dense.weight", "both.0.weight", "both.2.bias", "both.4.weight"),
                    (tape, t) -> judge.judge(t.get("x"), t.get("code")));
        }));
        cases.add(new Case("BiGan", "there and back", init -> {
            BiGan networks =
                    new BiGan(adversary(), new BiGanObjective(new CodeDecoderOptions(3, 2, List.of(2)), 3, 0), init, 1);
            return new Subject(
                    Map.of("x", init.normal(1, 3, 10, 10, 1)),
                    some(networks, "encoder.dense.weight", "generator.colour.weight"),
                    (tape, t) -> networks.forward(t.get("x")));
        }));
        cases.add(new Case("VaeLoss.of", "of three patches", init -> {
            INDArray patches = init.normal(1, 3, 2, 2, 1);
            return new Subject(
                    Map.of("painted", init.normal(1, 3, 2, 2, 1), "distribution", init.normal(1, 3, 4)),
                    Map.of(),
                    (tape, t) -> VaeLoss.of(t.get("painted"), patches, t.get("distribution"), 0.3));
        }));
        double[] noise = {0.3, -1.2, 0.7, 2, -0.4, 0};
        cases.add(new Case(
                "VaeLoss.sample",
                "of three codes",
                init -> new Subject(
                        Map.of("distribution", init.normal(1, 3, 4)),
                        Map.of(),
                        (tape, t) -> VaeLoss.sample(t.get("distribution"), noise))));
        return cases;
    }

    /** What other cases have not checked yet: a part of the parameters. */
    private static Map<String, Parameter> some(Module module, String... names) {
        Map<String, Parameter> some = module.parameters();
        some.keySet().retainAll(Set.of(names));
        if (some.size() != names.length) {
            throw new AssertionError("expected " + Set.of(names) + ", found " + some.keySet());
        }
        return some;
    }

    static StridedEncoderOptions tiny(EncoderMethod method) {
        return new StridedEncoderOptions(method, 6, method == EncoderMethod.VAE ? 1 : 3, List.of(2, 3), 4, 2);
    }

    private static BiGanEncoderOptions adversary() {
        return new BiGanEncoderOptions(10, 1, 2, 1, 2, 2);
    }

    private static CodeDecoder decoder(int patch, Init init) {
        return new CodeDecoder(new CodeDecoderOptions(1, 3, List.of(3, 2)), 2, patch, 2, init);
    }

    private interface Make {
        Module make(Init init);
    }

    private static void module(List<Case> cases, String covers, Make make, long... shape) {
        cases.add(new Case(covers, "of a batch " + cases.size(), init -> {
            Module module = make.make(init);
            return new Subject(
                    Map.of("x", init.normal(1, shape)), module.parameters(), (tape, t) -> module.forward(t.get("x")));
        }));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void tapeGradientsAreCentralDifferences(Case checked) {
        GradientCheck.check(checked, 20261122);
    }
}
