package slidefield.nn;

import slidefield.nn.kernels.Activation;

/**
 * An element-wise function as a layer: any shape to the same. After a convolution or linear layer, give the function to that
 * layer instead: one pass less.
 */
public final class ActivationLayer extends Module {
    private final Activation activation;

    /** @param activation the function */
    public ActivationLayer(Activation activation) {
        this.activation = activation;
    }

    @Override
    public Tensor forward(Tensor x) {
        return Activations.apply(x, activation);
    }
}
