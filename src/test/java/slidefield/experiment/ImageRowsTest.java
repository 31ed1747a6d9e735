package slidefield.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import slidefield.score.Confusion;
import slidefield.swipe.ImageSegmenter;
import slidefield.swipe.NetworkCost;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;

class ImageRowsTest {
    /** A row whose network is never trained. */
    private record Untrained(String name, NetworkCost cost) implements ImageMethod {
        @Override
        public String text() {
            return name;
        }

        @Override
        public void require(long seed) {}

        @Override
        public ImageSegmenter train(long seed, int input) {
            throw new AssertionError("not trained");
        }
    }

    private static final List<ImageMethod> METHODS = List.of(
            new Untrained("SwIPE", new NetworkCost(2_500_000, 3_000_000_000L, 1)),
            new Untrained("IOSNet", new NetworkCost(4_000_000, 5_000_000_000L, 5_000_000_000L)));

    /** Of 10 pixels, 2 are foreground. */
    private static Confusion counts(int right, int wrong) {
        return new Confusion(right, wrong, 2 - right, 8 - wrong);
    }

    private static ImageOutcomes outcomes() {
        ImageOutcomes outcomes = new ImageOutcomes();
        for (long seed = 0; seed < 2; seed++) {
            for (int image = 0; image < 2; image++) {
                // Dice 1 and 1, then 1 and 0.5
                outcomes.add(new ImageOutcome(
                        "SwIPE", "Dice %", seed, "i" + image, seed == 1 && image == 1 ? counts(1, 1) : counts(2, 0)));
                outcomes.add(new ImageOutcome("IOSNet", "Dice %", seed, "i" + image, counts(0, 0)));
            }
        }
        return outcomes;
    }

    private static ImageRows rows() {
        return new ImageRows(
                outcomes(),
                METHODS,
                new PaperNumbers().number("SwIPE", "Dice %", 85.05, 0.82).number("IOSNet", "Dice %", 78.37));
    }

    @Test
    void theTableHasMeansOverSeedsThePapersNumbersAndReferences() {
        Table table = rows().table();

        Row swipe = table.row(0);
        assertEquals(87.5, swipe.getDouble("Dice %"), 1e-9);
        assertEquals(25 / Math.sqrt(2), swipe.getDouble("Dice % sd"), 1e-9);
        assertEquals(85.05, swipe.getDouble("Dice % paper"));
        assertEquals(0.82, swipe.getDouble("Dice % paper sd"));
        assertEquals(2, swipe.getDouble("Dice % n"));
        assertEquals(3_000_000_000L, swipe.getLong("multiply-adds"));
        assertEquals("all background", table.row(1).getString("note"));
        assertTrue(table.row(1).isMissing("Dice % paper sd"));
        // 2 of 10 pixels: 2 * 2 / (10 + 2)
        assertEquals("all foreground", table.row(2).getString("method"));
        assertEquals(100 / 3.0, table.row(2).getDouble("Dice %"), 1e-9);
        assertEquals(0, table.row(3).getDouble("Dice %"));
        assertEquals(8, outcomes().perImage().rowCount());
    }

    @Test
    void theMarkdownIsForPeople() {
        String text = rows().markdown();

        assertTrue(text.contains("| SwIPE "), text);
        assertTrue(text.contains("2.50 M"), text);
        assertTrue(text.contains("3.00 G"), text);
        assertTrue(text.contains("87.50 ± 17.68"), text);
        assertTrue(text.contains("85.05 ± 0.82"), text);
        assertTrue(text.contains("*all foreground*"), text);
    }

    @Test
    void barsLeaveRowsWithoutANumberOut() {
        List<String> one = List.of("Dice %");

        assertArrayEquals(new double[] {87.5}, rows().bars(one).get("SwIPE"));
        assertArrayEquals(new double[] {85.1}, rows().paperBars(one).get("SwIPE"));
        assertFalse(rows().bars(List.of("Dice %", "elsewhere")).containsKey("SwIPE"));
    }

    @Test
    void aClaimIsJudgedByItsParts() {
        Spread high = new Spread(50, 1);
        Spread low = new Spread(40, Double.NaN);

        assertEquals(
                Claim.Verdict.SEEN,
                new AboveClaim("p").above("a", high, "b", low).claim(true).verdict());
        Claim partly = new AboveClaim("p")
                .above("a", high, "b", low)
                .above("b", low, "a", high)
                .claim(true);
        assertEquals(Claim.Verdict.PARTLY, partly.verdict());
        assertEquals("a 50.00 ± 1.00 > b 40.00; b 40.00 < a 50.00 ± 1.00", partly.numbers());
        assertEquals(
                Claim.Verdict.NOT_SEEN,
                new AboveClaim("p").above("b", low, "a", high).claim(true).verdict());
        assertEquals(
                Claim.Verdict.NOT_SEEN,
                new AboveClaim("p").above("a", low, "b", low).claim(true).verdict());
        assertEquals(
                Claim.Verdict.UNDECIDED,
                new AboveClaim("p").above("a", high, "b", low).claim(false).verdict());
    }
}
