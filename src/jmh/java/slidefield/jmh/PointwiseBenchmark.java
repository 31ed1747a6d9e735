package slidefield.jmh;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import slidefield.nn.kernels.Activation;

/** A point-wise layer on a 128 x 128 window: the product of 16,384 rows of channels with a square matrix. */
public class PointwiseBenchmark extends ArithmeticBenchmark {
    /** Width of the decoder: teaching, paper. */
    @Param({"32", "128"})
    public int channels;

    private INDArray x;
    private INDArray w;
    private INDArray bias;
    private INDArray y;
    private INDArray gw;

    @Setup
    public void allocate() {
        x = Arrays.random(1, WINDOW, WINDOW, channels);
        w = Arrays.random(channels, channels);
        bias = Arrays.random(channels);
        y = Arrays.random(1, WINDOW, WINDOW, channels);
        gw = Arrays.random(channels, channels);
    }

    @Benchmark
    public INDArray forward() {
        arithmetic().product(x, w, bias, null, Activation.RELU, y);
        return y;
    }

    @Benchmark
    public INDArray gradients() {
        arithmetic().productGradients(x, w, y, x, gw, bias);
        return x;
    }
}
