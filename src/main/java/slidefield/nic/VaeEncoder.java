package slidefield.nic;

import java.util.List;
import slidefield.nn.Init;
import slidefield.nn.Module;
import slidefield.nn.PointwiseLinear;
import slidefield.nn.Shapes;
import slidefield.nn.Tensor;

/**
 * The encoder of a variational autoencoder (Kingma and Welling 2014; Tellez et al. 2019, section 3.2 and appendix): a
 * {@link StridedEncoder} whose code is the mean mu of a normal distribution, and a second linear layer beside it that gives the
 * logarithm of the variance (a choice: the paper says sigma). With {@link StridedEncoderOptions#histopathology} 5,897,728
 * parameters. What is used after training is mu, the encoder alone.
 *
 * <p>Not thread-safe while it is trained.
 */
public final class VaeEncoder extends Module {
    private final StridedEncoder encoder;
    private final PointwiseLinear logVariance;

    /**
     * @param options sizes of the encoder
     * @param init source of the weights
     */
    public VaeEncoder(StridedEncoderOptions options, Init init) {
        encoder = child("encoder", new StridedEncoder(options, init));
        logVariance = child("logVariance", Layers.linear(init, options.dense(), options.code()));
    }

    /** What remains after training: patches to mu. */
    public StridedEncoder encoder() {
        return encoder;
    }

    /**
     * @param x N x P x P x colours, in [-1, 1]
     * @return mu, N x C
     */
    @Override
    public Tensor forward(Tensor x) {
        return encoder.forward(x);
    }

    /**
     * @param x N x P x P x colours, in [-1, 1]
     * @return N x 2 C: mu, then the logarithm of the variance
     */
    public Tensor distribution(Tensor x) {
        Tensor features = encoder.features(x);
        return Shapes.concat(List.of(encoder.code(features), logVariance.forward(features)));
    }
}
