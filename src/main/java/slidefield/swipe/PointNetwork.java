package slidefield.swipe;

import java.util.List;
import slidefield.nn.Tensor;

/** An implicit rival: it encodes an image once and answers any points of it. */
public abstract non-sealed class PointNetwork extends RivalNetwork {
    /**
     * @param images N x H x W x 3 in [-1, 1], H and W multiples of {@link #sizeMultiple}
     * @return all that {@link #decode} needs of them, the images themselves if it reads them
     * @throws IllegalArgumentException if the shape does not fit
     */
    public abstract List<Tensor> encode(Tensor images);

    /**
     * @param encoded of {@link #encode}, on this or an earlier tape
     * @param points of the encoded images
     * @return logits, P x outputs
     */
    public abstract Tensor decode(List<Tensor> encoded, PointBatch points);

    /**
     * A coarse segmentation that is learnt from besides, if the network has one.
     *
     * @param encoded of {@link #encode}
     * @return logits N x h x w x outputs, or null
     */
    public Tensor coarse(List<Tensor> encoded) {
        return null;
    }

    /** The coarse segmentation alone, or the last of what the encoder gives. */
    @Override
    public Tensor forward(Tensor images) {
        List<Tensor> encoded = encode(images);
        Tensor coarse = coarse(encoded);
        return coarse == null ? encoded.get(encoded.size() - 1) : coarse;
    }
}
