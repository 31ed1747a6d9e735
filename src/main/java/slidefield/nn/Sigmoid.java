package slidefield.nn;

/** 1 / (1 + exp(-x)). After a convolution or linear layer, give it to that layer instead: one pass less. */
public final class Sigmoid extends Module {
    @Override
    public Tensor forward(Tensor x) {
        return Activations.sigmoid(x);
    }
}
