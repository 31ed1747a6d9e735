package slidefield.nn;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@link Dropout} of whole maps (Tompson et al. 2015, section 3.2): in training each channel of each image is 0 everywhere
 * with a given probability and otherwise divided by the probability to stay. Seed and passes as there.
 */
public final class SpatialDropout extends Dropout {
    /**
     * @param init gives the type; nothing is drawn
     * @param rate probability of a map to be dropped, in [0, 1)
     * @param seed of what is dropped; another one for every dropout of a network
     */
    public SpatialDropout(Init init, double rate, long seed) {
        super(init, rate, seed);
    }

    @Override
    Tensor dropped(Tensor x, double share, long key) {
        return dropMaps(x, share, key);
    }

    /**
     * @param x N x H x W x C
     * @param rate probability of a map to be dropped, in [0, 1)
     * @param key what is dropped follows from it, the image's number and the channel alone
     * @return x with some maps set to 0 and the others divided by 1 - rate
     * @throws IllegalArgumentException if x is no image
     */
    public static Tensor dropMaps(Tensor x, double rate, long key) {
        requireRate(rate);
        long[] shape = x.shape();
        Shapes.require(shape.length == 4, "an image of N x H x W x C", shape);
        Tape tape = x.tape();
        INDArray maps = tape.allocate(shape[0], shape[3]);
        fill(maps, rate, key);
        int pixels = Math.toIntExact(shape[1] * shape[2]);
        int[] images = new int[Math.multiplyExact((int) shape[0], pixels)];
        for (int image = 0; image < shape[0]; image++) {
            Arrays.fill(images, image * pixels, (image + 1) * pixels, image);
        }
        INDArray mask = tape.allocate(shape);
        tape.kernels().images().gatherRows(maps, images, mask.reshape('c', new long[] {images.length, shape[3]}));
        return times(x, mask);
    }
}
