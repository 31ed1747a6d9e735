package slidefield.score;

/**
 * Overlap of a predicted with a true lesion mask, each number in [0, 1].
 *
 * <p>Convention for empty masks: where neither holds a lesion the answer is right and all four are 1; where only
 * one of them does, all four are 0 (so precision of an empty prediction is 0, not undefined).
 *
 * @param dice 2 TP / (2 TP + FP + FN)
 * @param jaccard TP / (TP + FP + FN)
 * @param precision TP / (TP + FP)
 * @param recall TP / (TP + FN)
 */
public record Scores(double dice, double jaccard, double precision, double recall) {
    static Scores of(long truePositives, long falsePositives, long falseNegatives) {
        if (truePositives == 0) {
            double all = falsePositives == 0 && falseNegatives == 0 ? 1 : 0;
            return new Scores(all, all, all, all);
        }
        double tp = truePositives;
        return new Scores(
                2 * tp / (2 * tp + falsePositives + falseNegatives),
                tp / (tp + falsePositives + falseNegatives),
                tp / (tp + falsePositives),
                tp / (tp + falseNegatives));
    }
}
