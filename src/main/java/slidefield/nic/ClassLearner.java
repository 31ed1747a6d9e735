package slidefield.nic;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.fit.Targets;
import slidefield.nn.AdamOptions;
import slidefield.nn.Engine;
import slidefield.nn.Losses;
import slidefield.nn.Module;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;

/**
 * What learns classes: of patches (supervised training), of pairs of patches (contrastive training), of codes (the probe).
 * Binary cross-entropy of one logit, or the cross-entropy of a softmax of several; checked by 1 - accuracy.
 */
final class ClassLearner extends LossLearner {
    /**
     * @param engine arithmetic
     * @param network from examples to logits: N x 1 for two classes, else N x classes
     * @param encoder the part of it that is the result
     * @param options of Adam
     */
    ClassLearner(Engine engine, Module network, Module encoder, AdamOptions options) {
        super(engine, network, encoder, options);
    }

    @Override
    Tensor loss(Tape tape, EncoderBatch batch, long seed) {
        Tensor logits = network().forward(tape.constant(batch.input(tape)));
        if (logits.size(1) > 1) {
            return Losses.crossEntropy(logits, batch.labels());
        }
        float[] wanted = new float[batch.count()];
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = batch.labels()[i];
        }
        INDArray target = Targets.array(tape, wanted, wanted.length, 1);
        return Losses.bceWithLogits(logits, target);
    }

    @Override
    public double check(EncoderBatch batch, long seed) {
        int[] found = classes(batch);
        int wrong = 0;
        for (int i = 0; i < found.length; i++) {
            if (found[i] < 0) {
                return Double.NaN;
            }
            wrong += found[i] == batch.labels()[i] ? 0 : 1;
        }
        return (double) wrong / found.length;
    }

    /** The class that the network gives to each example; -1 where a logit is no number. */
    int[] classes(EncoderBatch batch) {
        try (Tape tape = engine().inference()) {
            Tensor logits = network().forward(tape.constant(batch.input(tape)));
            int width = Math.toIntExact(logits.size(1));
            double[] values = logits.value()
                    .reshape('c', new long[] {logits.value().length()})
                    .toDoubleVector();
            int[] classes = new int[batch.count()];
            for (int i = 0; i < classes.length; i++) {
                if (width == 1) {
                    classes[i] = values[i] > 0 ? 1 : 0;
                }
                for (int c = 1; c < width; c++) {
                    classes[i] = values[i * width + c] > values[i * width + classes[i]] ? c : classes[i];
                }
                boolean known =
                        Arrays.stream(values, i * width, (i + 1) * width).noneMatch(Double::isNaN);
                classes[i] = known ? classes[i] : -1;
            }
            return classes;
        }
    }
}
