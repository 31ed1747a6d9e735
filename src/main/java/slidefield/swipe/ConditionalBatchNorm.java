package slidefield.swipe;

import java.util.Arrays;
import slidefield.nn.BatchNorm;
import slidefield.nn.FeatureModulation;
import slidefield.nn.Init;
import slidefield.nn.Module;
import slidefield.nn.PointwiseLinear;
import slidefield.nn.Shapes;
import slidefield.nn.Tensor;
import slidefield.nn.kernels.Activation;

/**
 * Conditional batch normalisation (de Vries et al. 2017) of the features of points: what follows the normalisation, a
 * scale gamma and a shift beta for every feature, is linear in the latent vector of the point's image, and begins with
 * gamma 1 and beta 0. Points x F to the same shape.
 */
final class ConditionalBatchNorm extends Module {
    private static final double EPSILON = 1e-5;
    private static final double MOMENTUM = 0.1;

    private final int features;
    private final boolean shared;
    private final BatchNorm norm;
    private final PointwiseLinear gamma;
    private final PointwiseLinear beta;

    /**
     * @param init source of the type; draws nothing
     * @param features F
     * @param latent values of a latent vector, L
     * @param shared whether all features have one mean and one variance, as in OSSNet's code
     */
    ConditionalBatchNorm(Init init, int features, int latent, boolean shared) {
        this.features = features;
        this.shared = shared;
        norm = child("norm", BatchNorm.withoutAffine(init, shared ? 1 : features, EPSILON, MOMENTUM));
        gamma = child("gamma", new PointwiseLinear(init.zeros(latent, features), init.ones(features), Activation.NONE));
        beta = child("beta", new PointwiseLinear(init.zeros(latent, features), init.zeros(features), Activation.NONE));
    }

    /**
     * @param x points x F
     * @param latents images x L
     * @param imageOfPoint row of the latents for each point
     * @return points x F
     */
    Tensor forward(Tensor x, Tensor latents, int[] imageOfPoint) {
        return FeatureModulation.modulate(normalised(x), gamma.forward(latents), beta.forward(latents), imageOfPoint);
    }

    private Tensor normalised(Tensor x) {
        if (!shared) {
            return norm.forward(x);
        }
        long[] shape = x.shape();
        return Shapes.reshape(norm.forward(Shapes.reshape(x, x.value().length(), 1)), shape);
    }

    /** A latent vector beside each point, points x (F + L): the formula as it stands, for comparison. */
    @Override
    public Tensor forward(Tensor x) {
        int[] own = new int[Math.toIntExact(x.size(0))];
        Arrays.setAll(own, i -> i);
        return forward(Shapes.channels(x, 0, features), Shapes.channels(x, features, x.size(1)), own);
    }
}
