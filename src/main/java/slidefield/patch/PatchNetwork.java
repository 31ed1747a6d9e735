package slidefield.patch;

import java.util.List;
import slidefield.nn.Module;
import slidefield.nn.Tensor;

/**
 * A network from patches of a slide to lesion logits. Networks of several resolutions see several patches with a
 * common centre and the same size in pixels, of which each covers more tissue than the one before.
 *
 * <p>Not thread-safe while it is trained: batch normalisation and dropout keep state.
 */
public abstract class PatchNetwork extends Module {
    /**
     * @return how many times coarser each input is than the finest, in the order of {@link #forward(List)}: 1 for a
     *     network of one resolution; 1, 2, 4, 8 for one of four
     */
    public abstract List<Integer> scales();

    /** @return what the sides of a patch must be a multiple of, in pixels */
    public abstract int sizeMultiple();

    /**
     * @param patches per scale N x H x W x 3, colours in [0, 1]
     * @return lesion logits of the finest patch, N x H x W x 1
     * @throws IllegalArgumentException if a shape does not fit
     */
    public abstract Tensor forward(List<Tensor> patches);

    /** The same for a network of one resolution. */
    @Override
    public final Tensor forward(Tensor patch) {
        return forward(List.of(patch));
    }
}
