package slidefield.nn.kernels;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The readable reference in bf16: every array that is not float32 is converted, the float32 kernels compute, and what
 * they give is rounded. Float32 arrays go through as they are, except that weights are rounded where the image that
 * they meet is bf16. Slow, for tests and for what is rare.
 */
public final class RoundingKernels implements Kernels {
    private final Kernels exact;
    private final ArrayPool scratch = new ArrayPool(DataType.FLOAT);
    private final ImageKernels images;
    private final VolumeKernels volumes;

    /** Over the reference in FLOAT. */
    public RoundingKernels() {
        exact = new Nd4jKernels(DataType.FLOAT);
        images = new RoundingImageKernels(exact.images(), scratch);
        volumes = new RoundingVolumeKernels(exact.volumes(), scratch);
    }

    @Override
    public String name() {
        return exact.name();
    }

    @Override
    public DataType type() {
        return DataType.FLOAT;
    }

    @Override
    public boolean computes(DataType type) {
        return type == DataType.FLOAT || type == DataType.BFLOAT16;
    }

    @Override
    public ImageKernels images() {
        return images;
    }

    @Override
    public void convolution(
            Convolution geometry,
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
            Convolution geometry, INDArray x, INDArray w, INDArray gy, INDArray gx, INDArray gw, INDArray gb) {
        try (Converted c = new Converted(scratch)) {
            exact.convolutionGradients(geometry, c.in(x), c.weights(w, x), c.in(gy), c.out(gx), gw, gb);
        }
    }

    @Override
    public void product(INDArray x, INDArray w, INDArray bias, INDArray addend, Activation activation, INDArray y) {
        try (Converted c = new Converted(scratch)) {
            exact.product(c.in(x), c.weights(w, x), bias, c.in(addend), activation, c.out(y));
        }
    }

    @Override
    public void productGradients(INDArray x, INDArray w, INDArray gy, INDArray gx, INDArray gw, INDArray gb) {
        try (Converted c = new Converted(scratch)) {
            exact.productGradients(c.in(x), c.weights(w, x), c.in(gy), c.out(gx), gw, gb);
        }
    }

    @Override
    public void activation(Activation activation, INDArray x, INDArray y) {
        try (Converted c = new Converted(scratch)) {
            exact.activation(activation, c.in(x), c.out(y));
        }
    }

    @Override
    public void activationGradient(Activation activation, INDArray y, INDArray gy, INDArray gx) {
        try (Converted c = new Converted(scratch)) {
            exact.activationGradient(activation, c.in(y), c.in(gy), c.out(gx));
        }
    }

    @Override
    public void sine(double omega, INDArray x, INDArray y) {
        try (Converted c = new Converted(scratch)) {
            exact.sine(omega, c.in(x), c.out(y));
        }
    }

    @Override
    public void sineGradient(double omega, INDArray x, INDArray gy, INDArray gx) {
        try (Converted c = new Converted(scratch)) {
            exact.sineGradient(omega, c.in(x), c.in(gy), c.out(gx));
        }
    }

    @Override
    public void combine(double alpha, INDArray x, double beta, INDArray y, INDArray out) {
        try (Converted c = new Converted(scratch)) {
            exact.combine(alpha, c.in(x), beta, c.in(y), c.out(out));
        }
    }

    @Override
    public void multiply(INDArray x, INDArray y, INDArray out) {
        try (Converted c = new Converted(scratch)) {
            exact.multiply(c.in(x), c.in(y), c.out(out));
        }
    }

    @Override
    public void cast(INDArray x, INDArray y) {
        exact.cast(x, y);
    }

    @Override
    public void fill(INDArray x, double value) {
        exact.fill(x, value);
    }

    @Override
    public void readBox(INDArray whole, long[] start, INDArray box) {
        exact.readBox(whole, start, box);
    }

    @Override
    public void writeBox(INDArray box, long[] start, INDArray whole) {
        exact.writeBox(box, start, whole);
    }

    @Override
    public double sum(INDArray x) {
        try (Converted c = new Converted(scratch)) {
            return exact.sum(c.in(x));
        }
    }

    @Override
    public double dot(INDArray x, INDArray y) {
        try (Converted c = new Converted(scratch)) {
            return exact.dot(c.in(x), c.in(y));
        }
    }

    @Override
    public double binaryCrossEntropy(INDArray logits, INDArray target, INDArray gradient) {
        try (Converted c = new Converted(scratch)) {
            return exact.binaryCrossEntropy(c.in(logits), c.in(target), c.out(gradient));
        }
    }

    /** In float32 alone, as those of the fast kernels are. */
    @Override
    public TransformerKernels transformer() {
        return exact.transformer();
    }

    @Override
    public VolumeKernels volumes() {
        return volumes;
    }

    @Override
    public void close() {
        scratch.close();
        exact.close();
    }
}
