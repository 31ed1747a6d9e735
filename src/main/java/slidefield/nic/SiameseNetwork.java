package slidefield.nic;

import java.util.List;
import slidefield.nn.Init;
import slidefield.nn.Module;
import slidefield.nn.Shapes;
import slidefield.nn.Tensor;

/**
 * Tells whether two patches show the same place (Tellez et al. 2019, section 3.2 and appendix): one encoder for both, their
 * codes side by side, and a {@link ClassHead} with one logit.
 *
 * <p>Not thread-safe while it is trained.
 */
public final class SiameseNetwork extends Module {
    private final StridedEncoder encoder;
    private final ClassHead head;

    /**
     * @param options sizes of the encoder
     * @param width values between codes and logit
     * @param init source of the weights
     */
    public SiameseNetwork(StridedEncoderOptions options, int width, Init init) {
        encoder = child("encoder", new StridedEncoder(options, init));
        head = child("head", new ClassHead(init, 2 * options.code(), width, 1));
    }

    /** What remains after training. */
    public StridedEncoder encoder() {
        return encoder;
    }

    /**
     * @param x 2 N x P x P x colours: the first patches of all pairs, then the second ones in the same order; batch
     *     normalisation sees them together
     * @return logits, N x 1: above 0 for the same place
     * @throws IllegalArgumentException if there is an odd number of patches
     */
    @Override
    public Tensor forward(Tensor x) {
        if (x.size(0) % 2 != 0) {
            throw new IllegalArgumentException("pairs of patches are expected, found " + x.size(0) + " patches");
        }
        Tensor codes = encoder.forward(x);
        long pairs = x.size(0) / 2;
        long code = codes.size(1);
        Tensor first = Shapes.box(codes, new long[] {0, 0}, new long[] {pairs, code});
        Tensor second = Shapes.box(codes, new long[] {pairs, 0}, new long[] {pairs, code});
        return head.forward(Shapes.concat(List.of(first, second)));
    }
}
