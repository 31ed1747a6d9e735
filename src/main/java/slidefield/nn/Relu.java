package slidefield.nn;

/** max(x, 0). After a convolution or linear layer, give it to that layer instead: one pass less. */
public final class Relu extends Module {
    @Override
    public Tensor forward(Tensor x) {
        return Activations.relu(x);
    }
}
