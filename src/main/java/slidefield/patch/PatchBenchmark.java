package slidefield.patch;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.fit.MedianTime;
import slidefield.nn.Activations;
import slidefield.nn.Adam;
import slidefield.nn.AdamOptions;
import slidefield.nn.Engine;
import slidefield.nn.Init;
import slidefield.nn.Losses;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;

/**
 * Times a patch network's training step and prediction on random patches.
 *
 * <p>Not thread-safe.
 */
public final class PatchBenchmark implements AutoCloseable {
    private final Engine engine;
    private final PatchNetwork network;
    private final List<INDArray> patches;
    private final INDArray target;
    private final Adam adam;

    /**
     * @param engine arithmetic and precision
     * @param network of FLOAT; its weights are changed
     * @param batch patches per step
     * @param size side of a patch in pixels
     * @param seed of the patches
     */
    public PatchBenchmark(Engine engine, PatchNetwork network, int batch, int size, long seed) {
        this.engine = engine;
        this.network = network;
        Init init = new Init(engine.type(), seed);
        patches = network.scales().stream()
                .map(scale -> init.uniform(0.5, batch, size, size, 3).addi(0.5))
                .toList();
        target = init.uniform(1, batch, size, size, 1).gt(0).castTo(engine.type());
        adam = new Adam(network.parameters(), AdamOptions.of(1e-3));
    }

    /**
     * A step: forward, binary cross-entropy, backward, Adam.
     *
     * @param steps timed
     * @param warmUp seconds of untimed steps before them, at least five steps
     * @return the median in milliseconds
     */
    public double train(int steps, double warmUp) {
        network.training(true);
        return MedianTime.of(this::step, steps, warmUp);
    }

    private void step() {
        try (Tape tape = engine.record()) {
            tape.backward(Losses.bceWithLogits(logits(tape), target));
            adam.step();
        }
    }

    /**
     * Prediction of the same patches.
     *
     * @param steps timed
     * @param warmUp seconds of untimed predictions before them, at least five
     * @return the median in milliseconds
     */
    public double predict(int steps, double warmUp) {
        network.training(false);
        return MedianTime.of(
                () -> {
                    try (Tape tape = engine.inference()) {
                        Activations.sigmoid(logits(tape));
                    }
                },
                steps,
                warmUp);
    }

    private Tensor logits(Tape tape) {
        return network.forward(patches.stream().map(tape::constant).toList());
    }

    /** Frees the patches and the optimiser's moments. */
    @Override
    public void close() {
        adam.close();
        patches.forEach(INDArray::close);
        target.close();
    }
}
