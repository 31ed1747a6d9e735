package slidefield.nn.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A convolution of volumes by its definition, forward and backward in one walk over every product, in doubles. */
final class VolumeLoops {
    final double[] y;
    final double[] gx;
    final double[] gw;

    private final double[] xs;
    private final double[] ws;
    private final double[] gys;
    private final int in;
    private final int out;

    VolumeLoops(VolumeConvolution c, INDArray x, INDArray w, INDArray gy) {
        xs = flat(x);
        ws = flat(w);
        gys = flat(gy);
        y = new double[gys.length];
        gx = new double[xs.length];
        gw = new double[ws.length];
        in = (int) x.size(4);
        out = (int) gy.size(4);
        int voxels = (int) (gy.length() / out);
        for (int voxel = 0; voxel < voxels; voxel++) {
            for (int tap = 0; tap < c.taps(); tap++) {
                int seen = seen(c, voxel, tap, x, gy);
                if (seen >= 0) {
                    products(voxel * out, tap * in * out, seen * in);
                }
            }
        }
    }

    /** The input voxel that a tap sees, or -1 where it sees padding. */
    private static int seen(VolumeConvolution c, int voxel, int tap, INDArray x, INDArray gy) {
        Convolution plane = c.plane();
        int[] taps = {c.depth(), plane.height(), plane.width()};
        int[] padding = {c.depthPadding(), plane.verticalPadding(), plane.horizontalPadding()};
        int restVoxel = voxel;
        int restTap = tap;
        int at = 0;
        int size = 1;
        for (int axis = 2; axis >= 0; axis--) {
            int outside = (int) gy.size(axis + 1);
            int place = restVoxel % outside * plane.stride() + restTap % taps[axis] * plane.dilation() - padding[axis];
            if (place < 0 || place >= x.size(axis + 1)) {
                return -1;
            }
            at += place * size;
            size *= (int) x.size(axis + 1);
            restVoxel /= outside;
            restTap /= taps[axis];
        }
        return restVoxel * size + at;
    }

    private void products(int atY, int atW, int atX) {
        for (int p = 0; p < in; p++) {
            for (int q = 0; q < out; q++) {
                y[atY + q] += xs[atX + p] * ws[atW + p * out + q];
                gx[atX + p] += gys[atY + q] * ws[atW + p * out + q];
                gw[atW + p * out + q] += gys[atY + q] * xs[atX + p];
            }
        }
    }

    void requireClose(double[] expected, INDArray found, String what) {
        double[] values = flat(found);
        assertEquals(expected.length, values.length, what);
        for (int i = 0; i < values.length; i++) {
            assertEquals(expected[i], values[i], 2e-5 * Math.max(1, Math.abs(expected[i])), what + " at " + i);
        }
    }

    private static double[] flat(INDArray array) {
        return array.dup('c')
                .castTo(DataType.DOUBLE)
                .reshape('c', new long[] {array.length()})
                .toDoubleVector();
    }
}
