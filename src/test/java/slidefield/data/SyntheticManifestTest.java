package slidefield.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import slidefield.io.InputException;

class SyntheticManifestTest {
    private static final String GOOD =
            "name: digits\nsize: 450\ndensity: 0.006\nshrink: 50\ntraining: 100\ntest: 10\nshift: 0\nseed: 1\n";

    @TempDir
    Path folder;

    static List<Path> manifests() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("data-manifests/synthetic"))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void everyManifestOfTheProjectSaysWhatItIs(Path file) {
        // when
        SyntheticManifest manifest = SyntheticManifest.read(file);
        // then
        assertEquals(file.getFileName().toString(), manifest.name() + ".yaml");
        assertFalse(manifest.description().isBlank());
        assertFalse(manifest.licence().isBlank());
        assertFalse(manifest.attribution().isBlank());
        assertTrue(manifest.source().startsWith("http"));
    }

    @Test
    void thePapersNumbersAreThere() {
        // when
        SyntheticManifest manifest = SyntheticManifest.read(Path.of("data-manifests/synthetic/digits.yaml"));
        // then
        assertEquals(SyntheticOptions.paper(), manifest.options());
        assertEquals(25_920, manifest.options().digits());
        assertEquals(25_000, manifest.training());
        assertEquals(25_000, manifest.test());
    }

    private SyntheticManifest manifest(String text) throws IOException {
        return SyntheticManifest.read(Files.writeString(folder.resolve("set.yaml"), text));
    }

    @Test
    void whatIsWrittenReadsBackEqual() throws IOException {
        // given
        SyntheticManifest manifest = manifest(GOOD).with(new SyntheticOptions(90, 0.01, 3), 20, 1, 8);
        Path file = folder.resolve("other.yaml");
        // when
        manifest.write(file);
        // then
        assertEquals(manifest, SyntheticManifest.read(file));
        assertFalse(Files.readString(file).contains("null"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "size: 450|size: 451|line 2: size: expected a multiple of 9 pixels from 90 to 45000, found 451",
                "size: 450|size: 4.5|line 2: size: expected a whole number",
                "seed: 1|seed: 1\\nsise: 450|line 9: sise: unknown key 'sise'; known: attribution, density",
                "density: 0.006|density: 0.02|line 3: density: expected digits per pixel, above 0 and at most 1/81",
                "density: 0.006|density: .nan|line 3: density: expected a number, found '.nan'",
                "density: 0.006|density: 0.0000001|line 3: density: expected at least one digit",
                "shrink: 50|shrink: 1|line 4: shrink: expected 2 to 45000, found 1",
                "training: 100|training: 19|line 5: training: expected 20 to 100000000, found 19",
                "test: 10|test: 0|line 6: test: expected 1 to",
                "shift: 0|shift: 9|line 7: shift: expected 0 to 8, found 9",
                "seed: 1|seed: one|line 8: seed: expected a whole number",
                "seed: 1|seed: 1\\nseed: 2|line 9: key 'seed' is given twice",
                "name: digits|name: a/b|line 1: name: expected a name",
                "seed: 1|seed: 1\\nsource: here|line 9: source: expected an http"
            })
    void whatCannotBeUsedIsNamedWithItsLineAndKey(String right, String wrong, String message) throws IOException {
        String text = GOOD.replace(right, wrong.replace("\\n", "\n"));

        InputException refused = assertThrows(InputException.class, () -> manifest(text));

        assertTrue(refused.getMessage().contains(message), refused.getMessage());
        assertEquals(1, refused.getMessage().lines().count());
    }

    @ParameterizedTest
    @CsvSource({"size", "density", "shrink", "training", "test", "shift", "seed", "name"})
    void everyNumberMustBeThere(String key) throws IOException {
        String text = GOOD.replaceAll("(?m)^" + key + ": .*\n", "");

        InputException refused = assertThrows(InputException.class, () -> manifest(text));

        assertTrue(refused.getMessage().contains(key + ": is missing"), refused.getMessage());
    }
}
