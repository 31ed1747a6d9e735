package slidefield.nn.kernels;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The fast CPU path for images: oneDNN's depth-wise convolution, pooling and reorders, and loops of our own for normalisation and resizing in
 * float32. What is left goes to the reference, as do these two in bf16.
 */
final class FastImageKernels implements ImageKernels {
    private final ImageKernels reference;
    private final OneDnnElementwise elementwise;
    private final OneDnnPooling pooling;
    private final OneDnnDepthwise depthwise;

    FastImageKernels(ImageKernels reference, OneDnnLibrary library, OneDnnElementwise elementwise, ArrayPool scratch) {
        this.reference = reference;
        this.elementwise = elementwise;
        this.pooling = new OneDnnPooling(library);
        this.depthwise = new OneDnnDepthwise(library, reference, scratch);
    }

    @Override
    public void depthwise(Convolution geometry, INDArray x, INDArray w, INDArray bias, INDArray y) {
        depthwise.forward(geometry, x, w, bias, y);
    }

    @Override
    public void depthwiseGradients(
            Convolution geometry, INDArray x, INDArray w, INDArray gy, INDArray gx, INDArray gw, INDArray gb) {
        depthwise.gradients(geometry, x, w, gy, gx, gw, gb);
    }

    @Override
    public void maxPooling(Convolution window, INDArray x, INDArray y, INDArray winners) {
        pooling.max(window, x, y, winners);
    }

    @Override
    public void maxPoolingGradient(Convolution window, INDArray winners, INDArray gy, INDArray gx) {
        pooling.maxGradient(window, winners, gy, gx);
    }

    @Override
    public void averagePooling(Convolution window, INDArray x, INDArray y) {
        pooling.average(window, x, y);
    }

    @Override
    public void averagePoolingGradient(Convolution window, INDArray gy, INDArray gx) {
        pooling.averageGradient(window, gy, gx);
    }

    @Override
    public void resize(boolean alignCorners, INDArray x, INDArray y) {
        if (inLoops(x, y)) {
            new ResizeLoop(alignCorners, x, y).forward(Pieces.floats(x), Pieces.floats(y));
        } else {
            reference.resize(alignCorners, x, y);
        }
    }

    @Override
    public void resizeGradient(boolean alignCorners, INDArray gy, INDArray gx) {
        if (inLoops(gy, gx)) {
            new ResizeLoop(alignCorners, gx, gy).gradient(Pieces.floats(gy), Pieces.floats(gx));
        } else {
            reference.resizeGradient(alignCorners, gy, gx);
        }
    }

    @Override
    public void moments(INDArray x, INDArray mean, INDArray variance) {
        if (inLoops(x, x)) {
            new NormalizationLoop(x).moments(Pieces.floats(x), mean, variance);
        } else {
            reference.moments(x, mean, variance);
        }
    }

    @Override
    public void normalize(ChannelNormalization how, INDArray x, INDArray y) {
        if (inLoops(x, y)) {
            new NormalizationLoop(x).forward(how, Pieces.floats(x), Pieces.floats(y));
        } else {
            reference.normalize(how, x, y);
        }
    }

    @Override
    public void normalizeGradients(
            ChannelNormalization how, boolean ofBatch, INDArray x, INDArray gy, INDArray gx, INDArray gw, INDArray gb) {
        if (inLoops(x, gy)) {
            new NormalizationGradientLoop(how, ofBatch, x).run(gy, gx, gw, gb);
        } else {
            reference.normalizeGradients(how, ofBatch, x, gy, gx, gw, gb);
        }
    }

    @Override
    public void gatherRows(INDArray x, int[] rows, INDArray y) {
        if (inLoops(x, y)) {
            GatherLoop.forward(x, rows, y);
        } else {
            reference.gatherRows(x, rows, y);
        }
    }

    @Override
    public void gatherRowsGradient(int[] rows, INDArray gy, INDArray gx) {
        if (inLoops(gy, gx)) {
            GatherLoop.gradient(rows, gy, gx);
        } else {
            reference.gatherRowsGradient(rows, gy, gx);
        }
    }

    @Override
    public void weightedRows(INDArray x, WeightedRows how, INDArray y) {
        if (inLoops(x, y)) {
            WeightedRowsLoop.forward(x, how, y);
        } else {
            reference.weightedRows(x, how, y);
        }
    }

    @Override
    public void weightedRowsGradient(WeightedRows how, INDArray gy, INDArray gx) {
        if (inLoops(gy, gx)) {
            WeightedRowsLoop.gradient(how, gy, gx);
        } else {
            reference.weightedRowsGradient(how, gy, gx);
        }
    }

    @Override
    public void exchange(INDArray x, INDArray y) {
        elementwise.exchange(x, y);
    }

    /** Whether both arrays are float32 and short enough for an index of 32 bits. */
    private static boolean inLoops(INDArray x, INDArray y) {
        return x.dataType() == DataType.FLOAT
                && y.dataType() == DataType.FLOAT
                && Math.max(x.length(), y.length()) < Integer.MAX_VALUE;
    }

    /** Forgets all primitives; to be called before the library destroys them. */
    void clear() {
        pooling.clear();
        depthwise.clear();
    }
}
