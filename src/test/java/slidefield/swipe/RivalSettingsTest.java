package slidefield.swipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static slidefield.swipe.SwipeTestData.refused;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RivalSettingsTest {
    @Test
    void everyPresetSurvivesItsYamlForm(@TempDir Path folder) {
        for (String name : RivalSettings.presets()) {
            RivalSettings preset = RivalSettings.preset(name);

            preset.write(folder.resolve("config.yaml"));

            assertEquals(preset, RivalSettings.read(folder.resolve("config.yaml")));
            assertEquals(name, preset.preset());
        }
        refused(() -> RivalSettings.preset("vnet"), "unknown preset 'vnet'", "pranet, pranet-teaching");
    }

    /** The supplement's Table 1. */
    @ParameterizedTest
    @CsvSource({"unet,0.00075,12", "pranet,0.001,16", "res2unet,0.001,16"})
    void thePapersRatesAndBatches(String name, double rate, int batch) {
        RivalSettings settings = RivalSettings.preset(name);

        assertEquals(rate, settings.optimisation().rate());
        assertEquals(batch, settings.training().batch());
        assertEquals(384, settings.training().size());
        assertEquals(30_000, settings.training().iterations());
        assertEquals(AugmentationOptions.paper(), settings.augmentation());
    }

    @Test
    void smallPresetsLearnAsSwipesDoes() {
        SwipeSettings like = SwipeSettings.preset("teaching");
        for (String name : RivalSettings.presets()) {
            if (name.endsWith("-teaching")) {
                RivalSettings settings = RivalSettings.preset(name);

                assertEquals(like.training(), settings.training(), name);
                assertEquals(like.augmentation(), settings.augmentation(), name);
                assertEquals(like.optimisation(), settings.optimisation(), name);
            }
        }
    }

    @Test
    void optionsAreChangedByTheirDottedNames() {
        RivalSettings changed = RivalSettings.preset("res2unet-teaching")
                .with(List.of("rival.outputs=3", "rival.backbone.expansion=2", "loss.dice=squared", "seed=7"));

        assertEquals(3, changed.outputs());
        assertEquals(2, ((Res2UNetOptions) changed.rival()).backbone().expansion());
        assertEquals(OccupancyLoss.Dice.SQUARED, changed.loss().dice());
        assertEquals(7, changed.seed());
        assertEquals(8, changed.withSeed(8).seed());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "unet-teaching | rival.level=3 | unknown option 'rival.level'",
                "unet-teaching | rival.levels=9 | expected levels of 2 to 8, found 9",
                "unet-teaching | training.size=100 | training.size must be a multiple of 8, at least 16",
                "pranet-teaching | training.size=32 | training.size must be a multiple of 32, at least 64",
                "pranet-teaching | rival.channels=0 | PraNet: channels must be 1 to 4096, found 0",
                "pranet-teaching | rival.kind=vnet | 'vnet' is not known there",
                "pranet-teaching | rival.backbone.expansion=0 | expansion must be 1 to 16, found 0",
                "res2unet-teaching | rival.widths=[8, 8, 8] | Res2UNet: widths must be 4 numbers of 1 to 4096",
                "res2unet-teaching | rival.outputs=0 | Res2UNet: outputs must be 1 to 1024, found 0",
                "res2unet-teaching | prediction.neighbours=true | prediction.neighbours must be false",
                "res2unet-teaching | prediction.width=64 | prediction.width must be 0 or at least training.size, 128",
                "res2unet-teaching | loss.coarse=2 | coarse must be between 0 and 1",
                "res2unet-teaching | loss.dice=soft | cannot set loss.dice to 'soft'"
            })
    void impossibleChangesAreRefusedByName(String preset, String change, String message) {
        refused(() -> RivalSettings.preset(preset).with(List.of(change)), message);
    }
}
