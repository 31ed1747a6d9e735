package slidefield.fit;

import slidefield.nn.Module;

/**
 * Times a network's training step and prediction on random input that was made beforehand. What closes it frees what it holds
 * outside the heap.
 *
 * <p>Not thread-safe.
 */
public abstract class NetworkBenchmark implements AutoCloseable {
    private final Module network;

    /** @param network timed; its weights are changed */
    protected NetworkBenchmark(Module network) {
        this.network = network;
    }

    /** A training step: forward, loss, backward, optimiser. */
    protected abstract void step();

    /** A prediction, of a network that is not in training. */
    protected abstract void prediction();

    /** The network's parameters. */
    public final long parameters() {
        return network.parameterCount();
    }

    /**
     * Times training steps.
     *
     * @param timing how
     * @return the median in milliseconds
     */
    public final double train(Timing timing) {
        network.training(true);
        return timing.median(this::step);
    }

    /**
     * Times predictions.
     *
     * @param timing how
     * @return the median in milliseconds
     */
    public final double predict(Timing timing) {
        network.training(false);
        return timing.median(this::prediction);
    }

    @Override
    public abstract void close();
}
