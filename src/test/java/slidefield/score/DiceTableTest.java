package slidefield.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

class DiceTableTest {
    @TempDir
    Path folder;

    private static DiceTable row(DiceTable table, String method, double... dice) {
        for (Resolution resolution : Resolution.values()) {
            table.add(method, "mean", resolution, dice[resolution.ordinal()]);
        }
        return table;
    }

    @Test
    void thePapersChangesAreReproduced() {
        // given WSI-INR, Tables 1 and 2
        DiceTable table = new DiceTable();
        row(table, "U-Net", 0.4858, 0.2418, 0.2221);
        row(table, "resolution-specific", 0.2417, 0.2333, 0.3048);
        row(table, "w/o encoding", 0, 0, 0);
        row(table, "NeRF", 0.0901, 0.0901, 0.0901);
        // when
        String text = table.text();
        // then
        for (String part :
                List.of("0.2418 (-50.23%)", "0.2221 (-54.28%)", "0.2333 (-3.48%)", "0.3048 (+26.11%)", "Base/4")) {
            assertTrue(text.contains(part), part + " is not in\n" + text);
        }
        assertEquals(
                List.of("", "", "all-background answer?", "all-lesion answer?"),
                table.summary().stringColumn("note").asList());
        assertFalse(text.contains("NaN"), text);
    }

    @Test
    void meanDeviationAndReferencesOverSlides() {
        // given two slides, one tenth and three tenths lesion
        DiceTable table = new DiceTable()
                .add("field", "a", Resolution.BASE, new Confusion(10, 0, 0, 90))
                .add("field", "b", Resolution.BASE, new Confusion(15, 0, 15, 70))
                .add("other", "a", Resolution.BASE, new Confusion(10, 90, 0, 0))
                .add("other", "b", Resolution.BASE, new Confusion(30, 70, 0, 0));
        // when
        Table summary = table.summary();
        // then
        assertEquals(
                List.of("field", "other", DiceTable.ALL_LESION, DiceTable.ALL_BACKGROUND),
                summary.stringColumn("method").asList());
        double[] expectedMeans = {(1 + 2 / 3.0) / 2, (20 / 110.0 + 60 / 130.0) / 2, (20 / 110.0 + 60 / 130.0) / 2, 0};
        for (int i = 0; i < 4; i++) {
            assertEquals(expectedMeans[i], summary.doubleColumn("Base").getDouble(i), 1e-12);
        }
        assertEquals(
                (1 - 2 / 3.0) / Math.sqrt(2), summary.doubleColumn("Base sd").getDouble(0), 1e-12, "sample deviation");
        assertEquals(
                List.of("", "all-lesion answer?", "reference", "reference"),
                summary.stringColumn("note").asList());
        assertTrue(summary.doubleColumn("Base/2").isMissing(0), "nothing was added there");
        assertEquals(8, table.perSlide().rowCount());
        System.out.println(table.text());
        assertTrue(table.text().contains("0.8333 ± 0.2357"), table.text());
    }

    @Test
    void aSlideThatLacksAResolutionIsNoted() {
        // given
        DiceTable table = new DiceTable()
                .add("field", "a", Resolution.BASE, 0.5)
                .add("field", "a", Resolution.HALF, 0.4)
                .add("field", "b", Resolution.BASE, 0.5);
        // when / then
        assertEquals(
                "some slides lack a resolution",
                table.summary().stringColumn("note").get(0));
    }

    @Test
    void whatIsWrittenReadsBack() throws IOException {
        // given
        DiceTable table = new DiceTable()
                .add("a, \"quoted\"", "s", Resolution.BASE, 1 / 3.0)
                .add("a, \"quoted\"", "s", Resolution.HALF, 0.25);
        Path summary = folder.resolve("deep/summary.csv");
        Path slides = folder.resolve("deep/slides.csv");
        // when
        table.writeCsv(summary, slides);
        // then
        Table back = Table.read().csv(slides.toFile());
        assertEquals("a, \"quoted\"", back.stringColumn("method").get(0));
        assertEquals(1 / 3.0, back.doubleColumn("Base").getDouble(0));
        assertEquals(-0.25, back.doubleColumn("Base/2 change").getDouble(0), 1e-12);
        assertFalse(Files.readString(summary).contains("NaN"));
        assertEquals(2, Files.readString(summary).lines().count());
    }

    @Test
    void cellsHoldADiceOnce() {
        DiceTable table = new DiceTable().add("m", "s", Resolution.BASE, 0.5);
        assertThrows(IllegalArgumentException.class, () -> table.add("m", "s", Resolution.BASE, 0.5));
        for (double bad : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThrows(IllegalArgumentException.class, () -> table.add("m", "t", Resolution.BASE, bad));
        }
    }
}
