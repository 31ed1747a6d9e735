package slidefield.swipe.volume;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.fit.Targets;
import slidefield.nn.Arithmetic;
import slidefield.nn.Engine;
import slidefield.nn.Init;
import slidefield.nn.PointwiseLinear;
import slidefield.nn.Sequential;
import slidefield.nn.Shapes;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;
import slidefield.nn.VolumePooling;
import slidefield.nn.VolumeResampling;
import slidefield.nn.kernels.Activation;
import slidefield.nn.kernels.VolumeConvolution;
import slidefield.swipe.OccupancyLoss;
import slidefield.swipe.SwipeLossOptions;

/**
 * The 3-D U-Net of SwIPE's Table 1 (Zhou et al. 2019, "Models Genesis"): at every level two 3 x 3 x 3 convolutions without
 * bias, each with batch normalisation and ReLU, the second one with twice the channels; maxima of 2 x 2 x 2 between
 * levels; on the way up every voxel becomes a cube of itself and is joined by the level's map. Not thread-safe.
 */
public final class VolumeUNet extends VolumeNetwork {
    private final VolumeUNetOptions options;
    private final List<Sequential> down = new ArrayList<>();
    private final List<Sequential> up = new ArrayList<>();
    private final PointwiseLinear output;

    /**
     * @param options size
     * @param type FLOAT or DOUBLE
     * @param seed of the initial values
     */
    public VolumeUNet(VolumeUNetOptions options, DataType type, long seed) {
        this.options = options;
        Init init = new Init(type, seed);
        int in = 1;
        for (int level = 0; level < options.levels(); level++) {
            int out = 2 * options.base() << level;
            down.add(child("down" + level, two(init, in, out / 2, out)));
            in = out;
        }
        for (int level = options.levels() - 2; level >= 0; level--) {
            int out = 2 * options.base() << level;
            up.add(child("up" + level, two(init, in + out, out, out)));
            in = out;
        }
        output = child("output", new PointwiseLinear(init, in, options.classes(), true, Activation.NONE));
    }

    private static Sequential two(Init init, int in, int middle, int out) {
        VolumeConvolution same = VolumeConvolution.same(3);
        return new Sequential(
                new NormalisedConv3d(init, in, middle, same, Activation.RELU),
                new NormalisedConv3d(init, middle, out, same, Activation.RELU));
    }

    @Override
    public VolumeUNetOptions options() {
        return options;
    }

    /**
     * @param volumes N x D x H x W x 1 in [0, 1], sides multiples of {@link VolumeUNetOptions#sizeMultiple}
     * @return logits, N x D x H x W x classes
     * @throws IllegalArgumentException if the shape does not fit
     */
    @Override
    public Tensor forward(Tensor volumes) {
        requireCrops(volumes.shape());
        List<Tensor> maps = new ArrayList<>();
        Tensor x = Arithmetic.cast(volumes, volumes.tape().engine().type());
        for (Sequential level : down) {
            x = level.forward(maps.isEmpty() ? x : VolumePooling.max(x, 2, 2, 0));
            maps.add(x);
        }
        for (int k = 0; k < up.size(); k++) {
            Tensor beside = maps.get(up.size() - 1 - k);
            x = up.get(k).forward(Shapes.concat(List.of(VolumeResampling.nearest(x, 2), beside)));
        }
        return output.forward(x);
    }

    /** Half cross-entropy and half Dice over all voxels (section 3.1). */
    @Override
    Tensor loss(Tape tape, VolumeBatch batch, SwipeLossOptions loss, long seed) {
        Tensor logits = forward(tape.constant(batch.values(tape)));
        byte[] classes = batch.voxelClasses();
        int[] numbers = new int[classes.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = classes[i];
        }
        return OccupancyLoss.of(Shapes.reshape(logits, numbers.length, options.classes()), numbers, loss.dice());
    }

    @Override
    float[] logits(Engine engine, INDArray crop, VolumeFrame frame, VolumeLattice lattice) {
        requireNoTraining();
        try (Tape tape = engine.inference()) {
            float[] map = Targets.read(forward(tape.constant(crop)).value());
            int[] sizes = {(int) crop.size(3), (int) crop.size(2), (int) crop.size(1)};
            return lattice.interpolated(map, sizes, options.classes());
        }
    }
}
