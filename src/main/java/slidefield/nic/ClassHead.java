package slidefield.nic;

import slidefield.nn.Init;
import slidefield.nn.Module;
import slidefield.nn.PointwiseLinear;
import slidefield.nn.Sequential;
import slidefield.nn.Tensor;

/**
 * What decides upon a code (Tellez et al. 2019, appendix): a dense layer with batch normalisation and leaky ReLU, and a linear
 * one whose results are the logits of a sigmoid (one) or of a softmax (several). With 256 values between, codes of 128: 33,793
 * parameters for tumour, 35,849 for nine tissues, and 66,561 for two codes side by side.
 *
 * <p>Not thread-safe while it is trained.
 */
public final class ClassHead extends Module {
    private final Sequential dense;
    private final PointwiseLinear out;

    /**
     * @param init source of the weights
     * @param in values of a code, or of two
     * @param width values between
     * @param outputs logits: 1, or one per class
     */
    public ClassHead(Init init, int in, int width, int outputs) {
        dense = child("dense", Layers.dense(init, in, width));
        out = child("out", Layers.linear(init, width, outputs));
    }

    /**
     * @param x N x in
     * @return logits, N x outputs
     */
    @Override
    public Tensor forward(Tensor x) {
        return out.forward(dense.forward(x));
    }
}
