package slidefield.swipe;

import java.util.function.Supplier;
import slidefield.fit.Phase;
import slidefield.nn.Module;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;

/**
 * What an {@link ImageTrainer} makes learn.
 *
 * @param network whose weights are changed
 * @param phase what its learning is called
 * @param loss of a step
 * @param segmenter answers images with the weights as they are; asked while the network is not in training
 * @param <S> what comes out
 */
record ImageLearner<S extends ImageSegmenter>(Module network, Phase phase, BatchLoss loss, Supplier<S> segmenter) {
    /** What is minimised. */
    interface BatchLoss {
        /**
         * @param tape of the step
         * @param batch what the step learns from
         * @param seed of the step's choices
         * @return a scalar
         */
        Tensor of(Tape tape, SwipeBatch batch, long seed);
    }
}
