package slidefield.nic;

import slidefield.fit.Check;
import slidefield.fit.PlateauSchedule;
import slidefield.nn.AdamOptions;

/**
 * How an encoder, or what judges its codes, is trained.
 *
 * <p>Immutable: thread-safe.
 *
 * @param batch examples of a step, 64 in the paper
 * @param epochs at most so many; training also ends when the schedule is exhausted
 * @param iterations at most so many steps in all, in the middle of an epoch if need be; 0 for no such limit
 * @param schedule the learning rate; with a floor as large as the rate it stays the same
 * @param beta1 Adam's decay of the gradient's mean
 * @param beta2 Adam's decay of the gradient's square
 */
public record EncoderTrainingOptions(
        int batch, int epochs, int iterations, PlateauSchedule schedule, double beta1, double beta2) {
    private static final double EPSILON = 1e-8;

    /** @throws IllegalArgumentException if an option is out of range or missing */
    public EncoderTrainingOptions {
        Check.between("batch", batch, 2, 65536);
        Check.between("epochs", epochs, 1, 1_000_000);
        Check.between("iterations", iterations, 0, 1_000_000_000);
        if (schedule == null) {
            throw new IllegalArgumentException("schedule is missing: give rate, factor, patience, cooldown, floor");
        }
        Check.below("beta1", beta1, 0, 1);
        Check.below("beta2", beta2, 0, 1);
    }

    /**
     * The paper's: batches of 64, Adam, the rate divided by 10 down to 1e-5 where the validation gets no better.
     *
     * @param rate the first one
     * @param epochs at most so many; a choice, as the patience of 5 is
     */
    public static EncoderTrainingOptions paper(double rate, int epochs) {
        return new EncoderTrainingOptions(64, epochs, 0, PlateauSchedule.tenths(rate, 5), 0.9, 0.999);
    }

    /**
     * The paper's of a BiGAN: batches of 64, Adam at 2e-4 all the time.
     *
     * @param iterations steps
     */
    public static EncoderTrainingOptions biGan(int iterations) {
        double rate = 2e-4;
        return new EncoderTrainingOptions(
                64, 1_000_000, iterations, new PlateauSchedule(rate, 0.1, 1, 0, rate), 0.5, 0.999);
    }

    /** Options of the optimisers. */
    AdamOptions adam() {
        return new AdamOptions(schedule.rate(), beta1, beta2, EPSILON, 0, false);
    }

    /** Steps of an epoch that sees so many examples each once; the last batch is filled up. */
    int stepsPerEpoch(int examples) {
        return (examples + batch - 1) / batch;
    }

    /** Epochs at most with so many examples. */
    int epochs(int examples) {
        int steps = stepsPerEpoch(examples);
        return iterations == 0 ? epochs : Math.min(epochs, (iterations + steps - 1) / steps);
    }

    /**
     * Steps of one epoch.
     *
     * @param epoch counted from 1
     */
    int steps(int epoch, int examples) {
        int whole = stepsPerEpoch(examples);
        return iterations == 0 ? whole : (int) Math.min(whole, iterations - (epoch - 1L) * whole);
    }
}
