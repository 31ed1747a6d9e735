package slidefield.nic;

import java.util.ArrayList;
import java.util.List;
import slidefield.nn.Conv2d;
import slidefield.nn.Init;
import slidefield.nn.Module;
import slidefield.nn.Resampling;
import slidefield.nn.Sequential;
import slidefield.nn.Shapes;
import slidefield.nn.Tensor;
import slidefield.nn.kernels.Activation;

/**
 * Paints a patch from a code: the decoder of the variational autoencoder and the generator of the BiGAN (Tellez et al. 2019,
 * appendix). A dense layer makes a small image, which is doubled (nearest neighbour) and convolved again and again, all with
 * batch normalisation and leaky ReLU; a last convolution and tanh give the colours. Where that is larger than a patch, its
 * centre is the patch (a choice: the paper's 4 x 4 pixels cannot become 9). For whole-slide images 2,646,403 parameters with
 * {@link CodeDecoderOptions#vae} and 655,235 with {@link CodeDecoderOptions#biGan}.
 *
 * <p>Not thread-safe while it is trained.
 */
public final class CodeDecoder extends Module {
    private final CodeDecoderOptions options;
    private final int patch;
    private final Sequential dense;
    private final List<Sequential> convolutions = new ArrayList<>();
    private final Conv2d colour;

    /**
     * @param options sizes
     * @param code C, values of a code
     * @param patch pixels along both sides of the result
     * @param colours of its pixels
     * @param init source of the weights
     * @throws IllegalArgumentException if the options paint less than a patch
     */
    public CodeDecoder(CodeDecoderOptions options, int code, int patch, int colours, Init init) {
        options.requirePatch("the decoder", patch);
        this.options = options;
        this.patch = patch;
        int in = options.channels();
        dense = child("dense", Layers.dense(init, code, options.side() * options.side() * in));
        for (int width : options.widths()) {
            convolutions.add(child("conv" + convolutions.size(), Layers.convolution(init, in, width)));
            in = width;
        }
        colour = child("colour", new Conv2d(init, in, colours, 3, true, Activation.TANH));
    }

    /**
     * @param code N x C
     * @return N x P x P x colours in [-1, 1]
     */
    @Override
    public Tensor forward(Tensor code) {
        int side = options.side();
        Tensor x = Shapes.reshape(dense.forward(code), code.size(0), side, side, options.channels());
        for (Sequential convolution : convolutions) {
            x = convolution.forward(Resampling.nearest(x, 2));
        }
        x = colour.forward(x);
        int margin = (options.painted() - patch) / 2;
        return options.painted() == patch ? x : Shapes.crop(x, margin, margin, patch, patch);
    }
}
