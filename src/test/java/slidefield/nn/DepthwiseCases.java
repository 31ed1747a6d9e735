package slidefield.nn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.GradientCheck.Case;
import slidefield.nn.GradientCheck.Subject;
import slidefield.nn.kernels.Convolution;

/** What works on every channel by itself: depth-wise convolutions and the dropout of whole maps. */
final class DepthwiseCases {
    private DepthwiseCases() {}

    /** @return all cases */
    static List<Case> all() {
        List<Case> cases = new ArrayList<>();
        operation(cases, "3 x 3, stride 2, no padding, bias", new Convolution(3, 2, 1, 0), 3, true);
        operation(cases, "the size kept", Convolution.same(3), 2, false);
        operation(cases, "one channel", Convolution.same(3), 1, true);
        operation(cases, "2 x 3, dilation 2, stride 2", new Convolution(2, 3, 2, 2, 0, 1), 4, true);
        for (boolean bias : new boolean[] {true, false}) {
            cases.add(new Case("DepthwiseConv2d", bias ? "with bias" : "without bias", init -> {
                Module module = new DepthwiseConv2d(init, 3, new Convolution(3, 2, 1, 0), bias);
                return new Subject(
                        Map.of("x", init.normal(1, 2, 5, 6, 3)),
                        module.parameters(),
                        (tape, t) -> module.forward(t.get("x")));
            }));
        }
        cases.add(new Case("SpatialDropout", "the first pass", init -> {
            Dropout dropout = new SpatialDropout(init, 0.5, 3);
            return new Subject(Map.of("x", init.normal(1, 2, 3, 2, 4)), Map.of(), (tape, t) -> {
                // every pass drops something else: stay at the first
                dropout.load(Map.of("passes", init.zeros(1)));
                return dropout.forward(t.get("x"));
            });
        }));
        cases.add(new Case(
                "SpatialDropout.dropMaps",
                "always the same maps",
                init -> new Subject(
                        Map.of("x", init.normal(1, 3, 4, 5, 6)),
                        Map.of(),
                        (tape, t) -> SpatialDropout.dropMaps(t.get("x"), 0.4, 11))));
        return cases;
    }

    private static void operation(List<Case> cases, String name, Convolution geometry, int channels, boolean bias) {
        cases.add(new Case("Convolutions.depthwise", name, init -> {
            Map<String, INDArray> leaves = new LinkedHashMap<>();
            leaves.put("x", init.normal(1, 2, 7, 8, channels));
            leaves.put("w", init.normal(0.5, geometry.height(), geometry.width(), channels));
            if (bias) {
                leaves.put("bias", init.normal(1, channels));
            }
            return new Subject(
                    leaves,
                    Map.of(),
                    (tape, t) -> Convolutions.depthwise(t.get("x"), t.get("w"), t.get("bias"), geometry));
        }));
    }
}
