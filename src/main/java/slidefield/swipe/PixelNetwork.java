package slidefield.swipe;

import java.util.List;
import slidefield.nn.Tensor;

/** A discrete rival: it answers every pixel of an image at once. */
public abstract non-sealed class PixelNetwork extends RivalNetwork {
    /**
     * @param images N x H x W x 3 in [-1, 1], H and W multiples of {@link #sizeMultiple}
     * @return logits N x H x W x outputs: the answer first, then those of side outputs, which are learnt from alike
     * @throws IllegalArgumentException if the shape does not fit
     */
    public abstract List<Tensor> maps(Tensor images);

    /** The answer alone, N x H x W x outputs. */
    @Override
    public final Tensor forward(Tensor images) {
        return maps(images).get(0);
    }
}
