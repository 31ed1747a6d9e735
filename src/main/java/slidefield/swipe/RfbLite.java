package slidefield.swipe;

import slidefield.nn.Init;

/** SwIPE's lighter receptive field block (section 2.1, "RFB-L"): an {@link Rfb} without the branch that looks farthest. */
final class RfbLite extends Rfb {
    /**
     * @param init source of the initial values
     * @param in channels I
     * @param out channels O, of every branch too
     */
    RfbLite(Init init, int in, int out) {
        super(init, in, out, 3);
    }
}
