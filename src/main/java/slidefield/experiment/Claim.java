package slidefield.experiment;

/**
 * Whether something that a paper says is seen in our numbers.
 *
 * @param paper what it says
 * @param verdict computed from the numbers
 * @param numbers the ones that it rests on, as a clause or two without a full stop
 */
public record Claim(String paper, Verdict verdict, String numbers) {
    /** How far a claim is seen. */
    public enum Verdict {
        /** Every part of it. */
        SEEN("seen in our data"),
        /** Some parts, not others. */
        PARTLY("partly seen in our data"),
        /** No part. */
        NOT_SEEN("not seen in our data"),
        /** The numbers hold no segmentation to compare. */
        UNDECIDED("cannot be judged from our data");

        private final String words;

        Verdict(String words) {
            this.words = words;
        }

        /** In a sentence. */
        public String words() {
            return words;
        }

        /** @param right how many parts are seen, of {@code all} */
        static Verdict of(long right, long all) {
            return right == all ? SEEN : right > 0 ? PARTLY : NOT_SEEN;
        }
    }

    /** One plain sentence. */
    public String sentence() {
        return "\"" + paper + "\" is " + verdict.words() + ": " + numbers + ".";
    }

    /** The same with a further clause. */
    Claim and(String clause) {
        return clause.isEmpty() ? this : new Claim(paper, verdict, numbers + "; " + clause);
    }
}
