package slidefield.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What SwIPE's Table 2, left, says: who loses how much by other resolutions. */
final class SwipeResolutionClaims {
    private SwipeResolutionClaims() {}

    static List<Claim> of(ImageOutcomes outcomes) {
        boolean decided = outcomes.methods().stream().noneMatch(outcomes::isDegenerate);
        return List.of(outputs(outcomes, decided), inputs(outcomes, decided));
    }

    /** By how many points a row's Dice falls in a column. */
    private static double loss(ImageOutcomes outcomes, String method, String view) {
        return outcomes.dice(method, SwipePaper.SAME).mean()
                - outcomes.dice(method, view).mean();
    }

    private static Claim outputs(ImageOutcomes outcomes, boolean decided) {
        List<String> clauses = new ArrayList<>();
        int right = 0;
        int all = 0;
        for (String view : List.of(SwipePaper.SMALLER_OUTPUT, SwipePaper.LARGER_OUTPUT)) {
            double discrete = loss(outcomes, SwipePaper.PRANET, view);
            List<String> numbers = new ArrayList<>(List.of(points(SwipePaper.PRANET, discrete)));
            for (String implicit : List.of(SwipePaper.IOSNET, SwipePaper.SWIPE)) {
                double own = loss(outcomes, implicit, view);
                right += own < discrete ? 1 : 0;
                all++;
                numbers.add(points(implicit, own));
            }
            clauses.add(view + ": " + String.join(", ", numbers));
        }
        return new Claim(
                "implicit networks lose less by another output size than a discrete one",
                decided ? Claim.Verdict.of(right, all) : Claim.Verdict.UNDECIDED,
                "change of Dice, " + String.join("; ", clauses));
    }

    private static Claim inputs(ImageOutcomes outcomes, boolean decided) {
        List<String> clauses = new ArrayList<>();
        int right = 0;
        String[][] pairs = {
            {SwipePaper.SMALLER_INPUT, SwipePaper.SMALLER_OUTPUT}, {SwipePaper.LARGER_INPUT, SwipePaper.LARGER_OUTPUT}
        };
        for (String[] pair : pairs) {
            double input = loss(outcomes, SwipePaper.PRANET, pair[0]);
            double output = loss(outcomes, SwipePaper.PRANET, pair[1]);
            right += input > output ? 1 : 0;
            clauses.add(points(pair[0], input) + ", " + points(pair[1], output));
        }
        return new Claim(
                "another input size costs the discrete network more than another output size",
                decided ? Claim.Verdict.of(right, pairs.length) : Claim.Verdict.UNDECIDED,
                "change of PraNet's Dice, " + String.join("; ", clauses));
    }

    private static String points(String name, double loss) {
        return String.format(Locale.ROOT, "%s %+.2f", name, -loss);
    }
}
