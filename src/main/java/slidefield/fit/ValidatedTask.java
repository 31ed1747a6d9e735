package slidefield.fit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import slidefield.nn.Module;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;

/**
 * What a {@link ValidatedTrainer} trains, and on what: items by number, such as volumes.
 *
 * <p>Not thread-safe: for the thread that trains.
 */
public interface ValidatedTask {
    /** The network, whose parameters are learnt. */
    Module network();

    /** What its epochs are reported as. */
    Phase phase();

    /** The names of the items that are learnt from, at least one. */
    List<String> learnt();

    /** The names of the items that the best weights are chosen by, at least one. */
    List<String> unseen();

    /**
     * The numbers of the items of an epoch in their order; here each once. A step takes the next {@code batch} of them.
     *
     * @param batch items of a step
     * @param random of this epoch
     */
    default List<Integer> order(int batch, Random random) {
        List<Integer> order = new ArrayList<>();
        for (int item = 0; item < learnt().size(); item++) {
            order.add(item);
        }
        Collections.shuffle(order, random);
        return order;
    }

    /**
     * Whether the last batch of an epoch is filled up with the epoch's first items, as here: batch normalisation would learn
     * other statistics of a smaller one, and none at all of a single value. Otherwise it is what is left.
     */
    default boolean wholeBatches() {
        return true;
    }

    /**
     * What a step minimises.
     *
     * @param tape of the step
     * @param items numbers of the items that are learnt from
     * @param seed of this step's choices
     * @return a scalar
     */
    Tensor loss(Tape tape, List<Integer> items, long seed);

    /**
     * What the weights now come to for an item that is not learnt from; the network is not in training.
     *
     * @param item its number
     * @return the less the better, such as 1 - Dice
     */
    double check(int item);
}
