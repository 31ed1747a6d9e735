package slidefield.nn.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Convolution as one matrix product per tap. The padded input is laid out as rows of channels, one row per padded
 * pixel, line after line; the input pixels that one tap sees are then the same rows for every output pixel,
 * shifted by a constant. So a tap is a product of a contiguous block of rows with that tap's I x O weights, summed into a
 * result on the same padded lines, of which the valid pixels are cut out. Dilation only changes the shifts. A
 * stride s splits the padded input into s x s phases (every s-th line and column), each laid out as above.
 *
 * <p>On one core, 3 x 3 with 32 channels on 128 x 128: 6 ms, against 25 ms of ND4J's {@code conv2d} (unfold and
 * multiply); and ND4J's operation fails for dilated convolutions where it uses oneDNN.
 */
final class ShiftedConvolution {
    private final ArrayPool scratch;
    private final Products products;

    ShiftedConvolution(ArrayPool scratch, Products products) {
        this.scratch = scratch;
        this.products = products;
    }

    /** y = x * w. */
    void forward(Convolution geometry, INDArray x, INDArray w, INDArray y) {
        Layout layout = new Layout(geometry, x, y);
        INDArray padded = layout.take(scratch, x.size(3));
        layout.scatterInput(x, padded);
        INDArray lines = scratch.take(layout.phaseRows(), y.size(3));
        for (int tap = 0; tap < layout.taps(); tap++) {
            products.multiply(layout.seenBy(tap, padded), weight(w, tap), tap == 0 ? 0 : 1, layout.results(lines));
        }
        y.assign(layout.valid(lines));
        scratch.give(lines);
        scratch.give(padded);
    }

    /** Gradients of x and w (either may be null) from that of y. */
    void gradients(Convolution geometry, INDArray x, INDArray w, INDArray gy, INDArray gx, INDArray gw) {
        Layout layout = new Layout(geometry, x, gy);
        INDArray lines = scratch.take(layout.phaseRows(), gy.size(3));
        lines.assign(0);
        layout.valid(lines).assign(gy);
        if (gw != null) {
            INDArray padded = layout.take(scratch, x.size(3));
            layout.scatterInput(x, padded);
            for (int tap = 0; tap < layout.taps(); tap++) {
                products.transposedMultiply(layout.seenBy(tap, padded), layout.results(lines), weight(gw, tap));
            }
            scratch.give(padded);
        }
        if (gx != null) {
            INDArray padded = layout.take(scratch, x.size(3));
            padded.assign(0);
            for (int tap = 0; tap < layout.taps(); tap++) {
                products.multiplyTransposed(layout.results(lines), weight(w, tap), 1, layout.seenBy(tap, padded));
            }
            layout.gatherInput(padded, gx);
            scratch.give(padded);
        }
        scratch.give(lines);
    }

    /** The I x O weights of one tap, a view. */
    private static INDArray weight(INDArray w, int tap) {
        return w.reshape('c', w.size(0) * w.size(1), w.size(2), w.size(3)).slice(tap);
    }

    /** Where pixels lie in the padded phases. */
    private static final class Layout {
        private final Convolution geometry;
        private final long images;
        private final long height;
        private final long width;
        private final long outHeight;
        private final long outWidth;
        private final long lines;
        private final long columns;

        Layout(Convolution geometry, INDArray x, INDArray y) {
            this.geometry = geometry;
            images = x.size(0);
            height = x.size(1);
            width = x.size(2);
            outHeight = y.size(1);
            outWidth = y.size(2);
            lines = ceilDivide(height + 2L * geometry.verticalPadding(), geometry.stride());
            columns = ceilDivide(width + 2L * geometry.horizontalPadding(), geometry.stride());
        }

        int taps() {
            return geometry.taps();
        }

        /** Rows of one phase: one per padded pixel of every image. */
        long phaseRows() {
            return images * lines * columns;
        }

        INDArray take(ArrayPool pool, long channels) {
            int stride = geometry.stride();
            return pool.take((long) stride * stride * phaseRows(), channels);
        }

        /** The rows that a tap sees, as many as {@link #results} has, row r belonging to result r. */
        INDArray seenBy(int tap, INDArray padded) {
            int stride = geometry.stride();
            long i = (long) (tap / geometry.width()) * geometry.dilation();
            long j = (long) (tap % geometry.width()) * geometry.dilation();
            long phase = i % stride * stride + j % stride;
            long first = phase * phaseRows() + i / stride * columns + j / stride;
            return padded.get(NDArrayIndex.interval(first, first + resultRows()), NDArrayIndex.all());
        }

        /** The rows up to the last valid result; some between the valid ones hold sums across image borders. */
        INDArray results(INDArray resultLines) {
            return resultLines.get(NDArrayIndex.interval(0, resultRows()), NDArrayIndex.all());
        }

        private long resultRows() {
            return ((images - 1) * lines + outHeight - 1) * columns + outWidth;
        }

        /** The valid results as images, a view of N x H' x W' x O. */
        INDArray valid(INDArray resultLines) {
            return resultLines
                    .reshape('c', images, lines, columns, resultLines.size(1))
                    .get(
                            NDArrayIndex.all(),
                            NDArrayIndex.interval(0, outHeight),
                            NDArrayIndex.interval(0, outWidth),
                            NDArrayIndex.all());
        }

        void scatterInput(INDArray x, INDArray padded) {
            padded.assign(0);
            forEachPhase(x, padded, (pixels, cells) -> cells.assign(pixels));
        }

        void gatherInput(INDArray padded, INDArray x) {
            forEachPhase(x, padded, (pixels, cells) -> pixels.assign(cells));
        }

        /** Pairs the pixels of each phase (every stride-th line and column) with their place in the padded array. */
        private void forEachPhase(INDArray x, INDArray padded, Pairing pairing) {
            int stride = geometry.stride();
            INDArray phases = padded.reshape('c', stride * stride, images, lines, columns, x.size(3));
            for (int i = 0; i < stride; i++) {
                for (int j = 0; j < stride; j++) {
                    Phase down = new Phase(i, height, geometry.verticalPadding());
                    Phase across = new Phase(j, width, geometry.horizontalPadding());
                    if (down.count > 0 && across.count > 0) {
                        INDArray pixels = x.get(NDArrayIndex.all(), down.pixels(), across.pixels(), NDArrayIndex.all());
                        INDArray cells = phases.slice((long) i * stride + j)
                                .get(NDArrayIndex.all(), down.cells(), across.cells(), NDArrayIndex.all());
                        pairing.copy(pixels, cells);
                    }
                }
            }
        }

        /** One axis of one phase: padded positions p with p % stride == index, inside the image. */
        private final class Phase {
            private final long firstPixel;
            private final long firstCell;
            private final long count;

            Phase(int index, long size, int padding) {
                int stride = geometry.stride();
                firstPixel = Math.floorMod((long) index - padding, (long) stride);
                firstCell = (firstPixel + padding) / stride;
                count = firstPixel >= size ? 0 : ceilDivide(size - firstPixel, stride);
            }

            INDArrayIndex pixels() {
                // ND4J moves the end of a strided interval of one index, so that case goes without a stride
                int stride = count == 1 ? 1 : geometry.stride();
                return NDArrayIndex.interval(firstPixel, stride, firstPixel + (count - 1) * stride + 1);
            }

            INDArrayIndex cells() {
                return NDArrayIndex.interval(firstCell, firstCell + count);
            }
        }

        private static long ceilDivide(long a, long b) {
            return (a + b - 1) / b;
        }
    }

    private interface Pairing {
        void copy(INDArray pixels, INDArray cells);
    }
}
