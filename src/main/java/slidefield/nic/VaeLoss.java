package slidefield.nic;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import slidefield.nn.Arithmetic;
import slidefield.nn.Losses;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;

/**
 * The loss of a variational autoencoder (Tellez et al. 2019, section 3.2): how far the painted patch is from the patch, and
 * gamma times how far the codes' distribution is from the standard normal one. The paper prints the divergence with the other
 * sign, which would push the two apart; here it is the Kullback-Leibler divergence.
 */
public final class VaeLoss {
    private VaeLoss() {}

    /**
     * @param painted N x P x P x colours
     * @param patches the same shape
     * @param distribution N x 2 C: mu, then log sigma^2
     * @param gamma weight of the divergence, 5e-5 in the paper
     * @return mean squared error over all values + gamma KL
     */
    public static Tensor of(Tensor painted, INDArray patches, Tensor distribution, double gamma) {
        Tensor exact = Arithmetic.cast(painted, painted.tape().engine().type());
        return Arithmetic.add(Losses.mse(exact, patches), Arithmetic.scale(divergence(distribution), gamma));
    }

    /**
     * Codes drawn from a distribution (the reparametrisation trick): mu + sigma n.
     *
     * @param distribution N x 2 C: mu, then log sigma^2
     * @param noise n, N x C values from the standard normal distribution, row-major
     * @return N x C
     * @throws IllegalArgumentException if the shapes do not fit
     */
    public static Tensor sample(Tensor distribution, double[] noise) {
        int code = code(distribution);
        Tape tape = distribution.tape();
        Tensor in = Arithmetic.cast(distribution, tape.engine().type());
        double[] d = values(in.value());
        if (noise.length * 2 != d.length) {
            throw new IllegalArgumentException(
                    "noise of " + d.length / 2 + " values is expected, found " + noise.length);
        }
        double[] drawn = new double[noise.length];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = d[mean(i, code)] + Math.exp(0.5 * d[mean(i, code) + code]) * noise[i];
        }
        Tensor out = tape.node(array(tape, drawn, in.size(0), code), List.of(in), g -> {
            double[] upstream = values(g);
            tape.recycle(g);
            double[] gradient = new double[d.length];
            for (int i = 0; i < upstream.length; i++) {
                int at = mean(i, code);
                gradient[at] = upstream[i];
                gradient[at + code] = upstream[i] * 0.5 * Math.exp(0.5 * d[at + code]) * noise[i];
            }
            in.accumulate(array(tape, gradient, in.shape()));
        });
        return Arithmetic.cast(out, distribution.type());
    }

    /**
     * @param distribution N x 2 C: mu, then log sigma^2
     * @return KL = -0.5 sum(1 + log sigma^2 - mu^2 - sigma^2), summed over a code and averaged over the N
     * @throws IllegalArgumentException if it has an odd number of columns
     */
    public static Tensor divergence(Tensor distribution) {
        int code = code(distribution);
        Tape tape = distribution.tape();
        Tensor in = Arithmetic.cast(distribution, tape.engine().type());
        double[] d = values(in.value());
        double n = distribution.size(0);
        double sum = 0;
        for (int i = 0; i < d.length / 2; i++) {
            double mu = d[mean(i, code)];
            double logVariance = d[mean(i, code) + code];
            sum -= 0.5 * (1 + logVariance - mu * mu - Math.exp(logVariance));
        }
        return tape.node(array(tape, new double[] {sum / n}, 1), List.of(in), g -> {
            double upstream = g.getDouble(0) / n;
            tape.recycle(g);
            double[] gradient = new double[d.length];
            for (int i = 0; i < d.length / 2; i++) {
                int at = mean(i, code);
                gradient[at] = upstream * d[at];
                gradient[at + code] = upstream * 0.5 * (Math.exp(d[at + code]) - 1);
            }
            in.accumulate(array(tape, gradient, in.shape()));
        });
    }

    /** Where in a distribution the mean of the i-th value of all codes lies. */
    private static int mean(int i, int code) {
        return i / code * 2 * code + i % code;
    }

    private static int code(Tensor distribution) {
        long[] shape = distribution.shape();
        if (shape.length != 2 || shape[1] % 2 != 0) {
            throw new IllegalArgumentException(
                    "means and logarithms of variances, N x 2 C, are expected, found the shape "
                            + Arrays.toString(shape));
        }
        return Math.toIntExact(shape[1] / 2);
    }

    private static double[] values(INDArray array) {
        return array.reshape('c', new long[] {array.length()}).toDoubleVector();
    }

    private static INDArray array(Tape tape, double[] values, long... shape) {
        INDArray into = tape.allocate(shape);
        try (INDArray made = Nd4j.createFromArray(values)) {
            into.reshape('c', new long[] {into.length()}).assign(made);
        }
        return into;
    }
}
