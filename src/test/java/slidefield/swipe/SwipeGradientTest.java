package slidefield.swipe;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.Arithmetic;
import slidefield.nn.GradientCheck;
import slidefield.nn.GradientCheck.Case;
import slidefield.nn.GradientCheck.Subject;
import slidefield.nn.Init;
import slidefield.nn.Module;
import slidefield.nn.Parameter;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;
import slidefield.nn.kernels.Activation;
import slidefield.nn.kernels.Convolution;

/** Every module of SwIPE's network through the common gradient check. */
@Tag("once")
public class SwipeGradientTest {
    private static final SwipeOptions TINY = TinySwipe.OPTIONS;
    /** Parameters at the ends of the network and on the way. */
    private static final String[] SOME = {
        "encoder.backbone.stem.0.norm.weight",
        "encoder.attention.weigh.bias",
        "patch_decoder.layer1.bias",
        "image_decoder.layer2.bias"
    };

    public static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        module(
                cases,
                "NormalisedConvolution",
                "1 x 5",
                init -> new NormalisedConvolution(init, 2, 3, Convolution.same(1, 5, 1), Activation.RELU),
                2,
                3,
                4,
                2);
        module(cases, "Res2NetBlock", "first, stride 2", init -> new Res2NetBlock(init, 3, 3, 6, 2, true), 1, 4, 6, 3);
        module(cases, "Res2NetBlock", "later", init -> new Res2NetBlock(init, 6, 3, 6, 1, false), 1, 3, 3, 6);
        module(cases, "RfbLite", "alone", init -> new RfbLite(init, 2, 1), 1, 6, 5, 2);
        for (boolean out : new boolean[] {false, true}) {
            module(
                    cases,
                    "MultiStageEmbeddingAttention",
                    out ? "with output layer" : "without",
                    init -> new MultiStageEmbeddingAttention(init, 3, 2, out),
                    2,
                    2,
                    3,
                    12);
        }
        image(
                cases,
                "Res2Net",
                "14 layers",
                init -> new Res2Net(init, (BackboneOptions) TINY.backbone()),
                "stage2.0.expand.norm.bias");
        encoder(cases, "released", TINY);
        decoders(cases);
        whole(cases, "released", TINY, SOME);
        whole(cases, "the paper's switches", paper(), SOME);
        return cases;
    }

    /** Other wirings of the same parts: the ablations of Table 3, and patches that need a resize. */
    static List<Case> ablations() {
        List<Case> cases = new ArrayList<>();
        encoder(cases, "patches of 16", TINY.withPatch(16));
        encoder(cases, "no cascade", TINY.withNeck(TINY.neck().withCascade(false)));
        encoder(
                cases,
                "no RFB, addition",
                TINY.withNeck(TINY.neck().withRfb(false).withFusion(Fusion.ADDITION)));
        encoder(cases, "concatenation", TINY.withNeck(TINY.neck().withFusion(Fusion.CONCATENATION)));
        return cases;
    }

    /** The very first parameters: a change of one moves thousands of values, some of them across the kink of a ReLU. */
    static List<Case> first() {
        List<Case> cases = new ArrayList<>();
        image(
                cases,
                "Res2Net",
                "its stem",
                init -> new Res2Net(init, (BackboneOptions) TINY.backbone()),
                "stem.0.norm.weight",
                "stem.0.norm.bias");
        whole(cases, "its stem", TINY, "encoder.backbone.stem.0.norm.bias");
        return cases;
    }

    /** The paper's choices at a tiny size. */
    static SwipeOptions paper() {
        NeckOptions neck = new NeckOptions(2, 3, 2, true, true, Fusion.ATTENTION, true, ImageEmbedding.COARSEST_STAGE);
        DecoderOptions decoder = TINY.decoder().withFourier(false).withSource(true);
        return TINY.withNeck(neck).withDecoder(decoder).withClasses(3).withOverreach(4, 3);
    }

    private interface Make {
        Module make(Init init);
    }

    private static void module(List<Case> cases, String covers, String name, Make make, long... shape) {
        cases.add(new Case(covers, name, init -> {
            Module module = make.make(init);
            return new Subject(Map.of("x", init.normal(1, shape)), module.parameters(), (tape, t) -> {
                forgetPasses(module);
                return module.forward(t.get("x"));
            });
        }));
    }

    /** Much computing: only some parameters, at the ends and on the way. */
    private static void image(List<Case> cases, String covers, String name, Make make, String... names) {
        cases.add(new Case(covers, name, init -> {
            Module module = make.make(init);
            INDArray image = init.uniform(1, 1, 64, 64, 3);
            return new Subject(Map.of(), some(module, init, names), (tape, t) -> module.forward(tape.constant(image)));
        }));
    }

    private static void encoder(List<Case> cases, String name, SwipeOptions options) {
        image(cases, "Encoder", name, init -> new Encoder(init, options), "embed2.weight", "embed5.bias");
    }

    private static Map<String, Parameter> some(Module module, Init init, String... names) {
        Map<String, Parameter> some = new LinkedHashMap<>();
        for (String name : names) {
            Parameter parameter = module.parameters().get(name);
            parameter.value().addi(init.normal(0.3, parameter.value().shape()));
            some.put(name, parameter);
        }
        return some;
    }

    /** Both ways of a decoder, whose parameters begin small: they are made larger so that they matter. */
    private static void decoders(List<Case> cases) {
        int[] patchOfPoint = {0, 1, 1, 2, 3, 3, 0, 2, 1};
        int[] imageOfPatch = {0, 0, 1, 1};
        SwipeOptions plain = TINY.withDecoder(TINY.decoder().withFourier(false));
        cases.add(new Case("ConditionedLinear", "with two codes", init -> {
            InputLayout layout = InputLayout.ofPatch(plain.decoder(), 3);
            ConditionedLinear linear = new ConditionedLinear(init, 2, layout, 4);
            Map<String, INDArray> leaves = leaves(init);
            leaves.put("hidden", init.normal(1, 9, 2));
            return new Subject(leaves, larger(linear, init), (tape, t) -> {
                DecoderInput input = input(t, List.of("patch", "image"), patchOfPoint, imageOfPatch);
                return linear.forward(t.get("hidden"), input, linear.prepared(input.codes(), input.rows()));
            });
        }));
        cases.add(new Case("PatchDecoder", "shared codes", init -> {
            PatchDecoder decoder = new PatchDecoder(init, plain, 3);
            return new Subject(leaves(init), larger(decoder, init), (tape, t) -> {
                forgetPasses(decoder);
                return decoder.decode(input(t, List.of("patch", "image"), patchOfPoint, imageOfPatch));
            });
        }));
        cases.add(new Case("ImageDecoder", "shared codes", init -> {
            ImageDecoder decoder = new ImageDecoder(init, plain);
            Map<String, INDArray> leaves = leaves(init);
            leaves.remove("patch");
            leaves.put("points", init.normal(1, 9, 2));
            return new Subject(
                    leaves,
                    larger(decoder, init),
                    (tape, t) -> decoder.decode(input(t, List.of("image"), new int[] {0, 1, 1, 0, 0, 1, 0, 1, 0})));
        }));
        module(cases, "ImageDecoder", "side by side", init -> new ImageDecoder(init, plain), 6, 5);
        InputLayout ofVolume = InputLayout.ofPatch(plain.decoder(), 3, 3);
        cases.add(new Case("PointDecoder", "of a volume", init -> {
            PointDecoder decoder = new PointDecoder(init, ofVolume, List.of(5, 4), 3, 0, 0);
            Map<String, INDArray> leaves = leaves(init);
            leaves.put("points", init.normal(1, 9, 6));
            return new Subject(
                    leaves,
                    larger(decoder, init),
                    (tape, t) -> decoder.decode(input(t, List.of("patch", "image"), patchOfPoint, imageOfPatch)));
        }));
    }

    private static Map<String, INDArray> leaves(Init init) {
        Map<String, INDArray> leaves = new LinkedHashMap<>();
        leaves.put("points", init.normal(1, 9, 4));
        leaves.put("patch", init.normal(1, 4, 3));
        leaves.put("image", init.normal(1, 2, 3));
        return leaves;
    }

    private static DecoderInput input(Map<String, Tensor> tensors, List<String> codes, int[]... rows) {
        return new DecoderInput(
                tensors.get("points"), codes.stream().map(tensors::get).toList(), List.of(rows));
    }

    private static Map<String, Parameter> larger(Module module, Init init) {
        return larger(module, init, "");
    }

    private static Map<String, Parameter> larger(Module module, Init init, String part) {
        module.parameters().forEach((name, p) -> {
            if (name.contains(part)) {
                p.value().addi(init.normal(0.5, p.value().shape()));
            }
        });
        return module.parameters();
    }

    /** From images to the sum of everything that a loss can see. */
    private static void whole(List<Case> cases, String name, SwipeOptions options, String... names) {
        cases.add(new Case("Swipe", name, init -> {
            Swipe network = new Swipe(options, init.type(), 4);
            larger(network, init, "_decoder.");
            INDArray images = init.uniform(1, 2, 32, 64, 3);
            PointBatch points = TinySwipe.points(5, 2, 6, 32, 64);
            List<SourceFrame> sources =
                    List.of(new SourceFrame(10, 20, 0.5, 0.5, 90, 80), new SourceFrame(70, 0, -1, 2, 90, 80));
            Map<String, Parameter> some = network.parameters();
            some.keySet().retainAll(Set.of(names));
            return new Subject(Map.of(), some, (tape, t) -> {
                forgetPasses(network);
                return everything(tape, network.forward(tape.constant(images), points, sources, 9));
            });
        }));
    }

    private static Tensor everything(Tape tape, SwipeOutput output) {
        Tensor sum = null;
        int k = 0;
        for (Tensor part : List.of(
                output.patchLogits(),
                output.imageLogits(),
                output.overreachLogits(),
                output.patchEmbeddings(),
                output.imageEmbeddings())) {
            INDArray weights = new Init(tape.engine().type(), ++k).uniform(1, part.shape());
            Tensor weighted = Arithmetic.sum(Arithmetic.multiply(part, tape.constant(weights)));
            sum = sum == null ? weighted : Arithmetic.add(sum, weighted);
        }
        return sum;
    }

    /** Every pass drops something else: begin again at the first. */
    private static void forgetPasses(Module module) {
        module.values().forEach((name, value) -> {
            if (name.endsWith("passes")) {
                value.assign(0);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("cases")
    void tapeGradientsAreCentralDifferences(Case checked) {
        GradientCheck.check(checked, 20260311);
    }

    @ParameterizedTest
    @MethodSource("first")
    void theFirstGradientsAreCentralDifferencesWhereNoKinkIsCrossed(Case checked) {
        GradientCheck.check(checked, 20260311);
    }

    /** A wrong gradient would differ with any step. */
    @Test
    void whatDiffersAtAKinkAgreesWithASmallerStep() {
        // given a seed with which a step of 1e-5 takes some value across the kink of a ReLU
        Case stem = first().get(1);
        assertTrue(GradientCheck.worst(stem, 6, 1e-5).difference() > 10 * GradientCheck.TOLERANCE);

        // when the step is smaller
        GradientCheck.Worst found = GradientCheck.worst(stem, 6, 1e-6);

        // then
        assertTrue(found.difference() <= GradientCheck.TOLERANCE / 100, found.toString());
    }

    @ParameterizedTest
    @MethodSource("ablations")
    @Tag("long")
    void ablationsAreCentralDifferencesToo(Case checked) {
        GradientCheck.check(checked, 20260311);
    }
}
