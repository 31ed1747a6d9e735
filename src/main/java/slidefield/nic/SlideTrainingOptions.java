package slidefield.nic;

import slidefield.fit.Check;
import slidefield.fit.PlateauSchedule;

/**
 * How a network of compressed slides learns (Tellez et al. 2019, appendix). An epoch has as many steps as give every slide a
 * turn once, were they drawn evenly; classes come equally often.
 *
 * @param task what is predicted
 * @param epochs in all, each followed by a validation; the weights of the best are the result
 * @param batch crops of a step
 * @param rate Adam's first learning rate
 * @param factor what the rate is multiplied by when the validation stops improving, above 0 and below 1
 * @param patience validations without a new best before that
 * @param floor the rate is never below
 * @param l2 factor of the squares of penalised weights in the loss, at least 0
 * @param augment whether all crops of a step are mirrored along one axis and turned, at random
 * @param crops T, of a slide whose answers are averaged
 */
public record SlideTrainingOptions(
        SlideTask task,
        int epochs,
        int batch,
        double rate,
        double factor,
        int patience,
        double floor,
        double l2,
        boolean augment,
        int crops) {
    /** @throws IllegalArgumentException if an option is out of range; names it */
    public SlideTrainingOptions {
        if (task == null) {
            throw new IllegalArgumentException("training.task must be binary, classes or regression");
        }
        Check.between("training.epochs", epochs, 1, 1_000_000);
        // batch normalisation of the last map would learn nothing of a single value
        Check.between("training.batch", batch, 2, 1 << 14);
        Check.positive("training.rate", rate);
        Check.positive("training.factor", factor);
        Check.below("training.factor", factor, 0, 1);
        Check.between("training.patience", patience, 1, 1_000_000);
        Check.positive("training.floor", floor);
        Check.between("training.floor", floor, 0, rate);
        Check.atLeast("training.l2", l2, 0);
        Check.between("training.crops", crops, 1, 1 << 14);
    }

    /** The paper's: batches of 16, rate 1e-2 divided by 10 down to 1e-5, T = 10; patience and epochs are not printed. */
    public static SlideTrainingOptions paper(SlideTask task) {
        return new SlideTrainingOptions(task, 200, 16, 1e-2, 0.1, 8, 1e-5, 1e-5, true, 10);
    }

    /** How the rate falls. */
    PlateauSchedule schedule() {
        return new PlateauSchedule(rate, factor, patience, 0, floor);
    }
}
