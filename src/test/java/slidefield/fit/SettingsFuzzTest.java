package slidefield.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import slidefield.fuzz.Reader;
import slidefield.fuzz.Spoilt;
import slidefield.fuzz.Tries;
import slidefield.io.InputException;

/** Whatever bytes a config.yaml holds, it is settings or refused; and what is written reads back equal. */
class SettingsFuzzTest {
    private static final byte[] VALID = Settings.preset("teaching").toYaml().getBytes(StandardCharsets.UTF_8);

    private static final List<String> WORDS = List.of(
            "!!javax.script.ScriptEngineManager ",
            "!!java.io.File ",
            "!<a> ",
            "&a ",
            "*a ",
            "<<: ",
            "null",
            "~",
            "true",
            ".nan",
            ".inf",
            "-.inf",
            "-1",
            "0",
            "1e999",
            "1e-999",
            "99999999999999999999",
            "9".repeat(1200),
            "0x7fffffff",
            "2147483647",
            "[",
            "]",
            "{",
            "}",
            ": ",
            "- ",
            "\n",
            "\n---\n",
            "? ",
            "| ",
            "\"",
            "'",
            "#",
            "\t",
            "\u0000",
            "\uFEFF",
            "\u2028",
            "[[[[[[[[[[",
            "{a: ".repeat(30),
            "field: ",
            "levels: ",
            "scales: ",
            "\r");

    /** Inputs that once were neither read nor refused. */
    private static final List<String> KEPT = List.of("fg==");

    private static final Reader SETTINGS = new Reader("yaml", file -> Objects.requireNonNull(Settings.read(file)));

    @Provide
    Arbitrary<Spoilt> settings() {
        return Spoilt.arbitrary(WORDS, VALID);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    @Tries(full = 10_000, small = 200)
    void anyBytesAreSettingsOrRefused(@ForAll("settings") Spoilt spoilt) {
        SETTINGS.check(spoilt);
    }

    @Example
    void theKeptCasesAreSettingsOrRefused() {
        SETTINGS.check(new Spoilt(VALID));
        KEPT.forEach(kept -> SETTINGS.check(Spoilt.of(kept)));
    }

    @Provide
    Arbitrary<String> keys() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        "seed",
                        "precision",
                        "preset",
                        "normaliseStain",
                        "field.hashGrid.levels",
                        "field.hashGrid.log2Table",
                        "field.head.dilations",
                        "field.encoding",
                        "training.window",
                        "training.lesionRate",
                        "training.latents.scales",
                        "ito.stopRule",
                        "ito.epochs",
                        "field",
                        "",
                        ".",
                        "field.",
                        "field..levels"),
                Arbitraries.strings().ofMaxLength(20));
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.oneOf(
                Arbitraries.of(WORDS),
                Arbitraries.of("", " ", "[]", "{}", "[1, null]", "[[1]]", "1.5", "abc", "1..5", "F32", "bf16", "- 1"),
                Arbitraries.integers().map(String::valueOf),
                Arbitraries.doubles().map(String::valueOf),
                Arbitraries.strings().ofMaxLength(30));
    }

    /** As {@code --set key=value} does; what is taken is written and read back equal. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    @Tries(full = 10_000, small = 200)
    void anyChangeIsMadeOrRefusedAndReadsBackEqual(@ForAll("keys") String key, @ForAll("values") String value)
            throws IOException {
        Settings changed;
        try {
            // when
            changed = Settings.preset("teaching").with(List.of(key + "=" + value));
        } catch (InputException refused) {
            assertEquals(1, refused.getMessage().lines().count(), refused.getMessage());
            return;
        }
        // then
        Path file = Files.createTempFile("settings", ".yaml");
        try {
            changed.write(file);
            assertEquals(changed, Settings.read(file));
        } finally {
            Files.delete(file);
        }
    }

    @AfterContainer
    static void say() {
        System.out.println("settings: " + SETTINGS);
    }
}
