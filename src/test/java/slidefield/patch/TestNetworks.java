package slidefield.patch;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.Conv2d;
import slidefield.nn.Init;
import slidefield.nn.PointwiseLinear;
import slidefield.nn.Tensor;
import slidefield.nn.kernels.Activation;

/** Networks so small that each shows one thing. */
final class TestNetworks {
    private TestNetworks() {}

    /** A convolution and a product of the finest patch. */
    record Tiny(int channels) implements NetworkOptions {
        @Override
        public List<Integer> scales() {
            return List.of(1);
        }

        @Override
        public void requireSize(int size) {
            // takes any
        }

        @Override
        public PatchNetwork build(DataType type, long seed) {
            return new TinyNetwork(new Init(type, seed), channels);
        }
    }

    private static final class TinyNetwork extends PatchNetwork {
        private final Conv2d first;
        private final PointwiseLinear second;
        private final INDArray batches;

        TinyNetwork(Init init, int channels) {
            first = child("first", new Conv2d(init, 3, channels, 3, true, Activation.RELU));
            second = child("second", new PointwiseLinear(init, channels, 1, true, Activation.NONE));
            batches = buffer("batches", init.zeros(1));
        }

        @Override
        public List<Integer> scales() {
            return List.of(1);
        }

        @Override
        public int sizeMultiple() {
            return 1;
        }

        @Override
        public Tensor forward(List<Tensor> patches) {
            if (training()) {
                batches.addi(1);
            }
            return second.forward(first.forward(patches.get(0)));
        }
    }

    /** Answers with what a formula says of the red channel of one scale. */
    static final class Formula extends PatchNetwork {
        final AtomicInteger windows = new AtomicInteger();
        private final List<Integer> scales;
        private final BiFunction<Integer, Float, Float> probability;

        /**
         * @param scales of the inputs; the last is answered with
         * @param probability of a pixel, given how far it is from the patch's border and its red
         */
        Formula(List<Integer> scales, BiFunction<Integer, Float, Float> probability) {
            this.scales = scales;
            this.probability = probability;
        }

        @Override
        public List<Integer> scales() {
            return scales;
        }

        @Override
        public int sizeMultiple() {
            return 1;
        }

        @Override
        public Tensor forward(List<Tensor> patches) {
            Tensor x = patches.get(patches.size() - 1);
            int size = (int) x.size(1);
            windows.addAndGet((int) x.size(0));
            INDArray y = x.tape().allocate(x.size(0), size, size, 1);
            for (int n = 0; n < x.size(0); n++) {
                for (int k = 0; k < size * size; k++) {
                    int fromBorder =
                            Math.min(Math.min(k % size, size - 1 - k % size), Math.min(k / size, size - 1 - k / size));
                    float p = probability.apply(fromBorder, x.value().getFloat(n, k / size, k % size, 0));
                    double inside = Math.max(1e-7, Math.min(1 - 1e-7, p));
                    y.putScalar(new long[] {n, k / size, k % size, 0}, Math.log(inside / (1 - inside)));
                }
            }
            return x.tape().constant(y);
        }
    }
}
