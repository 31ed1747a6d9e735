package slidefield.nic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import slidefield.nn.GradientCheck;
import slidefield.nn.GradientCheck.Case;
import slidefield.nn.GradientCheck.Subject;

/** The network of compressed slides and its losses, through the common gradient check. */
@Tag("once")
public class SlideCnnGradientTest {
    /** All cases. */
    public static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        SlideCnnOptions one = new SlideCnnOptions(2, 7, 3, List.of(2, 1), 4, 1, 0, 0.1);
        for (int stride = 1; stride <= 2; stride++) {
            int step = stride;
            cases.add(new Case("SeparableConvolution", "stride " + stride, init -> {
                SeparableConvolution layer = new SeparableConvolution(init, 2, one, step, 5);
                return new Subject(
                        Map.of("x", init.normal(1, 2, 6, 7, 2)),
                        layer.parameters(),
                        (tape, t) -> layer.forward(t.get("x")));
            }));
        }
        cases.add(new Case("SlideCnn", "in training", init -> {
            SlideCnn network = new SlideCnn(one, init.type(), 3);
            return new Subject(
                    Map.of("x", init.normal(1, 4, 7, 7, 2)),
                    network.parameters(),
                    (tape, t) -> network.forward(t.get("x")));
        }));
        cases.add(new Case("SlideCnn", "a last map of 2 x 2, three outputs", init -> {
            SlideCnnOptions three = new SlideCnnOptions(2, 6, 3, List.of(2, 2), 4, 3, 0.2, 0.1);
            SlideCnn network = new SlideCnn(three, init.type(), 4);
            network.training(false);
            return new Subject(
                    Map.of("x", init.normal(1, 2, 6, 6, 2)),
                    network.parameters(),
                    (tape, t) -> network.forward(t.get("x")));
        }));
        loss(cases, SlideTask.BINARY, 1, 0, 1, 1);
        loss(cases, SlideTask.BINARY, 2, 0, 1, 0);
        loss(cases, SlideTask.CLASSES, 4, 3, 0, 2);
        loss(cases, SlideTask.REGRESSION, 1, -0.4, 2.5, 0.1);
        return cases;
    }

    private static void loss(List<Case> cases, SlideTask task, int outputs, double... labels) {
        cases.add(new Case(
                "SlideLoss",
                task + ", outputs " + outputs,
                init -> new Subject(
                        Map.of("x", init.normal(1, labels.length, outputs)),
                        Map.of(),
                        (tape, t) -> SlideLoss.of(task, t.get("x"), labels))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void tapeGradientsAreCentralDifferences(Case checked) {
        GradientCheck.check(checked, 20260305);
    }
}
