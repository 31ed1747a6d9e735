package slidefield.nic;

import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.fit.Targets;
import slidefield.nn.Tape;

/**
 * What an encoder learns from in one step. Not copied: who makes it gives its arrays away.
 *
 * @param count N, examples
 * @param shape of one example's values, such as P, P, colours
 * @param first N x shape, row-major
 * @param second the same of the partners where examples are pairs; otherwise null
 * @param labels N classes; of pairs, 1 where both show the same place; empty where there are none
 */
public record EncoderBatch(int count, long[] shape, float[] first, float[] second, int[] labels) {
    /** N x shape; of pairs 2 N x shape, all the first ones before all the second ones. */
    INDArray input(Tape tape) {
        long[] whole = new long[shape.length + 1];
        System.arraycopy(shape, 0, whole, 1, shape.length);
        whole[0] = count;
        if (second == null) {
            return Targets.array(tape, first, whole);
        }
        whole[0] = 2L * count;
        float[] both = new float[first.length + second.length];
        System.arraycopy(first, 0, both, 0, first.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return Targets.array(tape, both, whole);
    }
}
