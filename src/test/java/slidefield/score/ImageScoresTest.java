package slidefield.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class ImageScoresTest {
    @Test
    void everyImageCountsTheSame() {
        // given an image that is nearly right and a smaller one that is wrong
        ImageScores scores = new ImageScores(List.of("polyp"));
        // when
        double first = scores.add("a", new byte[] {1, 1, 1, 0, 0, 0}, new byte[] {1, 1, 0, 0, 0, 0});
        double second = scores.add("b", new byte[] {1, 0}, new byte[] {0, 1});
        // then
        assertEquals(0.8, first, 1e-12);
        assertEquals(0, second);
        assertEquals(0.4, scores.mean(), 1e-12);
        assertEquals(Math.sqrt(0.32), scores.deviation(), 1e-12);
        assertEquals(List.of(0.8, 0.0), scores.dice());
    }

    @Test
    void aClassThatIsNowhereDoesNotCount() {
        // given two classes, of which the first image shows one
        ImageScores scores = new ImageScores(List.of("left", "right"));
        // when / then
        assertEquals(2 / 3.0, scores.add("a", new byte[] {0, 1, 0}, new byte[] {0, 1, 1}), 1e-12);
        assertEquals(0.5, scores.add("b", new byte[] {1, 2, 0}, new byte[] {1, 0, 0}), 1e-12);
        assertEquals(1, scores.add("c", new byte[3], new byte[3]));
        assertEquals((2 / 3.0 + 1) / 2, scores.mean(1), 1e-12);
        assertEquals(0, scores.mean(2));
        Table table = scores.table();
        assertEquals(List.of("image", "Dice", "left", "right"), table.columnNames());
        assertTrue(table.doubleColumn("right").isMissing(0));
        assertEquals(0, table.doubleColumn("right").get(1));
    }

    private static byte[] bytes(List<Integer> values) {
        byte[] bytes = new byte[values.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = values.get(i).byteValue();
        }
        return bytes;
    }

    @Property(tries = 200)
    void aTrueAnswerScoresOneAndOrderDoesNotMatter(
            @ForAll @Size(20) List<@IntRange(max = 2) Integer> wanted,
            @ForAll @Size(20) List<@IntRange(max = 2) Integer> predicted) {
        byte[] truth = bytes(wanted);
        byte[] prediction = bytes(predicted);
        ImageScores scores = new ImageScores(List.of("a", "b"));
        assertEquals(1, scores.add("same", truth, truth), 1e-12);
        double there = scores.add("there", prediction, truth);
        assertEquals(there, scores.add("back", truth, prediction), 1e-12);
        assertTrue(there >= 0 && there <= 1);
    }

    @Test
    void whatIsNoClassMapIsRefused() {
        ImageScores scores = new ImageScores(List.of("a"));
        assertThrows(IllegalArgumentException.class, () -> scores.add("x", new byte[] {2}, new byte[] {1}));
        assertThrows(IllegalArgumentException.class, () -> scores.add("x", new byte[] {1}, new byte[] {-1}));
        assertThrows(IllegalArgumentException.class, () -> scores.add("x", new byte[2], new byte[1]));
        assertThrows(IllegalArgumentException.class, () -> new ImageScores(List.of()));
        assertTrue(Double.isNaN(scores.mean()), "nothing was added");
    }
}
