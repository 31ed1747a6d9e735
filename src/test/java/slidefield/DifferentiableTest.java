package slidefield;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import slidefield.field.FieldGradientTest;
import slidefield.fit.StepsGradientTest;
import slidefield.io.InputException;
import slidefield.nic.BiGanGradientTest;
import slidefield.nic.EncoderGradientTest;
import slidefield.nic.SlideCnnGradientTest;
import slidefield.nn.AgreementCheck;
import slidefield.nn.DifferentiableCases;
import slidefield.nn.GradientCheck.Case;
import slidefield.nn.Module;
import slidefield.nn.Precision;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;
import slidefield.patch.PatchGradientTest;
import slidefield.swipe.ImplicitGradientTest;
import slidefield.swipe.RivalGradientTest;
import slidefield.swipe.SwipeGradientTest;
import slidefield.swipe.SwipeLossTest;
import slidefield.swipe.volume.VolumeGradientTest;

/**
 * Everything that is differentiated, in whatever package: it must be among the cases whose gradients are checked in
 * DOUBLE, and the fast kernels must give the reference's values and gradients of it.
 */
@Tag("once")
@Tag("alone")
class DifferentiableTest {
    /** Package to cases. A package that begins to differentiate needs cases of its own. */
    private static final Map<String, List<Case>> CASES = Map.of(
            "slidefield.nn", DifferentiableCases.all(),
            "slidefield.field", FieldGradientTest.cases(),
            "slidefield.fit", StepsGradientTest.cases(),
            "slidefield.nic",
                    Stream.of(BiGanGradientTest.cases(), EncoderGradientTest.cases(), SlideCnnGradientTest.cases())
                            .flatMap(List::stream)
                            .toList(),
            "slidefield.patch", PatchGradientTest.cases(),
            "slidefield.swipe",
                    Stream.of(
                                    SwipeGradientTest.cases(),
                                    SwipeLossTest.cases(),
                                    RivalGradientTest.cases(),
                                    ImplicitGradientTest.cases())
                            .flatMap(List::stream)
                            .toList(),
            "slidefield.swipe.volume", VolumeGradientTest.cases());

    /** What gives tensors and needs no case by its own name, and why. */
    private static final Map<String, String> THROUGH_OTHERS = Map.ofEntries(
            Map.entry("slidefield.nn.Tape", "makes leaves and nodes, computes nothing"),
            Map.entry("slidefield.nn.TransposedConvolution", "is Convolutions.transposed"),
            Map.entry("slidefield.field.FixedEncoding", "gives constants"),
            Map.entry("slidefield.patch.PatchBatch", "casts a network's input and output"),
            Map.entry("slidefield.patch.PatchNetwork", "hands a patch to the networks below it"),
            Map.entry(
                    "slidefield.patch.EncoderDecoder",
                    "is in UNet and MultiResolutionUNet, whose cases check its weights"),
            Map.entry("slidefield.patch.CascadedDecoder", "is in TransUNet, whose case checks its weights"),
            Map.entry("slidefield.nic.VaeLearner", "is VaeEncoder, CodeDecoder and VaeLoss, which have cases"),
            Map.entry("slidefield.nic.ClassLearner", "is a network and a loss that have cases"),
            Map.entry("slidefield.nic.CropBatch", "gives constants"),
            Map.entry("slidefield.nic.SlideCnnTask", "is SlideCnn and SlideLoss, whose cases check them"),
            Map.entry("slidefield.swipe.ImageTask", "asks a network for its loss"),
            Map.entry("slidefield.swipe.PixelNetwork", "is what discrete rivals extend"),
            Map.entry("slidefield.swipe.PointNetwork", "is what implicit rivals extend"),
            Map.entry("slidefield.swipe.DecoderInput", "holds tensors that others compute"),
            Map.entry("slidefield.swipe.PointInput", "gives constants"),
            Map.entry("slidefield.swipe.ImageEncoder", "is what Encoder and Cct extend"),
            Map.entry("slidefield.swipe.Encoded", "is in Swipe, whose cases check what goes through it"),
            Map.entry("slidefield.swipe.SwipeOutput", "holds tensors that others compute"),
            Map.entry(
                    "slidefield.swipe.volume.VolumeCodes", "is in VolumeSwipe, whose cases check what goes through it"),
            Map.entry("slidefield.swipe.volume.VolumeTask", "asks a network for its loss"));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("slidefield");

    private static AgreementCheck float32;
    /** Null where no fast kernels compute in it. */
    private static AgreementCheck bfloat16;

    @BeforeAll
    static void start() {
        float32 = new AgreementCheck(Precision.F32);
        try {
            bfloat16 = new AgreementCheck(Precision.BF16);
        } catch (InputException absent) {
            bfloat16 = null;
        }
    }

    @AfterAll
    static void end() {
        float32.close();
        if (bfloat16 != null) {
            bfloat16.close();
        }
    }

    static Stream<Case> cases() {
        return CASES.values().stream().flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void fastIsTheReferenceInFloat32(Case checked) {
        float32.check(checked, 20260306);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void fastIsTheReferenceInBfloat16(Case checked) {
        Assumptions.assumeTrue(bfloat16 != null, "no fast kernels in bf16 here");
        bfloat16.check(checked, 20260307);
    }

    @Test
    void everyModuleIsChecked() {
        // given
        Set<String> wanted = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            if (type.isAssignableTo(Module.class) && !type.getModifiers().contains(JavaModifier.ABSTRACT)) {
                wanted.add(type.getName());
            }
        }
        assertTrue(wanted.size() > 20, wanted.toString());

        // when
        wanted.removeIf(DifferentiableTest::isCovered);

        // then
        assertEquals(Set.of(), wanted, "modules without a case");
    }

    @Test
    void everythingThatGivesTensorsIsChecked() {
        // given whoever adds nodes to a tape, or has a method that others call for a tensor
        Set<String> wanted = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            boolean addsNodes = type.getMethodCallsFromSelf().stream()
                    .anyMatch(call -> call.getTargetOwner().isEquivalentTo(Tape.class)
                            && call.getTarget().getName().equals("node"));
            if (addsNodes || type.getMethods().stream().anyMatch(DifferentiableTest::givesATensor)) {
                wanted.add(outermost(type).getName());
            }
        }
        assertTrue(wanted.containsAll(THROUGH_OTHERS.keySet()), "an exception that is none any more: " + wanted);

        // when
        wanted.removeIf(DifferentiableTest::isCovered);
        wanted.removeAll(THROUGH_OTHERS.keySet());

        // then
        assertEquals(Set.of(), wanted, "classes that compute tensors and have no case");
    }

    private static boolean givesATensor(JavaMethod method) {
        Set<JavaModifier> modifiers = method.getModifiers();
        return method.getRawReturnType().isEquivalentTo(Tensor.class)
                && !modifiers.contains(JavaModifier.PRIVATE)
                && !modifiers.contains(JavaModifier.ABSTRACT)
                && !modifiers.contains(JavaModifier.SYNTHETIC);
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(DifferentiableTest::outermost).orElse(type);
    }

    /** Whether a case of the class's own package names it, or an operation of it. */
    private static boolean isCovered(String name) {
        int dot = name.lastIndexOf('.');
        String simple = name.substring(dot + 1);
        return CASES.getOrDefault(name.substring(0, dot), List.of()).stream()
                .anyMatch(c -> c.covers().equals(simple) || c.covers().startsWith(simple + "."));
    }
}
