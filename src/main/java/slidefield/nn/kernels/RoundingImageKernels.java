package slidefield.nn.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link RoundingKernels} for images: float32 inside, rounded at the ends. */
final class RoundingImageKernels implements ImageKernels {
    private final ImageKernels exact;
    private final ArrayPool scratch;

    RoundingImageKernels(ImageKernels exact, ArrayPool scratch) {
        this.exact = exact;
        this.scratch = scratch;
    }

    @Override
    public void depthwise(Convolution geometry, INDArray x, INDArray w, INDArray bias, INDArray y) {
        try (Converted c = new Converted(scratch)) {
            exact.depthwise(geometry, c.in(x), c.weights(w, x), bias, c.out(y));
        }
    }

    @Override
    public void depthwiseGradients(
            Convolution geometry, INDArray x, INDArray w, INDArray gy, INDArray gx, INDArray gw, INDArray gb) {
        try (Converted c = new Converted(scratch)) {
            exact.depthwiseGradients(geometry, c.in(x), c.weights(w, x), c.in(gy), c.out(gx), gw, gb);
        }
    }

    @Override
    public void maxPooling(Convolution window, INDArray x, INDArray y, INDArray winners) {
        try (Converted c = new Converted(scratch)) {
            exact.maxPooling(window, c.in(x), c.out(y), winners);
        }
    }

    @Override
    public void maxPoolingGradient(Convolution window, INDArray winners, INDArray gy, INDArray gx) {
        try (Converted c = new Converted(scratch)) {
            exact.maxPoolingGradient(window, winners, c.in(gy), c.out(gx));
        }
    }

    @Override
    public void averagePooling(Convolution window, INDArray x, INDArray y) {
        try (Converted c = new Converted(scratch)) {
            exact.averagePooling(window, c.in(x), c.out(y));
        }
    }

    @Override
    public void averagePoolingGradient(Convolution window, INDArray gy, INDArray gx) {
        try (Converted c = new Converted(scratch)) {
            exact.averagePoolingGradient(window, c.in(gy), c.out(gx));
        }
    }

    @Override
    public void resize(boolean alignCorners, INDArray x, INDArray y) {
        try (Converted c = new Converted(scratch)) {
            exact.resize(alignCorners, c.in(x), c.out(y));
        }
    }

    @Override
    public void resizeGradient(boolean alignCorners, INDArray gy, INDArray gx) {
        try (Converted c = new Converted(scratch)) {
            exact.resizeGradient(alignCorners, c.in(gy), c.out(gx));
        }
    }

    @Override
    public void moments(INDArray x, INDArray mean, INDArray variance) {
        try (Converted c = new Converted(scratch)) {
            exact.moments(c.in(x), mean, variance);
        }
    }

    @Override
    public void normalize(ChannelNormalization how, INDArray x, INDArray y) {
        try (Converted c = new Converted(scratch)) {
            exact.normalize(how, c.in(x), c.out(y));
        }
    }

    @Override
    public void normalizeGradients(
            ChannelNormalization how, boolean ofBatch, INDArray x, INDArray gy, INDArray gx, INDArray gw, INDArray gb) {
        try (Converted c = new Converted(scratch)) {
            exact.normalizeGradients(how, ofBatch, c.in(x), c.in(gy), c.out(gx), gw, gb);
        }
    }

    @Override
    public void gatherRows(INDArray x, int[] rows, INDArray y) {
        try (Converted c = new Converted(scratch)) {
            exact.gatherRows(c.in(x), rows, c.out(y));
        }
    }

    @Override
    public void gatherRowsGradient(int[] rows, INDArray gy, INDArray gx) {
        try (Converted c = new Converted(scratch)) {
            exact.gatherRowsGradient(rows, c.in(gy), c.out(gx));
        }
    }

    @Override
    public void weightedRows(INDArray x, WeightedRows how, INDArray y) {
        try (Converted c = new Converted(scratch)) {
            exact.weightedRows(c.in(x), how, c.out(y));
        }
    }

    @Override
    public void weightedRowsGradient(WeightedRows how, INDArray gy, INDArray gx) {
        try (Converted c = new Converted(scratch)) {
            exact.weightedRowsGradient(how, c.in(gy), c.out(gx));
        }
    }

    @Override
    public void exchange(INDArray x, INDArray y) {
        exact.exchange(x, y);
    }
}
