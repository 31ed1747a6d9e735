package slidefield.fit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import slidefield.field.DecoderOptions;
import slidefield.field.Field;
import slidefield.field.FieldOptions;
import slidefield.field.HashGridOptions;
import slidefield.field.HeadOptions;
import slidefield.nn.GradientCheck;
import slidefield.nn.GradientCheck.Case;
import slidefield.nn.GradientCheck.Subject;
import slidefield.nn.Init;
import slidefield.nn.Parameter;

/** The losses of both training steps on a window of a plane, through the common gradient check. */
@Tag("once")
public class StepsGradientTest {
    private static final FieldOptions FIELD = new FieldOptions(
            FieldOptions.EncodingKind.HASH_GRID,
            new HashGridOptions(2, 6, 2, 4, 1.7),
            4,
            new DecoderOptions(3, 1, DecoderOptions.Branch.RELU, 30),
            new HeadOptions(4, List.of(1)));
    private static final Plane PLANE = DiscPlane.of("discs", 20, 16, 3);
    private static final Part PART = new Part(4, 3, 9, 8);

    /** All cases. */
    public static List<Case> cases() {
        return List.of(
                new Case("Steps", "painting", init -> {
                    Field field = new Field(FIELD, init.type(), 5);
                    return subject(
                            init,
                            field,
                            "reconstruction.",
                            (tape, t) -> Steps.painting(field, t.get("latent"), tape, PLANE, PART));
                }),
                new Case("Steps", "marking", init -> {
                    Field field = new Field(FIELD, init.type(), 5);
                    return subject(
                            init,
                            field,
                            "lesion.",
                            (tape, t) -> Steps.marking(field, t.get("latent"), tape, PLANE, PART));
                }));
    }

    /** A loss of a window's latent; only the parameters of the head that it reads are checked. */
    private static Subject subject(Init init, Field field, String head, GradientCheck.Function loss) {
        Map<String, Parameter> read = new LinkedHashMap<>(field.parameters());
        read.keySet().removeIf(name -> !name.startsWith(head));
        return new Subject(
                Map.of("latent", init.normal(1, 1, 8, 9, 2 * FIELD.decoder().width())), read, loss);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void tapeGradientsAreCentralDifferences(Case checked) {
        GradientCheck.check(checked, 20260305);
    }
}
