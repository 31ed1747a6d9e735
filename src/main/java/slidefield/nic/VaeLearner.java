package slidefield.nic;

import java.util.Random;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.fit.Seeds;
import slidefield.nn.AdamOptions;
import slidefield.nn.Engine;
import slidefield.nn.Sequential;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;

/** A variational autoencoder: encoder and decoder learn together to paint patches again ({@link VaeLoss}). */
final class VaeLearner extends LossLearner {
    private final VaeEncoder vae;
    private final CodeDecoder decoder;
    private final double gamma;

    /**
     * @param engine arithmetic
     * @param vae both heads
     * @param decoder of its codes
     * @param gamma weight of the divergence
     * @param options of Adam
     */
    VaeLearner(Engine engine, VaeEncoder vae, CodeDecoder decoder, double gamma, AdamOptions options) {
        super(engine, new Sequential(vae, decoder), vae.encoder(), options);
        this.vae = vae;
        this.decoder = decoder;
        this.gamma = gamma;
    }

    @Override
    Tensor loss(Tape tape, EncoderBatch batch, long seed) {
        INDArray patches = batch.input(tape);
        Tensor distribution = vae.distribution(tape.constant(patches));
        int codes = Math.toIntExact(distribution.size(0) * distribution.size(1) / 2);
        Tensor painted = decoder.forward(VaeLoss.sample(distribution, noise(codes, seed)));
        return VaeLoss.of(painted, patches, distribution, gamma);
    }

    /** Values of the standard normal distribution. */
    static double[] noise(int count, long seed) {
        Random random = Seeds.random(seed, "noise");
        double[] noise = new double[count];
        for (int i = 0; i < count; i++) {
            noise[i] = random.nextGaussian();
        }
        return noise;
    }
}
