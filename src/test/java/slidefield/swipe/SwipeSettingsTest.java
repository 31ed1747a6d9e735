package slidefield.swipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static slidefield.swipe.SwipeTestData.refused;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;

class SwipeSettingsTest {
    @Test
    void everyPresetSurvivesItsYamlForm(@TempDir Path folder) {
        for (String name : SwipeSettings.presets()) {
            SwipeSettings preset = SwipeSettings.preset(name);

            preset.write(folder.resolve("config.yaml"));

            assertEquals(preset, SwipeSettings.read(folder.resolve("config.yaml")));
            assertEquals(name, preset.preset());
        }
        refused(() -> SwipeSettings.preset("huge"), "unknown preset 'huge'", "released, paper, teaching");
    }

    @Test
    void theReleasedPresetIsTheAuthorsNetworkAndLength() {
        SwipeSettings released = SwipeSettings.preset("released");

        assertEquals(2_712_432, new Swipe(released.swipe(), DataType.FLOAT, 1).parameterCount());
        assertEquals(200, released.training().epochs(118, released.optimisation()));
        assertEquals(10, released.training().steps(118));
        // the paper's 30,000 iterations are 3000 epochs of 10 steps
        SwipeSettings paper = SwipeSettings.preset("paper");
        assertEquals(3000, paper.training().epochs(118, paper.optimisation()));
        assertEquals(2500, paper.training().epochs(144, paper.optimisation()));
    }

    @Test
    void optionsAreChangedByTheirDottedNames() {
        SwipeSettings changed = SwipeSettings.preset("teaching")
                .with(List.of(
                        "seed=7",
                        "training.iterations=12",
                        "training.size=64",
                        "swipe.backbone.blocks=[2, 2, 2, 2]",
                        "swipe.neck.fusion=concatenation",
                        "loss.penalty=embeddings",
                        "points.rule=band",
                        "prediction.width=96",
                        "prediction.neighbours=true"));

        assertEquals(7, changed.seed());
        assertEquals(2, changed.training().epochs(48, changed.optimisation()));
        assertEquals(List.of(2, 2, 2, 2), ((BackboneOptions) changed.swipe().backbone()).blocks());
        assertEquals(Fusion.CONCATENATION, changed.swipe().neck().fusion());
        assertEquals(SwipeLossOptions.Penalty.EMBEDDINGS, changed.loss().penalty());
        assertEquals(PoolOptions.Rule.BAND, changed.points().rule());
        assertEquals(96, changed.prediction().width(64));
        assertEquals(64, changed.prediction().height(64));
        assertTrue(changed.prediction().neighbours());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "training.bach=3 | unknown option 'training.bach'",
                "training.size=100 | training.size must be a multiple of 32 with patches of 32, got 100",
                "training.points=0 | points must be between 1",
                "training.validateEvery=0 | validateEvery must be between 1",
                "prediction.width=64 | prediction.width must be 0 or at least training.size, 128, got 64",
                "prediction.overlap=1 | overlap must be at least 0 and below 1",
                "optimisation.floor=1 | floor must be between 0",
                "swipe.decoder.source=true | augmentation.crop must be 0 with swipe.decoder.source=true",
                "swipe.patch=none | cannot set swipe.patch to 'none'",
                "seed | expected key=value"
            })
    void impossibleChangesAreRefusedByName(String change, String message) {
        refused(() -> SwipeSettings.preset("teaching").with(List.of(change)), message);
    }
}
