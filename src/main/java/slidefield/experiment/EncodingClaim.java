package slidefield.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import slidefield.score.Resolution;

/** WSI-INR's Table 2: the hash grid is above NeRF's encoding, and that above none. */
final class EncodingClaim {
    static final String PAPER = "hash grid above NeRF encoding above no encoding";

    /** Dice values that differ by less are the same to the tables' four decimals. */
    private static final double SAME = 5e-5;

    private EncodingClaim() {}

    /**
     * Judges each step at each resolution.
     *
     * @param none Dice by resolution without encoding
     * @param nerf with NeRF's
     * @param hash with the hash grid
     */
    static Claim of(Map<Resolution, Double> none, Map<Resolution, Double> nerf, Map<Resolution, Double> hash) {
        long right = 0;
        List<String> clauses = new ArrayList<>();
        for (Resolution resolution : hash.keySet()) {
            double low = none.get(resolution);
            double middle = nerf.get(resolution);
            double high = hash.get(resolution);
            right += (high > middle + SAME ? 1 : 0) + (middle > low + SAME ? 1 : 0);
            clauses.add(String.format(
                    Locale.ROOT,
                    "%s: hash grid %.4f %s NeRF %.4f %s none %.4f",
                    resolution.label(),
                    high,
                    sign(high, middle),
                    middle,
                    sign(middle, low),
                    low));
        }
        return new Claim(PAPER, Claim.Verdict.of(right, 2L * hash.size()), String.join("; ", clauses));
    }

    private static String sign(double left, double right) {
        return Math.abs(left - right) <= SAME ? "=" : left > right ? ">" : "<";
    }
}
