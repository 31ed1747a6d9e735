package slidefield.swipe;

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
import slidefield.nn.Shapes;
import slidefield.nn.Tensor;

/** The networks that SwIPE is compared with, their parts and their loss, through the common gradient check. */
@Tag("once")
public class RivalGradientTest {
    public static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        module(cases, "Rfb", "four branches", init -> new Rfb(init, 2, 1), 1, 6, 5, 2);
        cases.add(new Case("PartialDecoder", "fine, middle and coarse", init -> {
            PartialDecoder decoder = new PartialDecoder(init, 2);
            return new Subject(
                    Map.of(
                            "fine", init.normal(1, 1, 4, 8, 2),
                            "middle", init.normal(1, 1, 2, 4, 2),
                            "coarse", init.normal(1, 1, 1, 2, 2)),
                    decoder.parameters(),
                    (tape, t) -> decoder.decode(t.get("fine"), t.get("middle"), t.get("coarse")));
        }));
        module(cases, "ReverseAttention", "of one size", init -> reverse(init), 1, 4, 3, 4);
        cases.add(new Case("ReverseAttention", "of a coarser answer", init -> {
            ReverseAttention reverse = reverse(init);
            return new Subject(
                    Map.of("map", init.normal(1, 1, 4, 6, 3), "logits", init.normal(1, 1, 2, 3, 1)),
                    reverse.parameters(),
                    (tape, t) -> reverse.refine(t.get("map"), t.get("logits")));
        }));
        module(cases, "UpJoin", "of one size", init -> new UpJoin(init, 2, 3, 2), 2, 3, 4, 5);
        cases.add(new Case("UpJoin", "up", init -> {
            UpJoin up = new UpJoin(init, 2, 3, 2);
            return new Subject(
                    Map.of("coarser", init.normal(1, 1, 2, 3, 2), "side", init.normal(1, 1, 4, 6, 3)),
                    up.parameters(),
                    (tape, t) -> up.join(t.get("coarser"), t.get("side")));
        }));
        whole(cases, TinyRivals.UNET, 16, "unet.level0.conv0.weight", "unet.up1.conv.weight");
        whole(
                cases,
                TinyRivals.PRANET,
                64,
                "backbone.stage4.0.expand.norm.bias",
                "decoder.out.bias",
                "reverse4.look.0.norm.bias");
        whole(
                cases,
                TinyRivals.RES2UNET,
                64,
                "backbone.stage4.0.expand.norm.bias",
                "up3.beside.conv.weight",
                "out.weight");
        for (OccupancyLoss.Dice dice : OccupancyLoss.Dice.values()) {
            for (int outputs : new int[] {1, 3}) {
                loss(cases, dice, outputs);
            }
        }
        return cases;
    }

    private static ReverseAttention reverse(Init init) {
        return new ReverseAttention(init, 3, 2, 3, 2, 3);
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

    /** All that is learnt from; much computing, so only some parameters. */
    private static void whole(List<Case> cases, RivalOptions options, int size, String... names) {
        String kind = options.getClass().getSimpleName().replace("Options", "");
        cases.add(new Case(kind, "all its maps", init -> {
            PixelNetwork network = (PixelNetwork) options.build(init.type(), 4);
            INDArray images = init.uniform(1, 1, size, size, 3);
            Map<String, Parameter> some = network.parameters();
            some.keySet().retainAll(Set.of(names));
            if (some.size() != names.length) {
                throw new AssertionError("expected " + Set.of(names) + ", found " + some.keySet());
            }
            return new Subject(Map.of(), some, (tape, t) -> Shapes.concat(network.maps(tape.constant(images))));
        }));
    }

    /** Two maps of other sizes than the images, or points and a coarse map. */
    private static void loss(List<Case> cases, OccupancyLoss.Dice dice, int outputs) {
        String name = dice + ", " + outputs + " outputs";
        List<LabelledImage> images = List.of(
                SwipeTestData.discs(12, 10, Math.max(1, outputs - 1), 1),
                SwipeTestData.discs(12, 10, Math.max(1, outputs - 1), 2));
        cases.add(new Case(
                "RivalLoss.ofPixels",
                name,
                init -> new Subject(
                        Map.of("fine", init.normal(2, 2, 10, 12, outputs), "coarse", init.normal(2, 2, 5, 4, outputs)),
                        Map.of(),
                        (tape, t) -> new RivalLoss(new RivalLossOptions(dice, 0.1))
                                .ofPixels(List.<Tensor>of(t.get("fine"), t.get("coarse")), images))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void tapeGradientsAreCentralDifferences(Case checked) {
        GradientCheck.check(checked, 20260312);
    }
}
