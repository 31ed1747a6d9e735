package slidefield.jmh;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import slidefield.nn.kernels.Activation;
import slidefield.nn.kernels.Convolution;

/** A 3 x 3 convolution on a 128 x 128 window, as many channels out as in; every part of a training step alone. */
public class ConvolutionBenchmark extends ArithmeticBenchmark {
    /** Width of the heads: teaching, paper. */
    @Param({"32", "96"})
    public int channels;

    /** Input pixels between taps. */
    @Param({"1", "4"})
    public int dilation;

    private Convolution geometry;
    private INDArray x;
    private INDArray w;
    private INDArray bias;
    private INDArray y;
    private INDArray gw;

    @Setup
    public void allocate() {
        geometry = Convolution.same(3, dilation);
        x = Arrays.random(1, WINDOW, WINDOW, channels);
        w = Arrays.random(3, 3, channels, channels);
        bias = Arrays.random(channels);
        y = Arrays.random(1, WINDOW, WINDOW, channels);
        gw = Arrays.random(3, 3, channels, channels);
    }

    @Benchmark
    public INDArray forward() {
        arithmetic().convolution(geometry, x, w, bias, null, Activation.RELU, y);
        return y;
    }

    /** The window's own gradient, from one of the result in {@code y}. */
    @Benchmark
    public INDArray inputGradient() {
        arithmetic().convolutionGradients(geometry, x, w, y, x, null, null);
        return x;
    }

    @Benchmark
    public INDArray weightGradient() {
        arithmetic().convolutionGradients(geometry, x, w, y, null, gw, bias);
        return gw;
    }
}
