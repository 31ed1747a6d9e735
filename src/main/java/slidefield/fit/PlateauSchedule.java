package slidefield.fit;

import java.util.List;

/**
 * A learning rate that is lowered when the validation has stopped to get better, as Keras' {@code ReduceLROnPlateau} does it
 * (Neural Image Compression trains all its networks so: Tellez et al. 2019, appendix). It keeps no state: the rate follows
 * from the validations so far, so that a resumed training goes on with the rate that the uninterrupted one would have.
 *
 * <p>Immutable: thread-safe.
 *
 * @param rate the first one, above 0
 * @param factor what the rate is multiplied by, above 0 and below 1
 * @param patience validations without a new best after which the rate is lowered, at least 1
 * @param cooldown validations after a lowering that are not counted against it, at least 0
 * @param floor the rate is never below, above 0 and at most {@code rate}
 */
public record PlateauSchedule(double rate, double factor, int patience, int cooldown, double floor) {
    /** @throws IllegalArgumentException if a number is out of range; names it */
    public PlateauSchedule {
        Check.positive("rate", rate);
        Check.positive("factor", factor);
        Check.below("factor", factor, 0, 1);
        Check.between("patience", patience, 1, 1_000_000);
        Check.between("cooldown", cooldown, 0, 1_000_000);
        Check.positive("floor", floor);
        Check.between("floor", floor, 0, rate);
    }

    /**
     * The paper's: divided by 10 down to 1e-5, without a cooldown.
     *
     * @param rate the first one
     * @param patience validations without a new best; the paper does not say how many
     */
    public static PlateauSchedule tenths(double rate, int patience) {
        return new PlateauSchedule(rate, 0.1, patience, 0, 1e-5);
    }

    /** Where the validations led. */
    private record Stand(double rate, int waited) {}

    /**
     * @param losses of all validations so far in their order; less is better, and only less than all before is better
     * @return the rate of the steps that follow
     */
    public double rateAfter(List<Double> losses) {
        return after(losses).rate();
    }

    /**
     * @param losses of all validations so far in their order
     * @return whether the rate is at its floor and {@code patience} validations more brought nothing
     */
    public boolean exhausted(List<Double> losses) {
        Stand stand = after(losses);
        return stand.rate() == floor && stand.waited() >= patience;
    }

    /**
     * {@link #rateAfter(List)} of the validations among reports.
     *
     * @param reports of the epochs so far, trainings among them
     */
    public double rateAfterEpochs(List<EpochReport> reports) {
        return rateAfter(losses(reports));
    }

    /**
     * {@link #exhausted(List)} of the validations among reports.
     *
     * @param reports of the epochs so far, trainings among them
     */
    public boolean exhaustedAfterEpochs(List<EpochReport> reports) {
        return exhausted(losses(reports));
    }

    private static List<Double> losses(List<EpochReport> reports) {
        return reports.stream()
                .filter(r -> r.phase() == Phase.VALIDATION)
                .map(EpochReport::loss)
                .toList();
    }

    private Stand after(List<Double> losses) {
        double now = rate;
        double best = Double.POSITIVE_INFINITY;
        int waited = 0;
        int cooling = 0;
        for (double loss : losses) {
            if (cooling > 0) {
                cooling--;
                waited = 0;
            }
            if (loss < best) {
                best = loss;
                waited = 0;
            } else if (cooling == 0) {
                waited++;
                if (waited >= patience && now > floor) {
                    now = Math.max(floor, now * factor);
                    cooling = cooldown;
                    waited = 0;
                }
            }
        }
        return new Stand(now, waited);
    }
}
