package slidefield.nn;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.updaters.AdamUpdater;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Adam's step with ND4J's own updater, in any precision and on any backend. {@link AdamSlot} must agree with it. */
final class AdamReference {
    /** Elements updated at a time: the work array stays in the cache, and large tables need no second copy. */
    private static final int CHUNK = 1 << 18;

    private final AdamOptions options;
    private final double learningRate;
    private final int before;

    /**
     * @param options validated
     * @param learningRate of this step
     * @param before steps done before
     */
    AdamReference(AdamOptions options, double learningRate, int before) {
        this.options = options;
        this.learningRate = learningRate;
        this.before = before;
    }

    void step(AdamSlot slot) {
        INDArray value = flat(slot.parameter.value());
        INDArray gradient = flat(slot.parameter.gradient());
        INDArray m = flat(slot.m);
        INDArray v = flat(slot.v);
        long length = value.length();
        try (INDArray update = work(value, length);
                INDArray decayed = work(value, couples() ? length : 1)) {
            for (long start = 0; start < length; start += CHUNK) {
                long end = Math.min(length, start + CHUNK);
                step(
                        part(value, start, end),
                        part(gradient, start, end),
                        part(m, start, end),
                        part(v, start, end),
                        part(update, 0, end - start),
                        couples() ? part(decayed, 0, end - start) : null);
            }
        }
    }

    private void step(INDArray value, INDArray gradient, INDArray m, INDArray v, INDArray update, INDArray decayed) {
        INDArray g = gradient;
        if (decayed != null) {
            value.muli(options.weightDecay(), decayed);
            decayed.addi(gradient);
            g = decayed;
        } else if (options.weightDecay() > 0) {
            value.muli(1 - learningRate * options.weightDecay());
        }
        // ND4J adds its epsilon to sqrt(v) and corrects the bias outside, so PyTorch's is scaled to match.
        double epsilon = options.epsilon() * Math.sqrt(1 - Math.pow(options.beta2(), before + 1.0));
        // It also replaces a rate of 0 by epsilon: a rate of 1 gives the moments, and the update is dropped below.
        double rate = learningRate > 0 ? learningRate : 1;
        Nd4j.exec(new AdamUpdater(g, v, m, update, v, m, rate, options.beta1(), options.beta2(), epsilon, before));
        if (learningRate > 0) {
            value.subi(update);
        }
    }

    private boolean couples() {
        return options.weightDecay() > 0 && !options.decoupled();
    }

    private static INDArray flat(INDArray array) {
        return array.reshape('c', new long[] {array.length()});
    }

    private static INDArray part(INDArray flat, long start, long end) {
        return flat.length() == end - start ? flat : flat.get(NDArrayIndex.interval(start, end));
    }

    private static INDArray work(INDArray like, long length) {
        return Nd4j.createUninitializedDetached(like.dataType(), 'c', Math.min(CHUNK, length));
    }
}
