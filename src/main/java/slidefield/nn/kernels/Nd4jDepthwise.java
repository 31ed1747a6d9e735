package slidefield.nn.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastAddOp;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastMulOp;
import org.nd4j.linalg.factory.Nd4j;

/** Depth-wise convolution tap by tap: what one tap sees, times that tap's weight of every channel. */
final class Nd4jDepthwise {
    private final ArrayPool scratch;
    private final Products products;

    Nd4jDepthwise(ArrayPool scratch, Products products) {
        this.scratch = scratch;
        this.products = products;
    }

    void forward(Convolution geometry, INDArray x, INDArray w, INDArray bias, INDArray y) {
        INDArray padded = padded(geometry, x);
        INDArray part = scratch.take(y.shape());
        y.assign(0);
        for (int tap = 0; tap < geometry.taps(); tap++) {
            part.assign(Nd4jPooling.seen(geometry, padded, tap, y));
            scale(part, weight(geometry, w, tap));
            y.addi(part);
        }
        if (bias != null) {
            INDArray rows = Nd4jKernels.rows(y);
            Nd4j.getExecutioner().exec(new BroadcastAddOp(rows, bias, rows, 1));
        }
        scratch.give(part);
        scratch.give(padded);
    }

    void gradients(Convolution geometry, INDArray x, INDArray w, INDArray gy, INDArray gx, INDArray gw, INDArray gb) {
        if (gx != null) {
            inputGradient(geometry, w, gy, gx);
        }
        if (gw != null) {
            weightGradient(geometry, x, gy, gw);
        }
        if (gb != null) {
            products.columnSums(Nd4jKernels.rows(gy), gb);
        }
    }

    private void inputGradient(Convolution geometry, INDArray w, INDArray gy, INDArray gx) {
        INDArray padded = Nd4jPooling.padded(scratch, geometry, gx);
        padded.assign(0);
        INDArray part = scratch.take(gy.shape());
        for (int tap = 0; tap < geometry.taps(); tap++) {
            part.assign(gy);
            scale(part, weight(geometry, w, tap));
            Nd4jPooling.seen(geometry, padded, tap, gy).addi(part);
        }
        gx.assign(Nd4jPooling.inside(geometry, padded, gx));
        scratch.give(part);
        scratch.give(padded);
    }

    private void weightGradient(Convolution geometry, INDArray x, INDArray gy, INDArray gw) {
        INDArray padded = padded(geometry, x);
        INDArray part = scratch.take(gy.shape());
        INDArray sums = scratch.take(gy.size(3));
        for (int tap = 0; tap < geometry.taps(); tap++) {
            part.assign(Nd4jPooling.seen(geometry, padded, tap, gy));
            part.muli(gy);
            products.columnSums(Nd4jKernels.rows(part), sums);
            weight(geometry, gw, tap).assign(sums);
        }
        scratch.give(sums);
        scratch.give(part);
        scratch.give(padded);
    }

    private INDArray padded(Convolution geometry, INDArray x) {
        INDArray padded = Nd4jPooling.padded(scratch, geometry, x);
        padded.assign(0);
        Nd4jPooling.inside(geometry, padded, x).assign(x);
        return padded;
    }

    /** The weights of all channels for one tap. */
    private static INDArray weight(Convolution geometry, INDArray w, int tap) {
        return w.slice(tap / geometry.width()).slice(tap % geometry.width());
    }

    /** Multiplies every channel by its factor. */
    private static void scale(INDArray image, INDArray factors) {
        INDArray rows = Nd4jKernels.rows(image);
        Nd4j.getExecutioner().exec(new BroadcastMulOp(rows, factors, rows, 1));
    }
}
