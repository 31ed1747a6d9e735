package slidefield.nn.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Pooling tap by tap: what one tap of every window sees is a strided view of the padded image. */
final class Nd4jPooling {
    private final ArrayPool scratch;

    Nd4jPooling(ArrayPool scratch) {
        this.scratch = scratch;
    }

    void max(Convolution window, INDArray x, INDArray y, INDArray winners) {
        INDArray padded = padded(scratch, window, x);
        padded.assign(Double.NEGATIVE_INFINITY);
        inside(window, padded, x).assign(x);
        INDArray number = scratch.take(y.shape());
        INDArray seen = scratch.take(y.shape());
        y.assign(Double.NEGATIVE_INFINITY);
        number.assign(0);
        for (int tap = 0; tap < taps(window); tap++) {
            seen.assign(seen(window, padded, tap, y));
            try (INDArray larger = seen.gt(y);
                    INDArray mine = larger.castTo(y.dataType())) {
                // the taps' numbers grow, so the last one that was larger has the largest
                mine.muli(tap);
                Transforms.max(number, mine, false);
            }
            Transforms.max(y, seen, false);
        }
        if (winners != null) {
            winners.assign(number);
        }
        scratch.give(seen);
        scratch.give(number);
        scratch.give(padded);
    }

    void maxGradient(Convolution window, INDArray winners, INDArray gy, INDArray gx) {
        INDArray padded = padded(scratch, window, gx);
        padded.assign(0);
        for (int tap = 0; tap < taps(window); tap++) {
            try (INDArray mine = winners.eq(tap);
                    INDArray gradient = mine.castTo(gy.dataType())) {
                gradient.muli(gy);
                seen(window, padded, tap, gy).addi(gradient);
            }
        }
        gx.assign(inside(window, padded, gx));
        scratch.give(padded);
    }

    void average(Convolution window, INDArray x, INDArray y) {
        INDArray padded = padded(scratch, window, x);
        padded.assign(0);
        inside(window, padded, x).assign(x);
        y.assign(0);
        for (int tap = 0; tap < taps(window); tap++) {
            y.addi(seen(window, padded, tap, y));
        }
        y.divi(taps(window));
        scratch.give(padded);
    }

    void averageGradient(Convolution window, INDArray gy, INDArray gx) {
        INDArray share = scratch.take(gy.shape());
        gy.divi(taps(window), share);
        INDArray padded = padded(scratch, window, gx);
        padded.assign(0);
        for (int tap = 0; tap < taps(window); tap++) {
            seen(window, padded, tap, gy).addi(share);
        }
        gx.assign(inside(window, padded, gx));
        scratch.give(padded);
        scratch.give(share);
    }

    private static int taps(Convolution window) {
        return window.taps();
    }

    /** Room for an image with its padding, to be given back. */
    static INDArray padded(ArrayPool scratch, Convolution window, INDArray x) {
        return scratch.take(
                x.size(0),
                x.size(1) + 2L * window.verticalPadding(),
                x.size(2) + 2L * window.horizontalPadding(),
                x.size(3));
    }

    /** The image itself within the padded one. */
    static INDArray inside(Convolution window, INDArray padded, INDArray x) {
        int down = window.verticalPadding();
        int across = window.horizontalPadding();
        return padded.get(
                NDArrayIndex.all(),
                NDArrayIndex.interval(down, down + x.size(1)),
                NDArrayIndex.interval(across, across + x.size(2)),
                NDArrayIndex.all());
    }

    /** What one tap of every window sees, in the windows' order. */
    static INDArray seen(Convolution window, INDArray padded, int tap, INDArray y) {
        return padded.get(
                NDArrayIndex.all(),
                every(window.stride(), (long) window.dilation() * (tap / window.width()), y.size(1)),
                every(window.stride(), (long) window.dilation() * (tap % window.width()), y.size(2)),
                NDArrayIndex.all());
    }

    private static INDArrayIndex every(int stride, long first, long count) {
        // ND4J moves the end of a strided interval of one index, so that case goes without a stride
        return count == 1
                ? NDArrayIndex.interval(first, first + 1)
                : NDArrayIndex.interval(first, stride, first + (count - 1) * stride + 1);
    }
}
