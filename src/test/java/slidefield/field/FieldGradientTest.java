package slidefield.field;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.Activations;
import slidefield.nn.Arithmetic;
import slidefield.nn.Engine;
import slidefield.nn.GradientCheck;
import slidefield.nn.GradientCheck.Case;
import slidefield.nn.GradientCheck.Subject;
import slidefield.nn.Init;
import slidefield.nn.Losses;
import slidefield.nn.Module;
import slidefield.nn.Parameter;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;

/** Everything of this package that is differentiated, through the common gradient check. */
@Tag("once")
public class FieldGradientTest {
    private static final Window WINDOW = Window.of(60, 40, 1.5, 7, 3, 9, 8);
    private static final HashGridOptions SMALL = new HashGridOptions(6, 6, 2, 4, 1.7);
    private static final FieldOptions FIELD = new FieldOptions(
            FieldOptions.EncodingKind.HASH_GRID,
            SMALL,
            4,
            new DecoderOptions(3, 2, DecoderOptions.Branch.RELU, 30),
            new HeadOptions(4, List.of(1, 2)));

    /** All cases. */
    public static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        cases.add(new Case("HashGrid", "dense and hashed levels", init -> {
            HashGrid grid = grid(init);
            return new Subject(Map.of(), grid.parameters(), (tape, leaves) -> grid.encode(tape, WINDOW));
        }));
        for (LevelMask mask : List.of(LevelMask.without(6, 2), LevelMask.lowest(6, 3), LevelMask.highest(6, 1))) {
            cases.add(new Case("MaskedLevels", "levels " + mask, init -> {
                HashGrid grid = grid(init);
                return new Subject(Map.of(), grid.parameters(), (tape, leaves) -> mask.on(grid)
                        .encode(tape, WINDOW));
            }));
        }
        for (DecoderOptions.Branch branch : DecoderOptions.Branch.values()) {
            for (int stages = 1; stages <= 2; stages++) {
                // A small omega: at 30 the sine turns so fast that central differences lose their digits.
                DecoderOptions options = new DecoderOptions(3, stages, branch, 2);
                cases.add(new Case("DualBranchDecoder", options.toString(), init -> {
                    return module(init, new DualBranchDecoder(init, 4, options), 4);
                }));
            }
        }
        cases.add(new Case("DilatedHead", "dilations 1, 2, 4", init -> {
            return module(init, new DilatedHead(init, 5, new HeadOptions(3, List.of(1, 2, 4)), 2), 5);
        }));
        cases.add(new Case(
                "Field",
                "reconstruction loss",
                init -> field(init, (field, latent) -> {
                    INDArray target = init.uniform(1, 1, 8, 9, 3);
                    return tape -> Losses.mse(field.colours(latent.apply(tape)), target);
                })));
        cases.add(new Case(
                "Field",
                "lesion loss",
                init -> field(init, (field, latent) -> {
                    INDArray target = init.uniform(1, 1, 8, 9, 1).gt(0).castTo(init.type());
                    return tape -> {
                        Tensor logits = field.lesionLogits(latent.apply(tape));
                        return Arithmetic.add(
                                Losses.bceWithLogits(logits, target),
                                Losses.vNetDice(Activations.sigmoid(logits), target, 1));
                    };
                })));
        return cases;
    }

    private static HashGrid grid(Init init) {
        HashGrid grid = HashGrid.create(SMALL, init.type(), 1);
        grid.table().value().assign(init.normal(1, grid.table().value().shape()));
        return grid;
    }

    private static Subject module(Init init, Module module, int channels) {
        return new Subject(
                Map.of("x", init.normal(1, 1, 8, 9, channels)),
                module.parameters(),
                (tape, leaves) -> module.forward(leaves.get("x")));
    }

    private interface Latent {
        Tensor apply(Tape tape);
    }

    private interface Loss {
        Latent of(Field field, Latent latent);
    }

    /** The whole chain from table to loss; only what the loss depends on is checked. */
    private static Subject field(Init init, Loss loss) {
        Field field = new Field(FIELD, init.type(), 5);
        HashGrid grid = grid(init);
        Latent value = loss.of(field, tape -> field.latent(grid.encode(tape, WINDOW)));
        Map<String, Parameter> parameters = new LinkedHashMap<>(grid.parameters());
        try (Tape tape = Engine.reference(init.type()).record()) {
            tape.backward(value.apply(tape));
            field.parameters().forEach((name, p) -> {
                if (p.gradient() != null) {
                    parameters.put(name, p);
                }
            });
        }
        return new Subject(Map.of(), parameters, (tape, leaves) -> value.apply(tape));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void tapeGradientsAreCentralDifferences(Case checked) {
        GradientCheck.check(checked, 20260302);
    }

    @Test
    void everyModuleAndEncodingOfThePackageIsChecked() {
        Set<String> covered = cases().stream().map(Case::covers).collect(Collectors.toSet());

        new ClassFileImporter()
                .importPackages("slidefield.field").stream()
                        .filter(type ->
                                !type.isInterface() && !type.getModifiers().contains(JavaModifier.ABSTRACT))
                        .filter(type -> type.isAssignableTo(Module.class) || type.isAssignableTo(Encoding.class))
                        .filter(type -> !type.isAssignableTo(FixedEncoding.class))
                        .forEach(type -> assertTrue(
                                covered.contains(type.getSimpleName()),
                                type.getSimpleName() + " has no gradient check"));
        assertTrue(covered.contains("Field"), "the whole chain");
    }
}
