package slidefield.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import slidefield.data.PhantomSet;
import slidefield.kernel.JupyterTool;
import slidefield.slide.PhantomOptions;

/**
 * Every notebook of the project: its form as committed, and a run of it at reduced size. The system property {@code
 * notebooks} limits the runs to those whose names begin with it.
 */
class NotebooksTest {
    private static final Pattern TYPE =
            Pattern.compile("^\\s*(public |static |final )*(class|record|interface|enum) ", Pattern.MULTILINE);
    private static final Pattern MACHINE_PATH = Pattern.compile("(?<![\\w.:/])/(home|root|tmp|work|Users)/");

    static List<Path> notebooks() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("notebooks"))) {
            return files.filter(f -> f.toString().endsWith(".ipynb")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void itIsShortAndCommittedWithItsOutputs(Path notebook) throws IOException {
        JsonNode root = new ObjectMapper().readTree(notebook.toFile());
        int lines = 0;
        int pictures = 0;
        List<Integer> numbers = new ArrayList<>();
        for (JsonNode cell : root.path("cells")) {
            if (!cell.path("cell_type").asText().equals("code")) {
                continue;
            }
            String code = text(cell.path("source"));
            int length = code.split("\n").length;
            lines += length;
            assertTrue(length <= 20, "a cell of " + length + " lines:\n" + code);
            assertFalse(TYPE.matcher(code).find(), "defines a type:\n" + code);
            for (String line : code.split("\n")) {
                assertTrue(line.length() <= 110, "a line of " + line.length() + " characters: " + line);
            }
            for (JsonNode output : cell.path("outputs")) {
                assertFalse(output.path("output_type").asText().equals("error"), "holds an error:\n" + code);
                pictures += output.path("data").has("image/png") ? 1 : 0;
            }
            numbers.add(cell.path("execution_count").asInt());
        }
        assertTrue(lines <= 150, lines + " lines of code");
        assertTrue(pictures >= 2, "committed with " + pictures + " pictures: execute it and commit the result");
        for (int i = 0; i < numbers.size(); i++) {
            assertEquals(i + 1, numbers.get(i), "not executed in order from the top");
        }
        assertEquals("java", root.at("/metadata/kernelspec/name").asText());
        assertFalse(MACHINE_PATH.matcher(Files.readString(notebook)).find(), "holds a path of a machine");
        assertTrue(Files.readString(notebook).contains("Try this"), "ends with exercises");
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void itRunsAtReducedSize(Path notebook, @TempDir Path folder) throws Exception {
        JupyterTool.assumeJupyter();
        String wanted = System.getProperty("notebooks", "");
        assumeTrue(notebook.getFileName().toString().startsWith(wanted), "only notebooks that begin with " + wanted);
        PhantomOptions small = PhantomOptions.defaults().withSize(256, 192);
        Path manifest = PhantomSet.make(folder.resolve("slides"), 2, small, 5, done -> {})
                .manifest();
        ProcessBuilder builder = new ProcessBuilder(
                "environment/execute-notebook",
                notebook.toString(),
                folder.resolve("out").toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("SLIDEFIELD_QUICK", "1");
        builder.environment().put("SLIDEFIELD_MANIFEST", manifest.toString());
        // without polyps, whatever this machine has
        builder.environment().put("SLIDEFIELD_DATA", folder.toString());
        builder.environment().remove("SLIDEFIELD_IMAGES");
        builder.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile());

        int status = builder.start().waitFor();

        assertEquals(0, status, Files.readString(folder.resolve("log")));
        assertTrue(Files.size(folder.resolve("out")
                        .resolve(notebook.getFileName().toString().replace(".ipynb", ".html")))
                > 100_000);
    }

    private static String text(JsonNode lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line.asText()));
        return text.toString();
    }
}
