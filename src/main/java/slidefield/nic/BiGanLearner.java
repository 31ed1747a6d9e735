package slidefield.nic;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.fit.Seeds;
import slidefield.fit.Targets;
import slidefield.nn.Adam;
import slidefield.nn.AdamOptions;
import slidefield.nn.Arithmetic;
import slidefield.nn.Engine;
import slidefield.nn.Losses;
import slidefield.nn.Module;
import slidefield.nn.Parameter;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;

/**
 * A BiGAN (Tellez et al. 2019, section 3.2): in every step the discriminator learns to tell patches with their codes (label 1)
 * from painted patches with the codes that they were painted from (label 0), and then encoder and generator learn by the
 * swapped labels. The codes to paint from are of the standard normal distribution (a choice: the paper does not say).
 */
final class BiGanLearner implements EncoderLearner {
    private final Engine engine;
    private final BiGan networks;
    private final Adam discriminator;
    private final Adam painters;

    /**
     * @param engine arithmetic
     * @param networks all three
     * @param options of both Adams
     */
    BiGanLearner(Engine engine, BiGan networks, AdamOptions options) {
        this.engine = engine;
        this.networks = networks;
        discriminator = new Adam(prefixed("discriminator.", networks.discriminator()), options);
        Map<String, Parameter> both = prefixed("encoder.", networks.encoder());
        both.putAll(prefixed("generator.", networks.generator()));
        painters = new Adam(both, options);
    }

    private static Map<String, Parameter> prefixed(String prefix, Module module) {
        Map<String, Parameter> all = new LinkedHashMap<>();
        module.parameters().forEach((name, parameter) -> all.put(prefix + name, parameter));
        return all;
    }

    @Override
    public Module network() {
        return networks;
    }

    @Override
    public Module encoder() {
        return networks.encoder();
    }

    @Override
    public boolean validates() {
        return false;
    }

    @Override
    public double learn(EncoderBatch batch, double rate, long seed) {
        double loss = discriminate(batch, rate, Seeds.derive(seed, "discriminator"));
        deceive(batch, rate, Seeds.derive(seed, "painters"));
        return loss;
    }

    /**
     * The discriminator learns; the others stay.
     *
     * @return its loss before: the mean of both cross-entropies, ln 2 where it knows nothing
     */
    double discriminate(EncoderBatch batch, double rate, long seed) {
        return step(discriminator, batch, rate, seed, true);
    }

    /**
     * Encoder and generator learn; the discriminator stays.
     *
     * @return their loss before: what the discriminator's would be with its labels swapped
     */
    double deceive(EncoderBatch batch, double rate, long seed) {
        return step(painters, batch, rate, seed, false);
    }

    private double step(Adam adam, EncoderBatch batch, double rate, long seed, boolean truthful) {
        networks.discriminator().trainable(truthful);
        networks.encoder().trainable(!truthful);
        networks.generator().trainable(!truthful);
        adam.learningRate(rate);
        try (Tape tape = engine.record()) {
            Tensor loss = loss(tape, batch, seed, truthful);
            tape.backward(loss);
            adam.step();
            return loss.scalar();
        } finally {
            networks.trainable(true);
        }
    }

    private Tensor loss(Tape tape, EncoderBatch batch, long seed, boolean truthful) {
        Tensor averaged = networks.encoder().averaged(tape.constant(batch.input(tape)));
        Tensor code = networks.encoder().encode(averaged);
        float[] drawn = new float[Math.toIntExact(code.value().length())];
        double[] noise = VaeLearner.noise(drawn.length, seed);
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = (float) noise[i];
        }
        Tensor prior = tape.constant(Targets.array(tape, drawn, code.shape()));
        Tensor painted = networks.generator().forward(prior);
        Tensor ofReal = judged(averaged, code, truthful ? 1 : 0);
        Tensor ofPainted = judged(painted, prior, truthful ? 0 : 1);
        return Arithmetic.scale(Arithmetic.add(ofReal, ofPainted), 0.5);
    }

    private Tensor judged(Tensor averaged, Tensor code, double label) {
        Tensor logits = networks.discriminator().judge(averaged, code);
        INDArray labels = logits.tape().allocate(logits.shape());
        logits.tape().kernels().fill(labels, label);
        return Losses.bceWithLogits(logits, labels);
    }

    /**
     * How well the discriminator tells the two apart.
     *
     * @return its loss; nothing learns
     */
    @Override
    public double check(EncoderBatch batch, long seed) {
        try (Tape tape = engine.inference()) {
            return loss(tape, batch, seed, true).scalar();
        }
    }

    @Override
    public Map<String, INDArray> optimiser() {
        Map<String, INDArray> state = new LinkedHashMap<>(discriminator.state());
        state.putAll(painters.state());
        return state;
    }

    @Override
    public void close() {
        discriminator.close();
        painters.close();
    }
}
