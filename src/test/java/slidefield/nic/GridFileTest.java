package slidefield.nic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slidefield.io.InputException;

class GridFileTest {
    @TempDir
    Path folder;

    private static CodeGrid grid(int first) {
        float[] values = new float[2 * 3 * 4];
        for (int i = 0; i < values.length; i++) {
            values[i] = first + i / 8f;
        }
        return new CodeGrid(2, 3, 4, values);
    }

    private long files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    @Test
    void gridsAreReadAsTheyWereAdded() throws IOException {
        // given
        try (GridFile file = new GridFile(folder)) {
            for (int i = 0; i < 5; i++) {
                file.add("image " + i, 9 - i, grid(10 * i), "an encoder");
            }
            // when / then: in any order, as often as wanted
            for (int i : new int[] {3, 0, 4, 3}) {
                LabelledGrid read = file.get(i);
                assertEquals("image " + i, read.name());
                assertEquals(9 - i, read.label());
                assertEquals(1, read.orientations());
                assertArrayEquals(grid(10 * i).values(), file.read(i).values());
                assertEquals(4, read.grid(0, 4).code());
            }
            assertEquals(5, file.count());
        }
        assertEquals(0, files(), "the file is left");
    }

    @Test
    void whatAKilledProcessLeftIsRemovedAndOthersStay() throws IOException {
        Files.writeString(folder.resolve("grids-12.tmp"), "left");
        Files.writeString(folder.resolve("grids.csv"), "mine");

        new GridFile(folder).close();

        assertEquals(1, files());
        assertEquals("mine", Files.readString(folder.resolve("grids.csv")));
    }

    @Test
    void gridsThatDoNotFitAreRefused() {
        try (GridFile file = new GridFile(folder)) {
            file.add("a", 0, grid(0), "an encoder");
            CodeGrid other = new CodeGrid(3, 2, 4, new float[24]);
            assertThrows(IllegalArgumentException.class, () -> file.add("b", 0, other, "an encoder"));
            CodeGrid wild = new CodeGrid(2, 3, 4, new float[24]);
            wild.values()[7] = Float.NaN;
            InputException refused = assertThrows(InputException.class, () -> file.add("b", 0, wild, "a wild encoder"));
            assertTrue(refused.getMessage().contains("a wild encoder"), refused.getMessage());
            assertEquals(1, file.count());
        }
        assertThrows(InputException.class, () -> new GridFile(folder.resolve("nowhere")));
    }

    @Test
    void anInterruptIsAnEndNotAFailure() {
        try (GridFile file = new GridFile(folder)) {
            file.add("a", 0, grid(0), "an encoder");
            LabelledGrid read = file.get(0);
            Thread.currentThread().interrupt();
            assertThrows(CancellationException.class, () -> read.grid(0, 4));
            assertTrue(Thread.interrupted());
        }
    }
}
