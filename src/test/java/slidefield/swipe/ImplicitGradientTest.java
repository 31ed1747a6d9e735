package slidefield.swipe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
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
import slidefield.nn.Shapes;
import slidefield.nn.Tensor;

/** The implicit rivals and what takes the place of SwIPE's parts, through the common gradient check. */
@Tag("once")
public class ImplicitGradientTest {
    private static final int[] IMAGE_OF_POINT = {0, 0, 0, 0, 1, 1, 1, 1};

    public static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        rivals(cases);
        cases.add(new Case(
                "SinusoidalPositions",
                "of six tokens",
                init -> new Subject(
                        Map.of("x", init.normal(1, 6, 5)),
                        Map.of(),
                        (tape, t) -> SinusoidalPositions.added(t.get("x"), new int[] {0, 1, 2, 0, 1, 2}))));
        module(
                cases,
                "ScaleSelfAttention",
                "of three patches",
                init -> new ScaleSelfAttention(init, 3, 4),
                1,
                1,
                3,
                12);
        module(cases, "CctLayer", "two heads", init -> new CctLayer(init, new CctOptions(2, 4, 1, 2, 5)), 2, 3, 4);
        image(
                cases,
                "Cct",
                "one layer",
                init -> new Cct(init, new CctOptions(2, 4, 1, 2, 5), 32),
                "layers.0.attention.query.",
                "norm.",
                "weigh.");
        image(
                cases,
                "UNetBackbone",
                "of two channels",
                init -> new UNetBackbone(init, UNetBackboneOptions.of(2)),
                "level5.1.norm.");
        return cases;
    }

    private static void rivals(List<Case> cases) {
        OssNetOptions options = TinyImplicit.OSS_NET;
        module(cases, "OssNetEncoderBlock", "more channels", init -> new OssNetEncoderBlock(init, 2, 3), 2, 4, 6, 2);
        module(cases, "OssNetEncoderBlock", "as many", init -> new OssNetEncoderBlock(init, 2, 2), 2, 4, 4, 2);
        cases.add(new Case("OssNetEncoder", "latents and coarse segmentation", init -> {
            OssNetEncoder encoder = new OssNetEncoder(init, options);
            Map<String, Parameter> some = shaken(encoder, init);
            some.keySet().removeIf(name -> name.endsWith("conv.weight"));
            return new Subject(Map.of("x", init.normal(1, 2, 4, 8, 3)), some, (tape, t) -> {
                OssNetEncoder.Encoding found = encoder.encoding(t.get("x"));
                return Shapes.concat(List.of(flat(found.latents()), flat(found.coarse())));
            });
        }));
        module(cases, "PatchCode", "local", init -> new PatchCode(init, options), 7, 3, 3, 3);
        cases.add(new Case("PatchCode", "with a mid-range patch", init -> {
            PatchCode code = new PatchCode(init, TinyImplicit.MID_RANGE);
            PointBatch points = TinySwipe.points(3, 1, 2, 4, 5);
            return new Subject(
                    Map.of("x", init.normal(1, 1, 4, 5, 3)),
                    shaken(code, init),
                    (tape, t) -> code.around(t.get("x"), points));
        }));
        for (boolean shared : new boolean[] {true, false}) {
            String how = shared ? "shared statistics" : "statistics of each feature";
            conditioned(cases, "ConditionalBatchNorm", how, init -> new ConditionalBatchNorm(init, 4, 3, shared), 7);
            OssNetOptions layers = new OssNetOptions(List.of(2), 2, 3, false, 5, 2, shared, 1);
            conditioned(cases, "OssNetDecoderBlock", how, init -> new OssNetDecoderBlock(init, 3, layers), 7);
        }
        cases.add(new Case("OssNetDecoderBlock", "latents of images", init -> {
            OssNetDecoderBlock block =
                    new OssNetDecoderBlock(init, 5, new OssNetOptions(List.of(2), 1, 3, false, 5, 2, true, 1));
            return new Subject(
                    leaves(init, 5, 1),
                    shaken(block, init),
                    (tape, t) -> block.forward(t.get("x"), t.get("latents"), IMAGE_OF_POINT));
        }));
        network(cases, "OssNet", options, 8, 12, "encoder.block0.first.norm.bias", "encoder.join.0.bias");
        network(
                cases,
                "OssNet",
                TinyImplicit.MID_RANGE,
                8,
                8,
                "patch_code.layers.0.bias",
                "block1.first_norm.gamma.bias");
        network(
                cases,
                "IosNet",
                TinyImplicit.IOS_NET,
                64,
                32,
                "backbone.stage3.0.expand.norm.weight",
                "backbone.stage4.0.branch1.norm.bias",
                "perceptron.1.bias");
    }

    private static Map<String, INDArray> leaves(Init init, int features, int latent) {
        Map<String, INDArray> leaves = new LinkedHashMap<>();
        leaves.put("x", init.normal(1, IMAGE_OF_POINT.length, features));
        leaves.put("latents", init.normal(1, 2, latent));
        return leaves;
    }

    private interface Make {
        Module make(Init init);
    }

    private static void module(List<Case> cases, String covers, String name, Make make, long... shape) {
        cases.add(new Case(covers, name, init -> {
            Module module = make.make(init);
            return new Subject(
                    Map.of("x", init.normal(1, shape)), shaken(module, init), (tape, t) -> module.forward(t.get("x")));
        }));
    }

    /** A latent vector beside each of nine points. */
    private static void conditioned(List<Case> cases, String covers, String name, Make make, int columns) {
        module(cases, covers, name, make, 9, columns);
    }

    /** Much computing: only the parameters whose names begin so. */
    private static void image(List<Case> cases, String covers, String name, Make make, String... prefixes) {
        cases.add(new Case(covers, name, init -> {
            Module module = make.make(init);
            INDArray image = init.uniform(1, 2, 64, 32, 3);
            Map<String, Parameter> some = shaken(module, init);
            some.keySet().removeIf(key -> List.of(prefixes).stream().noneMatch(key::startsWith));
            return new Subject(Map.of(), some, (tape, t) -> everything(module, tape.constant(image)));
        }));
    }

    /** All that an encoder gives, side by side. */
    private static Tensor everything(Module module, Tensor image) {
        if (module instanceof ImageEncoder encoder) {
            ImageEncoder.Embeddings found = encoder.embeddings(image);
            return Shapes.concat(List.of(flat(found.patches()), flat(found.image())));
        }
        return Shapes.concat(((Backbone) module)
                .maps(image).stream().map(ImplicitGradientTest::flat).toList());
    }

    private static Tensor flat(Tensor x) {
        return Shapes.reshape(x, 1, x.value().length());
    }

    private static void network(
            List<Case> cases, String covers, RivalOptions options, int height, int width, String... names) {
        cases.add(new Case(covers, "some of its parameters, " + cases.size(), init -> {
            PointNetwork network = (PointNetwork) options.build(init.type(), 5);
            INDArray images = init.uniform(1, 2, height, width, 3);
            PointBatch points = TinySwipe.points(6, 2, 5, height, width);
            Map<String, Parameter> some = shaken(network, init);
            some.keySet().retainAll(Set.of(names));
            return new Subject(Map.of(), some, (tape, t) -> {
                List<Tensor> encoded = network.encode(tape.constant(images));
                Tensor logits = flat(network.decode(encoded, points));
                Tensor coarse = network.coarse(encoded);
                return coarse == null ? logits : Shapes.concat(List.of(logits, flat(coarse)));
            });
        }));
    }

    /** The parameters with other values than the ones and zeros that some begin with. */
    private static Map<String, Parameter> shaken(Module module, Init init) {
        module.parameters()
                .forEach((name, p) -> p.value().addi(init.normal(0.3, p.value().shape())));
        return module.parameters();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void tapeGradientsAreCentralDifferences(Case checked) {
        GradientCheck.check(checked, 20261121);
    }
}
