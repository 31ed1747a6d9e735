package slidefield.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import slidefield.io.InputException;

/** Options in YAML are plain values: no tag makes anything else of them. */
class YamlTagTest {
    private static final String VALID = Settings.preset("teaching").toYaml();

    @TempDir
    Path folder;

    private String refused(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("config.yaml"), yaml);
        String message =
                assertThrows(InputException.class, () -> Settings.read(file)).getMessage();
        assertEquals(1, message.lines().count(), message);
        assertTrue(message.contains("config.yaml"), message);
        return message;
    }

    @ParameterizedTest
    @ValueSource(strings = {"!!javax.script.ScriptEngineManager", "!!java.io.File", "!teaching", "!!str", "!!map"})
    void aTagIsRefusedWhereverItStands(String tag) throws IOException {
        assertTrue(
                refused(tag + " [!!java.net.URL [\"http://127.0.0.1:9/\"]]\n").contains("type tag"));
        assertTrue(refused(tag + "\n" + VALID).contains("type tag"));
        assertTrue(refused(VALID.replace("seed: ", "seed: " + tag + " ")).contains("line 2"));
    }

    @Test
    void aTagIsRefusedInAChange() {
        String message = assertThrows(
                        InputException.class, () -> Settings.preset("teaching").with("seed", "!!java.io.File 5"))
                .getMessage();
        assertTrue(message.contains("type tag"), message);
    }

    @Test
    void anAnchorIsNotFollowed() throws IOException {
        // given lists that would grow tenfold with every line
        StringBuilder bomb = new StringBuilder(VALID).append("a0: &a0 [x, x]\n");
        for (int i = 1; i < 40; i++) {
            bomb.append("a" + i + ": &a" + i + " [*a" + (i - 1) + ", *a" + (i - 1) + "]\n");
        }
        // when / then
        assertTrue(refused(bomb.toString()).contains("unknown option"));
    }
}
