package slidefield.nn.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;

/** The reference for volumes in bf16, see {@link RoundingKernels}. */
final class RoundingVolumeKernels implements VolumeKernels {
    private final VolumeKernels exact;
    private final ArrayPool scratch;

    RoundingVolumeKernels(VolumeKernels exact, ArrayPool scratch) {
        this.exact = exact;
        this.scratch = scratch;
    }

    @Override
    public void convolution(
            VolumeConvolution geometry,
            INDArray x,
            INDArray w,
            INDArray bias,
            INDArray addend,
            Activation activation,
            INDArray y) {
        try (Converted c = new Converted(scratch)) {
            exact.convolution(geometry, c.in(x), c.weights(w, x), bias, c.in(addend), activation, c.out(y));
        }
    }

    @Override
    public void convolutionGradients(
            VolumeConvolution geometry, INDArray x, INDArray w, INDArray gy, INDArray gx, INDArray gw, INDArray gb) {
        try (Converted c = new Converted(scratch)) {
            exact.convolutionGradients(geometry, c.in(x), c.weights(w, x), c.in(gy), c.out(gx), gw, gb);
        }
    }
}
