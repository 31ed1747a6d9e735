package slidefield.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import slidefield.score.Confusion;
import slidefield.score.Resolution;
import tech.tablesaw.api.Table;

class DiceRowsTest {
    /** Counts with the Dice tp / 1000, as 2 tp + fp + fn = 2000. */
    private static Confusion counts(int tp) {
        return new Confusion(tp, 1000 - tp, 1000 - tp, 3000);
    }

    private static Outcomes twoSeedsOfTwoSlides() {
        Outcomes outcomes = new Outcomes();
        int[][] atBase = {{400, 600}, {500, 900}};
        for (int seed = 0; seed < 2; seed++) {
            for (int slide = 0; slide < 2; slide++) {
                for (Resolution resolution : Resolution.values()) {
                    int tp = atBase[seed][slide] / resolution.factor();
                    outcomes.add(
                            new Outcome(PaperDice.UNET, seed, "slide" + slide, resolution, counts(tp), Double.NaN, 2));
                }
            }
        }
        return outcomes;
    }

    @Test
    void meansAndDeviationsAreOverSeedsOfMeansOverSlides() {
        Table table = new DiceRows(twoSeedsOfTwoSlides(), PaperDice.TABLE_1).table();

        assertEquals(PaperDice.UNET, table.stringColumn("method").get(0));
        assertEquals(2, table.intColumn("seeds").getInt(0));
        assertEquals(2, table.intColumn("slides").getInt(0));
        assertEquals(0.6, table.doubleColumn("Base").getDouble(0), 1e-12);
        // Seeds of 0.5 and 0.7.
        assertEquals(Math.sqrt(0.02), table.doubleColumn("Base sd").getDouble(0), 1e-12);
        assertEquals(-0.5, table.doubleColumn("Base/2 change").getDouble(0), 1e-12);
        assertEquals(-0.75, table.doubleColumn("Base/4 change").getDouble(0), 1e-12);
        assertEquals(0.4858, table.doubleColumn("Base paper").getDouble(0), 0);
    }

    @Test
    void thePapersChangesAreThoseThatItPrints() {
        Outcomes outcomes = new Outcomes();
        for (PaperDice row : PaperDice.TABLE_1) {
            for (Resolution resolution : Resolution.values()) {
                outcomes.add(new Outcome(row.method(), 0, "slide", resolution, counts(500), Double.NaN, 2));
            }
        }

        String text = new DiceRows(outcomes, PaperDice.TABLE_1).markdown();

        for (String printed :
                new String[] {"-50.23%", "-54.28%", "-25.29%", "-36.18%", "-31.15%", "-30.37%", "-3.48%", "+26.11%"}) {
            assertTrue(text.contains("(" + printed + ")"), printed + " in " + text);
        }
        assertTrue(text.contains("| 0.5000 (+0.00%)"), text);
    }

    @Test
    void whatHoldsNoSegmentationIsNamedAndSetBesideItsReferences() {
        // given one method that calls everything, and one that calls nothing a lesion
        Outcomes outcomes = new Outcomes();
        for (Resolution resolution : Resolution.values()) {
            outcomes.add(new Outcome("all", 0, "slide", resolution, new Confusion(100, 900, 0, 0), Double.NaN, 2));
            outcomes.add(new Outcome("none", 0, "slide", resolution, new Confusion(0, 0, 100, 900), Double.NaN, 2));
        }
        // when
        DiceRows rows = new DiceRows(outcomes, PaperDice.TABLE_1);
        Table table = rows.table();
        // then
        assertEquals("all lesion", table.stringColumn("note").get(0));
        assertEquals("all background", table.stringColumn("note").get(1));
        assertEquals("all lesion", table.stringColumn("method").get(2));
        assertEquals(200.0 / 1100, table.doubleColumn("Base").getDouble(2), 1e-12);
        assertEquals(0, table.doubleColumn("Base").getDouble(3), 0);
        assertTrue(table.doubleColumn("Base paper").isMissing(0));
        assertTrue(table.doubleColumn("Base sd").isMissing(0), "one seed has no deviation");
        assertTrue(rows.markdown().contains(String.format(Locale.ROOT, "%.4f", 200.0 / 1100)), rows.markdown());
    }
}
