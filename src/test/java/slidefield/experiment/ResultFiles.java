package slidefield.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import tech.tablesaw.api.Table;

/** What every experiment leaves in its folder. */
final class ResultFiles {
    private ResultFiles() {}

    /** Its tables, pictures and page are there and can be read; gives the page. */
    static String assertWritten(ExperimentResult result, Path out, String name) throws IOException {
        for (String ending : List.of(".csv", ".png", ".md")) {
            assertTrue(result.files().contains(out.resolve(name + ending)), ending + " in " + result.files());
        }
        for (Path file : result.files()) {
            assertTrue(Files.size(file) > 0, file.toString());
            if (file.toString().endsWith(".png")) {
                assertNotNull(ImageIO.read(file.toFile()), file.toString());
            }
        }
        assertTrue(result.table().rowCount() > 0);
        assertEquals(
                result.table().rowCount(),
                Table.read().csv(out.resolve(name + ".csv").toFile()).rowCount());
        assertFalse(result.claims().isEmpty());
        String page = Files.readString(out.resolve(name + ".md"));
        assertEquals(page, result.report());
        return page;
    }
}
