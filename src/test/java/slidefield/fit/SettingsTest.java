package slidefield.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slidefield.io.InputException;
import slidefield.nn.Precision;

class SettingsTest {
    @Test
    void everyPresetSurvivesItsYamlForm(@TempDir Path folder) {
        for (String name : Settings.presets()) {
            Settings preset = Settings.preset(name);

            preset.write(folder.resolve("config.yaml"));

            assertEquals(preset, Settings.read(folder.resolve("config.yaml")));
        }
    }

    @Test
    void optionsAreChangedByTheirDottedNames() {
        Settings changed = Settings.preset("teaching")
                .with(List.of(
                        "field.head.dilations=[1, 2, 4, 8]",
                        "field.encoding=frequency",
                        "ito.stopRule=false",
                        "training.tableRate=0.02",
                        "precision=bf16",
                        "seed=7"));

        assertEquals(List.of(1, 2, 4, 8), changed.field().head().dilations());
        assertEquals(
                slidefield.field.FieldOptions.EncodingKind.FREQUENCY,
                changed.field().encoding());
        assertEquals(false, changed.ito().stopRule());
        assertEquals(0.02, changed.training().tableRate());
        assertEquals(7, changed.seed());
        assertEquals(Precision.BF16, changed.precision());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "field.head.wdth=3 | unknown option 'field.head.wdth'",
                "nothing=3 | the options are preset, seed, precision, normaliseStain",
                "field.head=3 | unknown option 'field.head'",
                "field.head.width=-1 | head width must be 1 to 4096, got -1",
                "field.head.width=many | cannot set field.head.width to 'many'",
                "ito.epochs=0 | epochs must be at least 1, got 0",
                "training.networkRate=NaN | networkRate must be above 0",
                "field.encoding=magic | cannot set field.encoding to 'magic'",
                "precision=f8 | cannot set precision to 'f8'",
                "seed | expected key=value"
            })
    void impossibleChangesAreRefusedByName(String change, String message) {
        Settings preset = Settings.preset("teaching");

        var refused = assertThrows(InputException.class, () -> preset.with(List.of(change)));

        assertTrue(refused.getMessage().contains(message), refused.getMessage());
        assertEquals(1, refused.getMessage().lines().count());
    }

    @Test
    void anUnknownPresetIsRefusedWithTheKnownOnes() {
        var refused = assertThrows(InputException.class, () -> Settings.preset("huge"));

        assertTrue(refused.getMessage().contains("paper, teaching"), refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"levels:,layers: 3\\n    levels:,layers", "levels:,# levels:,'levels' is missing"})
    void aFileWithUnknownOrMissingOptionsIsRefusedByName(String from, String to, String named, @TempDir Path folder)
            throws Exception {
        Path file = folder.resolve("config.yaml");
        Files.writeString(file, Settings.preset("teaching").toYaml().replace(from, to.replace("\\n", "\n")));

        var refused = assertThrows(InputException.class, () -> Settings.read(file));

        assertTrue(refused.getMessage().contains(named), refused.getMessage());
        assertTrue(refused.getMessage().contains("config.yaml"), refused.getMessage());
    }
}
