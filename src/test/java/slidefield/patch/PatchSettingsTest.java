package slidefield.patch;

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
import org.nd4j.linalg.api.buffer.DataType;
import slidefield.io.InputException;
import slidefield.nn.Precision;

class PatchSettingsTest {
    @Test
    void everyPresetSurvivesItsYamlForm(@TempDir Path folder) {
        for (String network : PatchSettings.networks()) {
            for (String size : List.of("teaching", "paper")) {
                PatchSettings preset = PatchSettings.preset(network, size);

                preset.write(folder.resolve("config.yaml"));

                assertEquals(preset, PatchSettings.read(folder.resolve("config.yaml")));
                assertEquals(size, preset.preset());
            }
        }
    }

    @Test
    void teachingNetworksAreBuiltWithTheScalesOfTheirOptions() {
        for (String network : PatchSettings.networks()) {
            NetworkOptions options = PatchSettings.preset(network).network();

            PatchNetwork built = options.build(DataType.FLOAT, 1);

            assertEquals(options.scales(), built.scales(), network);
            assertEquals(0, PatchSettings.preset(network).patches().size() % built.sizeMultiple(), network);
        }
    }

    @Test
    void theRateFallsAlongACosineOrAPowerOfTheStepsLeft() {
        assertEquals(1, PatchTrainingOptions.Decay.COSINE.factor(0, 11, 0.2));
        assertEquals(0.6, PatchTrainingOptions.Decay.COSINE.factor(5, 11, 0.2), 1e-12);
        assertEquals(0.2, PatchTrainingOptions.Decay.COSINE.factor(10, 11, 0.2), 1e-12);
        assertEquals(1, PatchTrainingOptions.Decay.POLYNOMIAL.factor(0, 10, 0));
        assertEquals(0.535887, PatchTrainingOptions.Decay.POLYNOMIAL.factor(5, 10, 0), 1e-6);
        assertEquals(0.1 + 0.9 * 0.125893, PatchTrainingOptions.Decay.POLYNOMIAL.factor(9, 10, 0.1), 1e-6);
    }

    @Test
    void optionsAreChangedByTheirDottedNames() {
        PatchSettings changed = PatchSettings.preset("mrn-bilinear")
                .with(List.of(
                        "network.base=4",
                        "network.upscaling=transposed",
                        "patches.scale=8",
                        "training.loss=bce",
                        "training.optimiser=sgd",
                        "training.decay=polynomial",
                        "stitching.borders=crop",
                        "augmentation.flips=false",
                        "precision=bf16",
                        "seed=7"));

        assertEquals(new MultiResolutionOptions(4, 4, 4, Upscaling.TRANSPOSED), changed.network());
        assertEquals(8, changed.patches().scale());
        assertEquals(PatchLoss.BCE, changed.training().loss());
        assertEquals(PatchTrainingOptions.Optimiser.SGD, changed.training().optimiser());
        assertEquals(StitchingOptions.Borders.CROP, changed.stitching().borders());
        assertEquals(false, changed.augmentation().flips());
        assertEquals(Precision.BF16, changed.precision());
        assertEquals(7, changed.seed());
    }

    @Test
    void optionsThatOnlyFitEachOtherAreChangedTogether() {
        PatchSettings changed = PatchSettings.preset("transunet").with(List.of("patches.size=64", "network.size=64"));

        assertEquals(64, changed.patches().size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "network.bse=3 | unknown option 'network.bse'",
                "nothing=3 | the options are preset, seed, precision, network.kind, network.base",
                "network.base=0 | cannot set network.base to '0'",
                "network.kind=magic | 'magic' is not known there",
                "patches.size=100 | patches.size must be a multiple of 16 for this network, got 100",
                "patches.size=many | cannot set patches.size to 'many'",
                "patches.lesionShare=2 | lesionShare must be between 0 and 1, got 2",
                "training.rate=NaN | rate must be above 0",
                "training.loss=dice | cannot set training.loss to 'dice'",
                "training.optimiser=lion | cannot set training.optimiser to 'lion'",
                "augmentation.stain=1 | stain must be at least 0 and below 1, got 1",
                "stitching.overlap=0.6 | overlap must be between 0 and 0.5",
                "stitching.borders=glue | cannot set stitching.borders to 'glue'",
                "seed | expected key=value"
            })
    void impossibleChangesAreRefusedByName(String change, String message) {
        PatchSettings preset = PatchSettings.preset("unet");

        var refused = assertThrows(InputException.class, () -> preset.with(List.of(change)));

        assertTrue(refused.getMessage().contains(message), refused.getMessage());
        assertEquals(1, refused.getMessage().lines().count());
    }

    @Test
    void ofSeveralChangesTheImpossibleOneIsNamed() {
        PatchSettings preset = PatchSettings.preset("unet");

        var refused = assertThrows(
                InputException.class, () -> preset.with(List.of("seed=3", "training.batch=0", "training.epochs=4")));

        assertTrue(refused.getMessage().contains("training.batch"), refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "transunet | patches.size=96 | patches.size must be 128",
                "mrn-transposed | patches.size=96 | multiple of 64",
                "mrn-bilinear | patches.size=48 | at least 64"
            })
    void patchesThatANetworkCannotTakeAreRefused(String network, String change, String message) {
        var refused = assertThrows(
                InputException.class, () -> PatchSettings.preset(network).with(List.of(change)));

        assertTrue(refused.getMessage().contains(message), refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "vnet, teaching, 'mrn-bilinear, mrn-transposed, mrn-unet, transunet, unet'",
        "unet, huge, 'paper, teaching'"
    })
    void anUnknownPresetIsRefusedWithTheKnownOnes(String network, String size, String known) {
        var refused = assertThrows(InputException.class, () -> PatchSettings.preset(network, size));

        assertTrue(refused.getMessage().contains(known), refused.getMessage());
    }

    @Test
    void aBadFileIsRefusedByItsNameAndOption(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("config.yaml");
        PatchSettings.preset("unet").write(file);
        Files.writeString(file, Files.readString(file).replace("  lesionShare:", "  lesionShere: 1\n  lesionShare:"));

        var refused = assertThrows(InputException.class, () -> PatchSettings.read(file));

        assertTrue(refused.getMessage().contains("config.yaml: unknown option 'lesionShere'"), refused.getMessage());
    }
}
