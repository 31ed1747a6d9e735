package slidefield.nic;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import slidefield.nn.GradientCheck;
import slidefield.nn.GradientCheck.Case;
import slidefield.nn.GradientCheck.Subject;

/** The BiGAN's encoder through the common gradient check. */
@Tag("once")
public class BiGanGradientTest {
    public static List<Case> cases() {
        return List.of(
                of("of a batch", new BiGanEncoderOptions(14, 3, 2, 2, 2, 3), false),
                of("without normalisations", new BiGanEncoderOptions(9, 1, 1, 2, 2, 3), true));
    }

    private static Case of(String name, BiGanEncoderOptions options, boolean folded) {
        return new Case("BiGanEncoder", name, init -> {
            BiGanEncoder fresh = new BiGanEncoder(options, init);
            BiGanEncoder encoder = folded ? fresh.folded() : fresh;
            return new Subject(
                    Map.of("x", init.normal(1, 2, options.patch(), options.patch(), options.colours())),
                    encoder.parameters(),
                    (tape, t) -> encoder.forward(t.get("x")));
        });
    }

    @ParameterizedTest
    @MethodSource("cases")
    void tapeGradientsAreCentralDifferences(Case checked) {
        GradientCheck.check(checked, 20261121);
    }
}
