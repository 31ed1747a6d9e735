package slidefield.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import slidefield.score.Resolution;

/**
 * WSI-INR's Table 1: patch methods fall across resolutions, resolution-specific inference-time optimisation does not. A
 * method falls if its Dice at Base/2 or Base/4 is more than {@value #TOLERANCE} of its Dice at Base below that: the paper
 * calls -3.48 % stable, and -25.29 % a clear degradation.
 */
final class CrossResolutionClaim {
    static final String PAPER =
            "patch methods fall across resolutions, resolution-specific inference-time optimisation does not";

    /** Of the Dice at Base. */
    static final double TOLERANCE = 0.05;

    /** A Dice at Base below this is no segmentation that could fall. */
    private static final double LEAST = 0.01;

    private CrossResolutionClaim() {}

    /**
     * Judges from mean Dice values.
     *
     * @param patch Dice by resolution of every patch method
     * @param specific the name and Dice of resolution-specific optimisation
     */
    static Claim of(Map<String, Map<Resolution, Double>> patch, Map.Entry<String, Map<Resolution, Double>> specific) {
        List<String> clauses = new ArrayList<>();
        boolean judged = true;
        long right = 0;
        for (Map.Entry<String, Map<Resolution, Double>> method : patch.entrySet()) {
            judged &= segments(method.getValue());
            right += falls(method.getValue()) ? 1 : 0;
            clauses.add(clause(method));
        }
        judged &= segments(specific.getValue());
        right += falls(specific.getValue()) ? 0 : 1;
        clauses.add(clause(specific));
        Claim.Verdict verdict =
                judged && !patch.isEmpty() ? Claim.Verdict.of(right, patch.size() + 1) : Claim.Verdict.UNDECIDED;
        return new Claim(PAPER, verdict, String.join(", ", clauses));
    }

    /**
     * Judges from outcomes; says how many seeds show the same by themselves.
     *
     * @param patch names of the patch methods
     * @param specific name of resolution-specific optimisation
     */
    static Claim of(Outcomes outcomes, List<String> patch, String specific) {
        Claim mean = of(patch, specific, outcomes::meanDice);
        List<Long> seeds = outcomes.seeds();
        if (seeds.size() == 1) {
            return mean.and("from one seed");
        }
        long same = seeds.stream()
                .filter(seed -> of(patch, specific, method -> outcomes.dice(method, seed))
                                .verdict()
                        == mean.verdict())
                .count();
        return mean.and(same + " of " + seeds.size() + " seeds give the same verdict by themselves");
    }

    private static Claim of(List<String> patch, String specific, Function<String, Map<Resolution, Double>> dice) {
        Map<String, Map<Resolution, Double>> rows = new LinkedHashMap<>();
        patch.forEach(method -> rows.put(method, dice.apply(method)));
        return of(rows, Map.entry(specific, dice.apply(specific)));
    }

    /** Change of the Dice at a coarser resolution relative to Base, as a fraction; NaN where Base is 0. */
    static double change(Map<Resolution, Double> dice, Resolution resolution) {
        double base = dice.get(Resolution.BASE);
        return base > 0 ? (dice.get(resolution) - base) / base : Double.NaN;
    }

    private static boolean segments(Map<Resolution, Double> dice) {
        return dice.get(Resolution.BASE) >= LEAST;
    }

    /** The resolution with the greatest fall, or the least gain. */
    private static Resolution worst(Map<Resolution, Double> dice) {
        return change(dice, Resolution.HALF) <= change(dice, Resolution.QUARTER) ? Resolution.HALF : Resolution.QUARTER;
    }

    static boolean falls(Map<Resolution, Double> dice) {
        return change(dice, worst(dice)) < -TOLERANCE;
    }

    private static String clause(Map.Entry<String, Map<Resolution, Double>> method) {
        Map<Resolution, Double> dice = method.getValue();
        if (!segments(dice)) {
            return method.getKey() + " finds next to nothing at Base";
        }
        Resolution at = worst(dice);
        return String.format(
                Locale.ROOT,
                "%s %s (%+.1f %% at %s)",
                method.getKey(),
                falls(dice) ? "falls" : "does not fall",
                100 * change(dice, at),
                at.label());
    }
}
