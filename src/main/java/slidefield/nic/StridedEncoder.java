package slidefield.nic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import slidefield.nn.Init;
import slidefield.nn.Module;
import slidefield.nn.PointwiseLinear;
import slidefield.nn.Sequential;
import slidefield.nn.Shapes;
import slidefield.nn.Tensor;

/**
 * The encoder of the variational autoencoder, of contrastive and of supervised training (Tellez et al. 2019, appendix):
 * convolutions of 3 x 3 pixels and stride 2, a dense layer, each with batch normalisation and leaky ReLU, and a linear layer
 * that gives the code. The padding is not stated; here a size is halved and rounded up, as the decoder mirrors it.
 *
 * <p>Not thread-safe while it is trained; in evaluation its arrays are only read.
 */
public final class StridedEncoder extends Module {
    private final StridedEncoderOptions options;
    private final Sequential convolutions;
    private final Sequential dense;
    private final PointwiseLinear code;

    /**
     * @param options sizes
     * @param init source of the weights
     */
    public StridedEncoder(StridedEncoderOptions options, Init init) {
        this.options = options;
        List<Module> layers = new ArrayList<>();
        int in = options.colours();
        for (int width : options.widths()) {
            layers.add(Layers.halving(init, in, width));
            in = width;
        }
        convolutions = child("convolutions", new Sequential(layers));
        dense = child("dense", Layers.dense(init, options.flat(), options.dense()));
        code = child("code", Layers.linear(init, options.dense(), options.code()));
    }

    /** Its sizes. */
    public StridedEncoderOptions options() {
        return options;
    }

    /**
     * @param x N x P x P x colours, in [-1, 1]
     * @return codes, N x C
     * @throws IllegalArgumentException if x is of another shape
     */
    @Override
    public Tensor forward(Tensor x) {
        return code.forward(features(x));
    }

    /**
     * What the code is computed from.
     *
     * @param x N x P x P x colours, in [-1, 1]
     * @return N x dense
     * @throws IllegalArgumentException if x is of another shape
     */
    Tensor features(Tensor x) {
        long[] shape = x.shape();
        if (shape.length != 4
                || shape[1] != options.patch()
                || shape[2] != options.patch()
                || shape[3] != options.colours()) {
            throw new IllegalArgumentException("expected N x " + options.patch() + " x " + options.patch() + " x "
                    + options.colours() + ", found the shape " + Arrays.toString(shape));
        }
        Tensor y = convolutions.forward(x);
        return dense.forward(Shapes.reshape(y, y.size(0), options.flat()));
    }

    /** The linear layer that turns {@link #features} into codes. */
    Tensor code(Tensor features) {
        return code.forward(features);
    }
}
