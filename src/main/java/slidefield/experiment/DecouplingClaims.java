package slidefield.experiment;

import java.util.List;
import java.util.Locale;
import slidefield.score.Spearman;

/** WSI-INR's reading of its Fig. 4, judged from numbers. */
final class DecouplingClaims {
    static final String LEVELS = "low levels keep structure, high levels keep detail";
    static final String BOTH = "the full hash grid integrates both: best reconstruction and best segmentation";
    static final String FAILURE = "high levels alone lead to segmentation failure";
    static final String DEPENDS = "segmentation depends on reconstruction quality";

    private static final double SIGNIFICANT = 0.05;

    private DecouplingClaims() {}

    /**
     * A variant's means.
     *
     * @param psnr in dB
     * @param structure in dB
     * @param detail explained share
     * @param dice of the lesion
     */
    record Means(double psnr, double structure, double detail, double dice) {
        static Means of(LevelOutcomes outcomes, LevelVariant variant) {
            return new Means(
                    outcomes.mean(variant, LevelOutcomes.PSNR),
                    outcomes.mean(variant, LevelOutcomes.STRUCTURE),
                    outcomes.mean(variant, LevelOutcomes.DETAIL),
                    outcomes.mean(variant, LevelOutcomes.DICE));
        }
    }

    /** @param allTissue Dice of calling all tissue a lesion, which no failure can be above */
    static List<Claim> of(Means full, Means low, Means high, double allTissue) {
        boolean structure = low.structure() > high.structure();
        boolean detail = high.detail() > low.detail();
        Claim levels = new Claim(
                LEVELS,
                Claim.Verdict.of(count(structure, detail), 2),
                String.format(
                        Locale.ROOT,
                        "structure %.2f dB with the low levels and %.2f dB with the high ones, explained detail %.3f and"
                                + " %.3f",
                        low.structure(),
                        high.structure(),
                        low.detail(),
                        high.detail()));
        boolean paint = full.psnr() > Math.max(low.psnr(), high.psnr());
        boolean lesion = full.dice() > Math.max(low.dice(), high.dice());
        Claim both = new Claim(
                BOTH,
                Claim.Verdict.of(count(paint, lesion), 2),
                String.format(
                        Locale.ROOT,
                        "PSNR %.2f, %.2f and %.2f dB, Dice %.4f, %.4f and %.4f with all, low and high levels",
                        full.psnr(),
                        low.psnr(),
                        high.psnr(),
                        full.dice(),
                        low.dice(),
                        high.dice()));
        boolean fails = high.dice() < allTissue && high.dice() < full.dice();
        Claim failure = new Claim(
                FAILURE,
                fails ? Claim.Verdict.SEEN : Claim.Verdict.NOT_SEEN,
                String.format(
                        Locale.ROOT,
                        "Dice %.4f with the high levels alone, %.4f for calling all tissue a lesion",
                        high.dice(),
                        allTissue));
        return List.of(levels, both, failure);
    }

    /**
     * Rank correlation of paint and segmentation over all variants, slides and seeds.
     *
     * @param psnr in dB
     * @param dice as long
     */
    static Claim depends(double[] psnr, double[] dice) {
        if (psnr.length < 4) {
            return new Claim(DEPENDS, Claim.Verdict.UNDECIDED, "there are only " + psnr.length + " answers");
        }
        Spearman rank = Spearman.of(psnr, dice);
        Claim.Verdict verdict = Double.isNaN(rank.rho())
                ? Claim.Verdict.UNDECIDED
                : rank.rho() > 0 && rank.p() < SIGNIFICANT ? Claim.Verdict.SEEN : Claim.Verdict.NOT_SEEN;
        return new Claim(
                DEPENDS,
                verdict,
                String.format(
                        Locale.ROOT,
                        "Spearman's rho of PSNR and Dice is %.2f (p = %.2g) over %d answers",
                        rank.rho(),
                        rank.p(),
                        rank.n()));
    }

    private static long count(boolean... parts) {
        long count = 0;
        for (boolean part : parts) {
            count += part ? 1 : 0;
        }
        return count;
    }
}
