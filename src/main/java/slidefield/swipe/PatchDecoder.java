package slidefield.swipe;

import slidefield.nn.Init;

/**
 * SwIPE's D^P (section 2.2): from a point's place in its patch, the patch's embedding, its place in the image and the
 * image's embedding to its logits. Input in the released order: p^I, z^I, p^P, z^P, Fourier features of p^P, p^S.
 */
final class PatchDecoder extends PointDecoder {
    /**
     * @param init source of the initial values
     * @param options sizes and switches
     * @param seed of what is dropped
     */
    PatchDecoder(Init init, SwipeOptions options, long seed) {
        super(
                init,
                InputLayout.ofPatch(options.decoder(), options.neck().embedding()),
                options.decoder().patchLayers(),
                options.classes(),
                options.decoder().dropout(),
                seed);
    }
}
