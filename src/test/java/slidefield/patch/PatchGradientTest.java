package slidefield.patch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.GradientCheck;
import slidefield.nn.GradientCheck.Case;
import slidefield.nn.GradientCheck.Subject;
import slidefield.nn.Init;
import slidefield.nn.Module;
import slidefield.nn.Parameter;

/** Everything of this package that is differentiated, through the common gradient check. */
@Tag("once")
public class PatchGradientTest {
    /** All cases. */
    public static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        module(cases, "ConvolutionBlock", init -> new ConvolutionBlock(init, 2, 3, true), 1, 4, 5, 2);
        module(cases, "UpConvolution", init -> new UpConvolution(init, 3, 2, 2, true), 1, 3, 2, 3);
        module(cases, "Encoder", init -> new Encoder(init, new UNetOptions(2, 2, false, false)), 1, 4, 4, 3);
        network(
                cases,
                "UNet",
                type -> new UNet(new UNetOptions(2, 2, true, true), type, 3),
                4,
                4,
                List.of("encoder.level0.conv0.weight", "up0.conv.weight", "level0.conv1.weight"));
        for (Upscaling upscaling : Upscaling.values()) {
            cases.add(new Case("Aggregation", upscaling.toString(), init -> {
                Aggregation aggregation = new Aggregation(init, 2, List.of(1, 2, 4), upscaling);
                Map<String, INDArray> maps = new LinkedHashMap<>();
                for (String name : List.of("fine", "coarse", "coarser")) {
                    maps.put(name, init.normal(1, 1, 8, 4, 2));
                }
                return new Subject(
                        maps,
                        aggregation.parameters(),
                        (tape, leaves) -> aggregation.join(
                                List.of(leaves.get("fine"), leaves.get("coarse"), leaves.get("coarser"))));
            }));
        }
        MultiResolutionOptions options = new MultiResolutionOptions(2, 2, 2, Upscaling.TRANSPOSED);
        network(
                cases,
                "MultiResolutionUNet",
                type -> new MultiResolutionUNet(options, type, 4),
                4,
                8,
                List.of("encoder2.level0.conv0.weight", "aggregation1.sum.weight"));
        cases.addAll(TransUNetCases.all());
        for (PatchLoss loss : PatchLoss.values()) {
            cases.add(new Case("PatchLoss", loss.toString(), init -> {
                INDArray target = init.uniform(1, 2, 4, 3, 1).gt(0).castTo(init.type());
                return new Subject(
                        Map.of("x", init.normal(1, 2, 4, 3, 1)),
                        Map.of(),
                        (tape, leaves) -> loss.of(leaves.get("x"), target));
            }));
        }
        return cases;
    }

    private interface Make {
        Module make(Init init);
    }

    private static void module(List<Case> cases, String covers, Make make, long... shape) {
        cases.add(new Case(covers, "alone", init -> {
            Module module = make.make(init);
            return new Subject(
                    Map.of("x", init.normal(1, shape)),
                    module.parameters(),
                    (tape, leaves) -> module.forward(leaves.get("x")));
        }));
    }

    /** A few parameters from end to end, because the reference takes its time; each part is checked by itself. */
    private static void network(
            List<Case> cases,
            String covers,
            Function<DataType, PatchNetwork> make,
            long height,
            long width,
            List<String> checked) {
        cases.add(new Case(covers, "from end to end", init -> {
            PatchNetwork network = make.apply(init.type());
            List<INDArray> patches = network.scales().stream()
                    .map(scale -> init.uniform(0.5, 2, height, width, 3).addi(0.5))
                    .toList();
            Map<String, Parameter> parameters = network.parameters();
            parameters.keySet().retainAll(checked);
            return new Subject(
                    Map.of(),
                    parameters,
                    (tape, leaves) ->
                            network.forward(patches.stream().map(tape::constant).toList()));
        }));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void tapeGradientsAreCentralDifferences(Case checked) {
        GradientCheck.check(checked, 20260304);
    }

    @Test
    void everyModuleAndLossOfThePackageIsChecked() {
        // given
        Set<String> wanted = new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("slidefield.patch")
                        .stream()
                        .filter(type -> type.isAssignableTo(Module.class))
                        .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                        .map(JavaClass::getSimpleName)
                        .collect(Collectors.toCollection(TreeSet::new));
        wanted.add("PatchLoss");

        // when
        Set<String> covered = cases().stream().map(Case::covers).collect(Collectors.toCollection(TreeSet::new));

        // then
        assertEquals(wanted, covered);
    }
}
