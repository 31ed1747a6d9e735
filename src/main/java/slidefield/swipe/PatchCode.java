package slidefield.swipe;

import java.util.List;
import slidefield.nn.Conv2d;
import slidefield.nn.Init;
import slidefield.nn.Module;
import slidefield.nn.Pooling;
import slidefield.nn.Resampling;
import slidefield.nn.Sequential;
import slidefield.nn.Shapes;
import slidefield.nn.Tensor;
import slidefield.nn.kernels.Activation;
import slidefield.nn.kernels.Convolution;

/**
 * OSSNet's code of the local image patch around a point (authors' code): the patch, and perhaps one of twice the side
 * whose pixels are pooled in pairs, through two convolutions as wide as the patch, with ReLU; the first keeps half of the
 * channels, the second makes one. Patches x side x side x channels to patches x side * side.
 */
final class PatchCode extends Module {
    private static final int COLOURS = 3;

    private final int side;
    private final boolean midRange;
    private final Sequential layers;

    PatchCode(Init init, OssNetOptions options) {
        side = options.patch();
        midRange = options.midRange();
        int channels = midRange ? 2 * COLOURS : COLOURS;
        Convolution wide = Convolution.same(side);
        layers = child(
                "layers",
                new Sequential(
                        new Conv2d(init, channels, channels / 2, wide, true, Activation.RELU),
                        new Conv2d(init, channels / 2, 1, wide, true, Activation.RELU)));
    }

    @Override
    public Tensor forward(Tensor patches) {
        return Shapes.reshape(layers.forward(patches), patches.size(0), (long) side * side);
    }

    /**
     * @param images N x H x W x 3; 0 beyond their edges
     * @param points of these images
     * @return points x side * side
     */
    Tensor around(Tensor images, PointBatch points) {
        Tensor local = patches(images, points, side / 2, side);
        if (!midRange) {
            return forward(local);
        }
        Tensor wide = Pooling.max(patches(images, points, side, 2 * side), 2, 2, 0);
        return forward(Shapes.concat(List.of(local, wide)));
    }

    /** Pixels from {@code before} in front of each point on, points x size x size x 3. */
    private static Tensor patches(Tensor images, PointBatch points, int before, int size) {
        float[] rows = new float[Math.multiplyExact(points.count(), size * size)];
        float[] columns = new float[rows.length];
        int next = 0;
        for (int i = 0; i < points.count(); i++) {
            for (int down = 0; down < size; down++) {
                for (int across = 0; across < size; across++) {
                    rows[next] = points.y()[i] + down - before;
                    columns[next++] = points.x()[i] + across - before;
                }
            }
        }
        Tensor pixels = Resampling.at(images, rows, columns);
        return Shapes.reshape(pixels, points.count(), size, size, COLOURS);
    }
}
