package slidefield.nn.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.Conv3d;
import slidefield.nn.Init;

/** The fast kernels of volumes against the reference, and both against the definition written out as loops. */
@Tag("alone")
class VolumeKernelsTest extends KernelComparison {
    @ParameterizedTest
    @CsvSource({
        "1, 16, 24, 32, 3, 1, 1, NONE, false, false",
        "2, 12, 16, 16, 3, 1, 3, RELU, true, true",
        "1, 11, 8, 8, 3, 1, 5, SIGMOID, true, false",
        "2, 13, 1, 32, 3, 2, 1, RELU, true, false",
        "1, 9, 17, 5, 3, 2, 1, NONE, true, true",
        "3, 8, 12, 24, 2, 2, 1, NONE, false, false",
        "1, 7, 26, 64, 1, 1, 1, RELU, false, true"
    })
    void convolutions(
            int volumes,
            int size,
            int in,
            int out,
            int kernel,
            int stride,
            int dilation,
            Activation activation,
            boolean bias,
            boolean addend) {
        VolumeConvolution geometry = new VolumeConvolution(kernel, stride, dilation, dilation * (kernel - 1) / 2);
        long side = geometry.outputDepth(size);
        long[] shape = {volumes, side, side, side, out};
        agree(Kernels::volumes, 0, kernels -> {
            // given
            Init init = new Init(DataType.FLOAT, 51);
            INDArray x = image(init.normal(1, volumes, size, size, size, in));
            INDArray w = init.normal(0.1, Conv3d.shape(geometry, in, out));
            INDArray b = init.normal(1, out);
            INDArray a = image(init.normal(1, shape));
            INDArray gy = image(init.normal(1, shape));
            Map<String, INDArray> results = new LinkedHashMap<>();
            results.put("y", image(init.zeros(shape)));
            results.put("gx", image(init.ones(x.shape())));
            results.put("gw", init.ones(w.shape()));
            results.put("gb", init.ones(b.shape()));
            results.put("gw alone", init.ones(w.shape()));
            results.put("gx alone", image(init.ones(x.shape())));
            results.put("gb alone", init.ones(b.shape()));

            // when
            kernels.convolution(geometry, x, w, bias ? b : null, addend ? a : null, activation, results.get("y"));
            kernels.convolutionGradients(geometry, x, w, gy, results.get("gx"), results.get("gw"), results.get("gb"));
            kernels.convolutionGradients(geometry, x, w, gy, null, results.get("gw alone"), null);
            kernels.convolutionGradients(geometry, x, w, gy, results.get("gx alone"), null, null);
            kernels.convolutionGradients(geometry, x, w, gy, null, null, results.get("gb alone"));
            return results;
        });
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 5", "1, 3, 1", "5, 1, 1", "3, 1, 3"})
    void tapsThatDifferByAxis(int depth, int height, int width) {
        VolumeConvolution geometry = VolumeConvolution.same(depth, height, width, 1);
        agree(Kernels::volumes, 0, kernels -> {
            Init init = new Init(DataType.FLOAT, 52);
            INDArray x = image(init.normal(1, 2, 6, 5, 7, 8));
            INDArray w = init.normal(0.1, Conv3d.shape(geometry, 8, 16));
            INDArray gy = image(init.normal(1, 2, 6, 5, 7, 16));
            Map<String, INDArray> results = new LinkedHashMap<>();
            results.put("y", image(init.zeros(gy.shape())));
            results.put("gx", image(init.ones(x.shape())));
            results.put("gw", init.ones(w.shape()));
            kernels.convolution(geometry, x, w, null, null, Activation.NONE, results.get("y"));
            kernels.convolutionGradients(geometry, x, w, gy, results.get("gx"), results.get("gw"), null);
            return results;
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bothAreTheDefinition(boolean quick) {
        for (long seed = 1; seed <= (type() == DataType.FLOAT ? 40 : 0); seed++) {
            // given a geometry, sizes and values from the seed
            Random random = new Random(seed);
            int stride = 1 + random.nextInt(3);
            int dilation = 1 + random.nextInt(3);
            Convolution plane = new Convolution(
                    1 + random.nextInt(3),
                    1 + random.nextInt(3),
                    stride,
                    dilation,
                    random.nextInt(3),
                    random.nextInt(3));
            VolumeConvolution c = new VolumeConvolution(1 + random.nextInt(3), random.nextInt(3), plane);
            int[] size = new int[3];
            int[] taps = {c.depth(), plane.height(), plane.width()};
            for (int axis = 0; axis < 3; axis++) {
                size[axis] = dilation * (taps[axis] - 1) + 1 + random.nextInt(4);
            }
            Init init = new Init(DataType.FLOAT, seed);
            INDArray x = init.normal(1, 1 + random.nextInt(2), size[0], size[1], size[2], 1 + random.nextInt(3));
            INDArray w = init.normal(1, Conv3d.shape(c, (int) x.size(4), 1 + random.nextInt(3)));
            INDArray gy = init.normal(
                    1,
                    x.size(0),
                    c.outputDepth(size[0]),
                    plane.outputHeight(size[1]),
                    plane.outputWidth(size[2]),
                    w.size(4));
            INDArray y = init.zeros(gy.shape());
            INDArray gx = init.ones(x.shape());
            INDArray gw = init.ones(w.shape());

            // when
            VolumeKernels kernels = (quick ? fast : reference).volumes();
            kernels.convolution(c, x, w, null, null, Activation.NONE, y);
            kernels.convolutionGradients(c, x, w, gy, gx, gw, null);

            // then
            VolumeLoops loops = new VolumeLoops(c, x, w, gy);
            loops.requireClose(loops.y, y, "y, seed " + seed + ", " + c);
            loops.requireClose(loops.gx, gx, "gx, seed " + seed + ", " + c);
            loops.requireClose(loops.gw, gw, "gw, seed " + seed + ", " + c);
        }
    }

    @Test
    void anInputSmallerThanTheKernelIsRefused() {
        VolumeConvolution geometry = new VolumeConvolution(5, 1, 2, 1);
        assertThrows(IllegalArgumentException.class, () -> geometry.outputDepth(6));
        assertEquals(1, geometry.outputDepth(7));
        assertEquals(125, geometry.taps());
        assertThrows(IllegalArgumentException.class, () -> VolumeConvolution.same(2, 3, 3, 1));
        assertThrows(IllegalArgumentException.class, () -> new VolumeConvolution(3, -1, Convolution.same(3)));
    }
}
