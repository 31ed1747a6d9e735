package slidefield.nn;

/** sin(omega x), SIREN's activation (Sitzmann et al. 2020). */
public final class Sine extends Module {
    private final double omega;

    /**
     * @param omega frequency factor, 30 in the paper
     */
    public Sine(double omega) {
        if (!Double.isFinite(omega)) {
            throw new IllegalArgumentException("sine: omega must be finite, found " + omega);
        }
        this.omega = omega;
    }

    @Override
    public Tensor forward(Tensor x) {
        return Activations.sine(x, omega);
    }
}
