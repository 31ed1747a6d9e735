package slidefield.swipe;

import java.util.Arrays;
import slidefield.nn.Module;
import slidefield.nn.Tensor;

/** A network that SwIPE's tables compare it with: it answers pixels ({@link PixelNetwork}) or points ({@link PointNetwork}). */
public abstract sealed class RivalNetwork extends Module permits PixelNetwork, PointNetwork {
    /** @return logits a pixel or point: 1 for foreground, or one per class with background first */
    public abstract int outputs();

    /** @return what the sides of an image must be multiples of, in pixels */
    public abstract int sizeMultiple();

    /** @throws IllegalArgumentException if they are not N x H x W x 3, H and W multiples of {@link #sizeMultiple} */
    final void requireImages(Tensor images) {
        long[] shape = images.shape();
        int multiple = sizeMultiple();
        if (shape.length != 4 || shape[1] % multiple != 0 || shape[2] % multiple != 0 || shape[3] != 3) {
            throw new IllegalArgumentException(
                    getClass().getSimpleName() + ": images of N x H x W x 3, H and W multiples" + " of " + multiple
                            + ", are expected, found " + Arrays.toString(shape) + ": cut or resize them");
        }
    }
}
