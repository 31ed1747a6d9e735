package slidefield.swipe.volume;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
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
import slidefield.nn.kernels.VolumeConvolution;
import slidefield.swipe.ImageEmbedding;
import slidefield.swipe.SwipeOutput;

/** Every module of the networks of volumes through the common gradient check. */
@Tag("once")
public class VolumeGradientTest {
    public static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        module(
                cases,
                "NormalisedConv3d",
                "1 x 3 x 1",
                init -> new NormalisedConv3d(init, 2, 3, VolumeConvolution.same(1, 3, 1, 1), Activation.RELU),
                2,
                2,
                3,
                4,
                2);
        module(
                cases,
                "VolumeRes2NetBlock",
                "first, stride 2",
                init -> new VolumeRes2NetBlock(init, 3, 3, 2, true),
                2,
                4,
                2,
                6,
                3);
        module(
                cases,
                "VolumeRes2NetBlock",
                "later",
                init -> new VolumeRes2NetBlock(init, 6, 3, 1, false),
                1,
                3,
                2,
                3,
                6);
        module(cases, "VolumeRfbLite", "alone", init -> new VolumeRfbLite(init, 2, 1), 1, 3, 6, 5, 2);
        crops(
                cases,
                "VolumeRes2Net",
                "14 layers",
                init -> new VolumeRes2Net(init, TinyVolumes.SWIPE),
                "stage2.0.expand.norm.bias");
        crops(
                cases,
                "VolumeEncoder",
                "embeddings every 8 voxels",
                init -> new VolumeEncoder(init, TinyVolumes.SWIPE),
                "embed2.weight",
                "embed5.bias");
        crops(
                cases,
                "VolumeEncoder",
                "embeddings every 32 voxels, MLP_2",
                init -> new VolumeEncoder(init, TinyVolumes.swipe(32, true, ImageEmbedding.COARSEST_STAGE, false)),
                "embed2.bias",
                "attention.out.bias");
        crops(
                cases,
                "VolumeUNet",
                "three levels",
                init -> new VolumeUNet(new VolumeUNetOptions(1, 3, 3), init.type(), 6),
                "output.bias",
                "up0.1.norm.bias",
                "down2.1.norm.weight");
        swipe(cases, "patch embeddings' mean, Fourier features", TinyVolumes.SWIPE);
        swipe(cases, "the paper's switches", TinyVolumes.swipe(32, false, ImageEmbedding.COARSEST_STAGE, false));
        return cases;
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

    /** Much computing: only some parameters, at the ends and on the way. */
    private static void crops(List<Case> cases, String covers, String name, Make make, String... names) {
        int width = covers.equals("VolumeUNet") ? 8 : 64;
        cases.add(new Case(covers, name, init -> {
            Module module = make.make(init);
            INDArray crops = TinyVolumes.crops(init.type(), 7, 2, Math.min(32, width), Math.min(32, width), width);
            Map<String, Parameter> some = new LinkedHashMap<>();
            for (String each : names) {
                Parameter parameter = module.parameters().get(each);
                parameter.value().addi(init.normal(0.3, parameter.value().shape()));
                some.put(each, parameter);
            }
            return new Subject(Map.of(), some, (tape, t) -> module.forward(tape.constant(crops)));
        }));
    }

    /** From crops to the sum of everything that a loss can see. */
    private static void swipe(List<Case> cases, String name, VolumeSwipeOptions options) {
        cases.add(new Case("VolumeSwipe", name, init -> {
            VolumeSwipe network = new VolumeSwipe(options, init.type(), 4);
            network.parameters().forEach((each, p) -> {
                if (each.contains("_decoder.")) {
                    p.value().addi(init.normal(0.5, p.value().shape()));
                }
            });
            INDArray crops = TinyVolumes.crops(init.type(), 8, 2, 32, 32, 64);
            VolumePoints points = TinyVolumes.points(5, 2, 6, 64, 32, 32);
            Map<String, Parameter> some = network.parameters();
            some.keySet()
                    .retainAll(Set.of(
                            "encoder.backbone.stem.2.norm.bias",
                            "encoder.attention.weigh.bias",
                            "patch_decoder.layer1.bias",
                            "image_decoder.layer2.bias"));
            return new Subject(Map.of(), some, (tape, t) -> {
                network.values().forEach((each, value) -> {
                    if (each.endsWith("passes")) {
                        // every pass drops something else: begin again at the first
                        value.assign(0);
                    }
                });
                return everything(tape, network.forward(tape.constant(crops), points, TinyVolumes.frames(), 9));
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

    @ParameterizedTest
    @MethodSource("cases")
    void tapeGradientsAreCentralDifferences(Case checked) {
        GradientCheck.check(checked, 20260318);
    }
}
