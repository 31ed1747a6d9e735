package slidefield.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slidefield.kernel.JupyterTool;

/** The script that executes notebooks, on a tiny one. */
@Tag("alone")
class ExecuteNotebookTest {
    private static final Path TINY = Path.of("src/test/resources/slidefield/notebook/tiny.ipynb");

    @TempDir
    Path folder;

    @BeforeEach
    void jupyter() {
        JupyterTool.assumeJupyter();
    }

    @Test
    void anExecutedNotebookHasEveryOutputAndIsTheSameEveryTime() throws Exception {
        Path first = execute(TINY, "first");
        Path second = execute(TINY, "second");

        assertEquals(-1, Files.mismatch(first.resolve("tiny.ipynb"), second.resolve("tiny.ipynb")));
        assertEquals(-1, Files.mismatch(first.resolve("tiny.html"), second.resolve("tiny.html")));
        JsonNode cells = new ObjectMapper()
                .readTree(first.resolve("tiny.ipynb").toFile())
                .path("cells");
        assertEquals("385", cells.at("/2/outputs/0/data/text~1plain/0").asText());
        assertEquals(3, cells.at("/3/outputs/0/text").size());
        assertTrue(cells.at("/4/outputs/0/data/image~1png").asText().length() > 10_000);
        assertEquals(
                "Training [########################] 20/20  loss 0.1",
                cells.at("/7/outputs/0/data/text~1plain/0").asText());
        String html = Files.readString(first.resolve("tiny.html"));
        assertTrue(html.contains("data:image/png;base64,"), "pictures are embedded");
        String root = Path.of("").toAbsolutePath().toString();
        assertFalse(html.contains(root)
                || Files.readString(first.resolve("tiny.ipynb")).contains(root));
    }

    @Test
    void aFailingCellIsNamedAndNothingIsWritten() throws Exception {
        Path bad = Files.writeString(
                folder.resolve("bad.ipynb"),
                Files.readString(TINY).replace("IntStream.of(squares).sum()", "squares[99]"));

        JupyterTool.Outcome outcome = JupyterTool.run(
                "",
                folder,
                List.of(
                        "environment/execute-notebook",
                        bad.toString(),
                        folder.resolve("out").toString()));

        assertEquals(1, outcome.status());
        assertTrue(outcome.err().contains("cell 3 failed"), outcome.err());
        assertTrue(outcome.err().contains("ArrayIndexOutOfBoundsException"), outcome.err());
        assertFalse(outcome.err().contains("Traceback"), outcome.err());
        assertFalse(Files.exists(folder.resolve("out")));
    }

    private Path execute(Path notebook, String name) throws Exception {
        Path out = folder.resolve(name);
        JupyterTool.Outcome outcome = JupyterTool.run(
                "", folder, List.of("environment/execute-notebook", notebook.toString(), out.toString()));
        assertEquals(0, outcome.status(), outcome.err());
        return out;
    }
}
