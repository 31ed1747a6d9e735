package slidefield.swipe;

import slidefield.nn.Init;

/** SwIPE's D^I (section 2.2): from a point's place in the image and the image's embedding, p^I and z^I, to its logits. */
final class ImageDecoder extends PointDecoder {
    /**
     * @param init source of the initial values
     * @param options sizes
     */
    ImageDecoder(Init init, SwipeOptions options) {
        super(
                init,
                InputLayout.ofImage(options.neck().embedding()),
                options.decoder().imageLayers(),
                options.classes(),
                0,
                0);
    }
}
