package slidefield.swipe.volume;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.Engine;
import slidefield.nn.Module;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;
import slidefield.swipe.SwipeLossOptions;

/** A network that segments crops of volumes: {@link VolumeSwipe} or {@link VolumeUNet}. Not thread-safe. */
public abstract sealed class VolumeNetwork extends Module permits VolumeSwipe, VolumeUNet {
    /** What it was built with. */
    public abstract VolumeNetworkOptions options();

    /**
     * What a training step minimises.
     *
     * @param tape of the step
     * @param batch crops, points and classes
     * @param loss weights and forms
     * @param seed of what the network draws; another one for every step
     * @return a scalar
     */
    abstract Tensor loss(Tape tape, VolumeBatch batch, SwipeLossOptions loss, long seed);

    /**
     * Answers one crop at points of the caller's choice.
     *
     * @param engine arithmetic
     * @param crop 1 x D x H x W x 1 in [0, 1], sides multiples of {@link VolumeNetworkOptions#sizeMultiple}
     * @param frame where it was cut
     * @param lattice points, in voxels of the crop
     * @return logits, points x classes
     * @throws IllegalStateException if this network is in training
     */
    abstract float[] logits(Engine engine, INDArray crop, VolumeFrame frame, VolumeLattice lattice);

    /** Refuses to answer while normalisation and dropout learn. */
    final void requireNoTraining() {
        if (training()) {
            throw new IllegalStateException("call training(false) before asking a network about a volume");
        }
    }

    /** Refuses what is no batch of crops of a size that the network takes. */
    final void requireCrops(long[] shape) {
        int multiple = options().sizeMultiple();
        boolean fits = shape.length == 5 && shape[4] == 1;
        for (int axis = 1; axis < 4 && fits; axis++) {
            fits = shape[axis] % multiple == 0;
        }
        if (!fits) {
            throw new IllegalArgumentException("crops of N x D x H x W x 1, sides multiples of " + multiple
                    + ", are expected, found " + Arrays.toString(shape) + ": cut or pad them");
        }
    }
}
