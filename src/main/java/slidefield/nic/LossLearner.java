package slidefield.nic;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.Adam;
import slidefield.nn.AdamOptions;
import slidefield.nn.Engine;
import slidefield.nn.Module;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;

/** One network, one loss, one Adam. */
abstract class LossLearner implements EncoderLearner {
    private final Engine engine;
    private final Module network;
    private final Module encoder;
    private final Adam adam;

    LossLearner(Engine engine, Module network, Module encoder, AdamOptions options) {
        this.engine = engine;
        this.network = network;
        this.encoder = encoder;
        adam = new Adam(network.parameters(), options);
    }

    /**
     * @param tape of the step
     * @param batch what is learnt from, or checked
     * @param seed of its choices
     * @return a scalar
     */
    abstract Tensor loss(Tape tape, EncoderBatch batch, long seed);

    Engine engine() {
        return engine;
    }

    @Override
    public Module network() {
        return network;
    }

    @Override
    public Module encoder() {
        return encoder;
    }

    @Override
    public boolean validates() {
        return true;
    }

    @Override
    public double learn(EncoderBatch batch, double rate, long seed) {
        adam.learningRate(rate);
        try (Tape tape = engine.record()) {
            Tensor loss = loss(tape, batch, seed);
            tape.backward(loss);
            adam.step();
            return loss.scalar();
        }
    }

    @Override
    public double check(EncoderBatch batch, long seed) {
        try (Tape tape = engine.inference()) {
            return loss(tape, batch, seed).scalar();
        }
    }

    @Override
    public Map<String, INDArray> optimiser() {
        return adam.state();
    }

    @Override
    public void close() {
        adam.close();
    }
}
