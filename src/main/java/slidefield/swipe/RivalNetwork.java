package slidefield.swipe;

import slidefield.nn.Module;

/** A network that SwIPE's tables compare it with: it answers pixels ({@link PixelNetwork}) or points ({@link PointNetwork}). */
public abstract sealed class RivalNetwork extends Module permits PixelNetwork, PointNetwork {
    /** @return logits a pixel or point: 1 for foreground, or one per class with background first */
    public abstract int outputs();

    /** @return what the sides of an image must be multiples of, in pixels */
    public abstract int sizeMultiple();
}
