package slidefield.experiment;

import java.util.ArrayList;
import java.util.List;

/** A claim that some mean numbers are above others, judged one by one. */
final class AboveClaim {
    private final String paper;
    private final String format;
    private final List<String> clauses = new ArrayList<>();
    private long right;

    /** @param paper what it says of percents */
    AboveClaim(String paper) {
        this(paper, "%.2f");
    }

    /**
     * @param paper what it says
     * @param format of the numbers
     */
    AboveClaim(String paper, String format) {
        this.paper = paper;
        this.format = format;
    }

    /**
     * One part of the claim.
     *
     * @param better name of what should be above
     * @param high its numbers
     * @param worse name of what should be below
     * @param low its numbers
     */
    AboveClaim above(String better, Spread high, String worse, Spread low) {
        right += high.mean() > low.mean() ? 1 : 0;
        String sign = high.mean() > low.mean() ? " > " : high.mean() < low.mean() ? " < " : " = ";
        clauses.add(better + " " + high.text(format) + sign + worse + " " + low.text(format));
        return this;
    }

    /**
     * @param decided whether there is anything to compare: some answer that holds a segmentation
     */
    Claim claim(boolean decided) {
        Claim.Verdict verdict =
                decided && !clauses.isEmpty() ? Claim.Verdict.of(right, clauses.size()) : Claim.Verdict.UNDECIDED;
        return new Claim(paper, verdict, String.join("; ", clauses));
    }
    /** The same where the paper says it of most: more than half of the parts are enough. */
    Claim claimOfMost(boolean decided) {
        Claim all = claim(decided);
        return decided && 2 * right > clauses.size() ? new Claim(paper, Claim.Verdict.SEEN, all.numbers()) : all;
    }
}
