package slidefield.nn.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The readable reference: a convolution of volumes is a sum of convolutions of images, one for each tap across slices. A
 * tap sees one slice for each slice of the result, all of which go through its image convolution together.
 */
final class Nd4jVolumeKernels implements VolumeKernels {
    private final Nd4jKernels planes;
    private final ArrayPool scratch;

    Nd4jVolumeKernels(Nd4jKernels planes, ArrayPool scratch) {
        this.planes = planes;
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
        y.assign(0);
        for (int tap = 0; tap < geometry.depth(); tap++) {
            Slices slices = new Slices(geometry, tap, x.size(1), y.size(1));
            if (slices.count > 0) {
                INDArray seen = slices.take(x);
                slices.read(x, slices.firstIn, slices.stride, seen);
                INDArray part = slices.take(y);
                planes.convolution(geometry.plane(), seen, w.slice(tap), null, null, Activation.NONE, part);
                slices.add(part, y, slices.firstOut, 1);
                scratch.give(part);
                scratch.give(seen);
            }
        }
        planes.finish(bias, addend, activation, y);
    }

    @Override
    public void convolutionGradients(
            VolumeConvolution geometry, INDArray x, INDArray w, INDArray gy, INDArray gx, INDArray gw, INDArray gb) {
        if (gx != null) {
            gx.assign(0);
        }
        if (gw != null) {
            gw.assign(0);
        }
        for (int tap = 0; tap < geometry.depth() && (gx != null || gw != null); tap++) {
            Slices slices = new Slices(geometry, tap, x.size(1), gy.size(1));
            if (slices.count > 0) {
                tapGradients(geometry.plane(), slices, x, w.slice(tap), gy, gx, gw == null ? null : gw.slice(tap));
            }
        }
        if (gb != null) {
            planes.productGradients(gy, null, gy, null, null, gb);
        }
    }

    private void tapGradients(
            Convolution plane, Slices slices, INDArray x, INDArray w, INDArray gy, INDArray gx, INDArray gw) {
        INDArray seen = slices.take(x);
        slices.read(x, slices.firstIn, slices.stride, seen);
        INDArray gradient = slices.take(gy);
        slices.read(gy, slices.firstOut, 1, gradient);
        INDArray part = gx == null ? null : slices.take(gx);
        planes.convolutionGradients(plane, seen, w, gradient, part, gw, null);
        if (gx != null) {
            slices.add(part, gx, slices.firstIn, slices.stride);
            scratch.give(part);
        }
        scratch.give(gradient);
        scratch.give(seen);
    }

    /** The pairs of an input slice and the output slice for which a tap sees it. */
    private final class Slices {
        private final long stride;
        private final long firstIn;
        private final long firstOut;
        private final long count;

        Slices(VolumeConvolution geometry, int tap, long in, long out) {
            stride = geometry.plane().stride();
            long shift = (long) tap * geometry.plane().dilation() - geometry.depthPadding();
            firstOut = shift >= 0 ? 0 : (stride - 1 - shift) / stride;
            firstIn = firstOut * stride + shift;
            long inside = firstIn >= in ? 0 : (in - 1 - firstIn) / stride + 1;
            count = Math.max(0, Math.min(inside, out - firstOut));
        }

        /** Room for the slices of all volumes as images, like those of an array. */
        INDArray take(INDArray volumes) {
            return scratch.take(volumes.size(0) * count, volumes.size(2), volumes.size(3), volumes.size(4));
        }

        void read(INDArray volumes, long first, long step, INDArray images) {
            for (long k = 0; k < images.size(0); k++) {
                images.slice(k).assign(slice(volumes, first, step, k));
            }
        }

        void add(INDArray images, INDArray volumes, long first, long step) {
            for (long k = 0; k < images.size(0); k++) {
                slice(volumes, first, step, k).addi(images.slice(k));
            }
        }

        private INDArray slice(INDArray volumes, long first, long step, long k) {
            return volumes.slice(k / count).slice(first + k % count * step);
        }
    }
}
