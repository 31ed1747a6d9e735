package slidefield.experiment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the MRN paper reads from its ROC curves (section 5), judged from areas. */
final class MrnClaims {
    static final String BILINEAR = "MRN-bilinear";
    static final String TRANSPOSED = "MRN-transposed";

    static final String ALIKE = "on validation slides the results are rather identical";
    static final String COARSER = "on test slides U-Net gets worse as the pixel size grows";
    static final String ABOVE = "on test slides both multi-resolution networks outperform the U-Nets";
    static final String BEST = "MRN-transposed is the best on both";

    /** Areas within this of each other are rather identical. */
    private static final double NEAR = 0.02;

    private MrnClaims() {}

    /**
     * @param unets names of the U-Nets, the one with the finest pixels first
     * @param validation mean area by method, on validation slides
     * @param test the same on test slides
     */
    static List<Claim> of(List<String> unets, Map<String, Double> validation, Map<String, Double> test) {
        return List.of(alike(validation), coarser(unets, test), above(unets, test), best(validation, test));
    }

    private static Claim judged(String paper, Map<String, Double> areas, Claim.Verdict verdict, String numbers) {
        boolean number = areas.values().stream().allMatch(Double::isFinite);
        return new Claim(
                paper,
                number ? verdict : Claim.Verdict.UNDECIDED,
                number ? numbers : "the slides do not hold both lesion and normal pixels");
    }

    private static Claim alike(Map<String, Double> areas) {
        double least = Collections.min(areas.values());
        double most = Collections.max(areas.values());
        return judged(
                ALIKE,
                areas,
                most - least <= NEAR ? Claim.Verdict.SEEN : Claim.Verdict.NOT_SEEN,
                String.format(Locale.ROOT, "areas from %.4f to %.4f", least, most));
    }

    private static Claim coarser(List<String> unets, Map<String, Double> areas) {
        List<String> numbers = new ArrayList<>();
        long falls = 0;
        for (int i = 0; i < unets.size(); i++) {
            double area = areas.get(unets.get(i));
            numbers.add(String.format(Locale.ROOT, "%s %.4f", unets.get(i), area));
            falls += i > 0 && area < areas.get(unets.get(i - 1)) ? 1 : 0;
        }
        return judged(COARSER, areas, Claim.Verdict.of(falls, unets.size() - 1), String.join(", ", numbers));
    }

    private static Claim above(List<String> unets, Map<String, Double> areas) {
        double best = unets.stream().mapToDouble(areas::get).max().orElseThrow();
        double bilinear = areas.get(BILINEAR);
        double transposed = areas.get(TRANSPOSED);
        long right = (bilinear > best ? 1 : 0) + (transposed > best ? 1 : 0);
        return judged(
                ABOVE,
                areas,
                Claim.Verdict.of(right, 2),
                String.format(
                        Locale.ROOT,
                        "%s %.4f, %s %.4f, the best U-Net %.4f",
                        BILINEAR,
                        bilinear,
                        TRANSPOSED,
                        transposed,
                        best));
    }

    private static Claim best(Map<String, Double> validation, Map<String, Double> test) {
        String first = top(validation);
        String second = top(test);
        long right = (first.equals(TRANSPOSED) ? 1 : 0) + (second.equals(TRANSPOSED) ? 1 : 0);
        Claim claim = judged(
                BEST,
                validation,
                Claim.Verdict.of(right, 2),
                String.format(
                        Locale.ROOT,
                        "the largest area is that of %s on validation slides (%.4f) and of %s on test slides (%.4f)",
                        first,
                        validation.get(first),
                        second,
                        test.get(second)));
        return judged(BEST, test, claim.verdict(), claim.numbers());
    }

    private static String top(Map<String, Double> areas) {
        return Collections.max(areas.entrySet(), Map.Entry.comparingByValue()).getKey();
    }
}
