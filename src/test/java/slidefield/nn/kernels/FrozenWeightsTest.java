package slidefield.nn.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.Init;

/** Reordered weights are kept: what they give must be that of the weights as they are now. */
class FrozenWeightsTest {
    private enum Images {
        FLOAT(DataType.FLOAT),
        BFLOAT16(DataType.BFLOAT16);

        private final DataType type;

        Images(DataType type) {
            this.type = type;
        }
    }

    /** Result and input gradient of one layer. */
    private static List<float[]> results(Kernels kernels, INDArray x, INDArray w) {
        INDArray y = x.ulike();
        INDArray gx = x.ulike();
        kernels.convolution(Convolution.same(3), x, w, null, null, Activation.NONE, y);
        kernels.convolutionGradients(Convolution.same(3), x, w, x, gx, null, null);
        return List.of(
                y.castTo(DataType.FLOAT).data().asFloat(),
                gx.castTo(DataType.FLOAT).data().asFloat());
    }

    private static void assertFresh(Kernels used, INDArray x, INDArray w, String when) {
        try (Kernels fresh = FastKernelsTest.fast()) {
            List<float[]> expected = results(fresh, x, w);
            List<float[]> found = results(used, x, w);
            assertArrayEquals(expected.get(0), found.get(0), when);
            assertArrayEquals(expected.get(1), found.get(1), when);
        }
    }

    @ParameterizedTest
    @EnumSource(Images.class)
    void anyChangeOfTheWeightsIsSeen(Images images) {
        // given 48 channels, an order of its own; changed one value at a time, wherever it lies
        try (Kernels kernels = FastKernelsTest.fast()) {
            Assumptions.assumeTrue(kernels.computes(images.type), "no " + images + " here");
            Init init = new Init(DataType.FLOAT, 81);
            INDArray x = init.normal(1, 1, 10, 10, 48).castTo(images.type);
            INDArray w = init.normal(0.1, 3, 3, 48, 48);
            Random random = new Random(82);
            for (int change = 0; change < 20; change++) {
                long at = change == 0 ? w.length() - 1 : random.nextInt((int) w.length());

                // when
                w.data().put(at, change);

                // then
                assertFresh(kernels, x, w, "after change " + change + " at " + at);
                assertFresh(kernels, x, w, "unchanged after " + change);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Images.class)
    void manyLayersOfOneShapeDoNotMeet(Images images) {
        // given more layers of one shape than are kept
        try (Kernels kernels = FastKernelsTest.fast()) {
            Assumptions.assumeTrue(kernels.computes(images.type), "no " + images + " here");
            Init init = new Init(DataType.FLOAT, 83);
            INDArray x = init.normal(1, 1, 6, 6, 16).castTo(images.type);
            List<INDArray> layers = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                layers.add(init.normal(0.1, 3, 3, 16, 16));
            }

            // when, then
            for (int round = 0; round < 2; round++) {
                for (INDArray w : layers) {
                    assertFresh(kernels, x, w, "round " + round);
                }
            }
        }
    }
}
