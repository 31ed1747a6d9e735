package slidefield.nn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.GradientCheck.Case;
import slidefield.nn.GradientCheck.Subject;
import slidefield.nn.kernels.Activation;
import slidefield.nn.kernels.Convolution;
import slidefield.nn.kernels.VolumeConvolution;

/** The differentiable operations and modules of volumes. */
final class VolumeCases {
    private VolumeCases() {}

    /** @return all cases */
    static List<Case> all() {
        List<Case> cases = new ArrayList<>();
        convolutions(cases);
        operation(cases, "VolumePooling.max", "2, stride 2", x -> VolumePooling.max(x, 2, 2, 0), 2, 4, 6, 2, 3);
        operation(
                cases,
                "VolumePooling.max",
                "3, stride 2, padding 1",
                x -> VolumePooling.max(x, 3, 2, 1),
                1,
                5,
                4,
                7,
                2);
        operation(cases, "VolumePooling.average", "2, stride 2", x -> VolumePooling.average(x, 2, 2, 0), 2, 4, 2, 6, 2);
        operation(
                cases, "VolumePooling.average", "3, padding 1", x -> VolumePooling.average(x, 3, 1, 1), 1, 3, 4, 5, 2);
        operation(cases, "VolumePooling.global", "3 x 2 x 4", VolumePooling::global, 2, 3, 2, 4, 3);
        operation(
                cases, "VolumeResampling.trilinear", "up", x -> VolumeResampling.trilinear(x, 5, 4, 6), 2, 2, 3, 2, 2);
        operation(
                cases,
                "VolumeResampling.trilinear",
                "from one, one axis kept",
                x -> VolumeResampling.trilinear(x, 3, 4, 2),
                2,
                1,
                1,
                2,
                3);
        operation(
                cases,
                "VolumeResampling.trilinear",
                "down across slices",
                x -> VolumeResampling.trilinear(x, 2, 3, 2),
                1,
                5,
                3,
                2,
                2);
        operation(cases, "VolumeResampling.nearest", "by 2", x -> VolumeResampling.nearest(x, 2), 2, 2, 1, 3, 2);
        return cases;
    }

    private static void convolutions(List<Case> cases) {
        Activation none = Activation.NONE;
        convolution(cases, "3, bias, ReLU", VolumeConvolution.same(3), 2, 3, true, false, Activation.RELU);
        convolution(cases, "one channel in and out", VolumeConvolution.same(3), 1, 1, true, false, none);
        convolution(cases, "one tap", VolumeConvolution.same(1), 2, 3, false, true, none);
        convolution(cases, "stride 2", new VolumeConvolution(3, 2, 1, 1), 2, 3, true, true, Activation.RELU);
        convolution(cases, "kernel 2, stride 2", new VolumeConvolution(2, 2, 1, 0), 3, 2, true, false, none);
        convolution(cases, "dilation 3", VolumeConvolution.same(3, 3, 3, 3), 1, 2, false, false, Activation.SIGMOID);
        convolution(cases, "1 x 1 x 5", VolumeConvolution.same(1, 1, 5, 1), 2, 2, false, false, none);
        convolution(cases, "1 x 3 x 1", VolumeConvolution.same(1, 3, 1, 1), 2, 2, false, false, none);
        convolution(cases, "5 x 1 x 1", VolumeConvolution.same(5, 1, 1, 1), 2, 2, false, false, none);
        convolution(
                cases,
                "no padding",
                new VolumeConvolution(2, 0, new Convolution(3, 1, 1, 0)),
                2,
                1,
                false,
                false,
                none);
        cases.add(new Case("Conv3d", "with bias", init -> {
            Conv3d layer = new Conv3d(init, 2, 3, new VolumeConvolution(3, 2, 1, 1), true, Activation.RELU);
            return new Subject(
                    Map.of("x", init.normal(1, 1, 3, 4, 5, 2)),
                    layer.parameters(),
                    (tape, t) -> layer.forward(t.get("x")));
        }));
    }

    private static void convolution(
            List<Case> cases,
            String name,
            VolumeConvolution geometry,
            int in,
            int out,
            boolean bias,
            boolean addend,
            Activation activation) {
        cases.add(new Case("VolumeConvolutions.convolution", name, init -> {
            Map<String, INDArray> leaves = new LinkedHashMap<>();
            leaves.put("x", init.normal(1, 2, 5, 4, 6, in));
            leaves.put("w", init.normal(0.5, Conv3d.shape(geometry, in, out)));
            if (bias) {
                leaves.put("bias", init.normal(1, out));
            }
            if (addend) {
                long height = geometry.plane().outputHeight(4);
                leaves.put(
                        "addend",
                        init.normal(
                                1,
                                2,
                                geometry.outputDepth(5),
                                height,
                                geometry.plane().outputWidth(6),
                                out));
            }
            return new Subject(
                    leaves,
                    Map.of(),
                    (tape, t) -> VolumeConvolutions.convolution(
                            t.get("x"), t.get("w"), t.get("bias"), geometry, t.get("addend"), activation));
        }));
    }

    private interface Operation {
        Tensor apply(Tensor x);
    }

    private static void operation(List<Case> cases, String covers, String name, Operation operation, long... shape) {
        cases.add(new Case(
                covers,
                name,
                init -> new Subject(
                        Map.of("x", init.normal(1, shape)), Map.of(), (tape, t) -> operation.apply(t.get("x")))));
    }
}
