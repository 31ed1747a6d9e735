package slidefield.patch;

import slidefield.fit.Check;
import slidefield.fit.Schedule;

/**
 * How a patch network is trained.
 *
 * @param batch patches of one step
 * @param stepsPerEpoch steps of one epoch, after which the validation loss is taken
 * @param epochs at most so many; the weights of the one with the least validation loss are kept
 * @param optimiser how weights follow gradients
 * @param rate learning rate
 * @param decay how the rate falls
 * @param finalRate share of {@code rate} that it falls to; 1 keeps it
 * @param beta1 Adam's decay of the gradient's mean, or SGD's momentum
 * @param beta2 Adam's decay of the gradient's square; SGD has none
 * @param l2 lambda of the penalty {@code lambda / 2 |W|^2} on the weights of convolutions and linear layers; biases
 *     and normalisations have none
 * @param loss what is minimised
 */
public record PatchTrainingOptions(
        int batch,
        int stepsPerEpoch,
        int epochs,
        Optimiser optimiser,
        double rate,
        Decay decay,
        double finalRate,
        double beta1,
        double beta2,
        double l2,
        PatchLoss loss) {
    /** How weights follow gradients. */
    public enum Optimiser {
        /** Adam (Kingma and Ba 2015); the penalty's gradient is a part of the gradient. */
        ADAM,
        /** Stochastic gradient descent with momentum. */
        SGD
    }

    /** How the learning rate falls. */
    public enum Decay {
        /** Along half a cosine. */
        COSINE,
        /** As the 0.9th power of the share of the steps that is left (TransUNet, the authors' code). */
        POLYNOMIAL;

        private static final double POWER = 0.9;

        /**
         * @param step from 0
         * @param steps all of them
         * @param last the factor at the end
         * @return the factor of the rate
         */
        double factor(long step, long steps, double last) {
            return switch (this) {
                case COSINE -> Schedule.cosine((double) step / Math.max(1, steps - 1), last);
                case POLYNOMIAL -> last + (1 - last) * Schedule.polynomial((double) step / steps, POWER);
            };
        }
    }

    public PatchTrainingOptions {
        Check.between("batch", batch, 1, 4096);
        Check.between("stepsPerEpoch", stepsPerEpoch, 1, 1_000_000);
        Check.between("epochs", epochs, 1, 100_000);
        Check.positive("rate", rate);
        Check.share("finalRate", finalRate);
        Check.below("beta1", beta1, 0, 1);
        Check.below("beta2", beta2, 0, 1);
        Check.atLeast("l2", l2, 0);
        if (optimiser == null) {
            throw new IllegalArgumentException("optimiser must be adam or sgd");
        }
        if (decay == null) {
            throw new IllegalArgumentException("decay must be cosine or polynomial");
        }
        if (loss == null) {
            throw new IllegalArgumentException("loss must be bce, bce+dice or transunet");
        }
    }
}
