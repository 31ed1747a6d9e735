package slidefield.field;

import slidefield.nn.Conv2d;
import slidefield.nn.Init;
import slidefield.nn.Module;
import slidefield.nn.PointwiseLinear;
import slidefield.nn.Residual;
import slidefield.nn.Sequential;
import slidefield.nn.Tensor;
import slidefield.nn.kernels.Activation;

/**
 * A head of the field (WSI-INR section 2): a 3 x 3 stem, residual blocks of growing dilation and a 1 x 1 output.
 *
 * <p>1 x H x W x channels in, 1 x H x W x outputs out, as logits: the reconstruction's sigmoid gives colours in
 * [0, 1], the lesion head's gives the lesion probability.
 *
 * <p>Safe for several threads, each with a tape of its own, while nobody trains it.
 */
public final class DilatedHead extends Module {
    private final Module stem;
    private final Module blocks;
    private final Module out;

    /**
     * @param init draws the first weights
     * @param channels of the decoder's output
     * @param options width and dilations
     * @param outputs 3 for colours, 1 for the lesion
     */
    public DilatedHead(Init init, int channels, HeadOptions options, int outputs) {
        int width = options.width();
        stem = child("stem", new Conv2d(init, channels, width, 3, true, Activation.RELU));
        blocks = child(
                "blocks",
                new Sequential(options.dilations().stream()
                        .map(dilation -> new Residual(init, width, 3, dilation, true))
                        .toList()));
        out = child("out", new PointwiseLinear(init, width, outputs, true, Activation.NONE));
    }

    @Override
    public Tensor forward(Tensor latent) {
        return out.forward(blocks.forward(stem.forward(latent)));
    }
}
