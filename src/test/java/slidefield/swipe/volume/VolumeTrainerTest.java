package slidefield.swipe.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import slidefield.StateDigest;
import slidefield.data.Split;
import slidefield.fit.Checkpoint;
import slidefield.fit.DivergedException;
import slidefield.fit.EpochReport;
import slidefield.fit.FitListener;
import slidefield.fit.Phase;
import slidefield.fit.ValidatedTrainer;
import slidefield.io.InputException;
import slidefield.nn.Engine;
import slidefield.score.ImageScores;
import slidefield.swipe.LabelledVolume;
import slidefield.swipe.Volume;

@Tag("once")
class VolumeTrainerTest {
    private static final Engine ENGINE = Engine.preferred();

    @ParameterizedTest
    @ValueSource(strings = {"teaching", "unet-teaching"})
    void epochsStepsAndValidationsAreThoseOfTheSettings(String preset) {
        ValidatedTrainer trainer = SmallVolumeTraining.trainer(ENGINE, TinyVolumes.settings(preset));

        trainer.train(FitListener.NONE, t -> {});

        Phase phase = preset.startsWith("unet") ? Phase.PIXELS : Phase.POINTS;
        assertEquals(
                List.of(phase + " 1 2", phase + " 2 2", "VALIDATION 2 2", phase + " 3 2", "VALIDATION 3 2"),
                trainer.reports().stream()
                        .map(r -> r.phase() + " " + r.epoch() + " " + r.steps())
                        .toList());
        assertEquals(
                List.of("seen0", "seen1", "seen2", "unseen0 (validation)", "unseen1 (validation)"), trainer.slides());
    }

    @ParameterizedTest
    @ValueSource(strings = {"teaching", "unet-teaching"})
    void theBallsAreFoundFarBetterThanByTheAllForegroundAnswer(String preset) {
        // given a narrow network and volumes that their values give away
        VolumeSettings settings = VolumeSettings.preset(preset)
                .with(List.of(
                        "training.batch=2",
                        "training.points=200",
                        "training.validateEvery=10",
                        "prediction.overlap=0",
                        "optimisation.epochs=10",
                        "optimisation.rate=0.01",
                        "augmentation.jitter=0",
                        preset.startsWith("unet") ? "volume.base=4" : "volume.stem=4"));
        VolumeSet set = TinyVolumes.set(8, 2);
        // when
        VolumeTraining.Trained trained = VolumeTraining.train(settings, set, FitListener.NONE);
        // then
        ImageScores found = new ImageScores(set.classes());
        ImageScores all = new ImageScores(set.classes());
        for (LabelledVolume each : set.of(Split.VALIDATION)) {
            Volume volume = each.volume();
            found.add(volume.name(), trained.network().predict(volume).classes(), each.classes());
            byte[] ones = new byte[each.classes().length];
            Arrays.fill(ones, (byte) 1);
            all.add(volume.name(), ones, each.classes());
        }
        assertTrue(found.mean() > all.mean() + 0.3, found.mean() + " against " + all.mean());
        assertEquals(trained.bestDice(), found.mean(), 1e-12, "the best weights are the result");
    }

    @ParameterizedTest
    @ValueSource(strings = {"teaching", "unet-teaching"})
    void theSameSeedGivesTheSameBits(String preset) {
        List<String> digests = new ArrayList<>();
        for (long seed : new long[] {5, 5, 6}) {
            ValidatedTrainer trainer = SmallVolumeTraining.trainer(
                    ENGINE, TinyVolumes.settings(preset).withSeed(seed));
            trainer.train(FitListener.NONE, t -> {});
            digests.add(StateDigest.of(trainer.state()));
        }
        assertEquals(digests.get(0), digests.get(1));
        assertNotEquals(digests.get(0), digests.get(2));
    }

    @Test
    void aResumedRunEndsWithTheBitsOfAnUninterruptedOne(@TempDir Path folder) {
        VolumeSettings settings = TinyVolumes.settings("teaching");
        ValidatedTrainer whole = SmallVolumeTraining.trainer(ENGINE, settings);
        whole.train(FitListener.NONE, t -> {});
        for (int last = 1; last <= 3; last++) {
            // given one that was stopped
            int end = last;
            ValidatedTrainer cut = SmallVolumeTraining.trainer(ENGINE, settings);
            assertThrows(
                    CancellationException.class,
                    () -> cut.train(FitListener.NONE, t -> {
                        Checkpoint.save(folder, t);
                        if (t.reports().stream()
                                        .filter(r -> r.phase() == Phase.POINTS)
                                        .count()
                                == end) {
                            throw new CancellationException();
                        }
                    }));
            // when
            ValidatedTrainer resumed = SmallVolumeTraining.trainer(ENGINE, settings);
            Checkpoint.load(folder, resumed);
            resumed.train(FitListener.NONE, t -> {});
            // then
            assertEquals(StateDigest.of(whole.state()), StateDigest.of(resumed.state()), "after epoch " + last);
            assertEquals(losses(whole), losses(resumed));
        }
    }

    private static List<Double> losses(ValidatedTrainer trainer) {
        return trainer.reports().stream().map(EpochReport::loss).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"teaching", "unet-teaching"})
    void aTrainedNetworkSurvivesItsFiles(String preset, @TempDir Path folder) {
        VolumeTraining.Trained trained =
                VolumeTraining.train(TinyVolumes.settings(preset), TinyVolumes.set(2, 1), FitListener.NONE);
        Volume volume = TinyVolumes.ball("new", 34, 20, 40, 3).volume();
        trained.network().save(folder);

        TrainedVolumeNetwork loaded =
                TrainedVolumeNetwork.load(folder, VolumeSettings.read(folder.resolve("config.yaml")), ENGINE);

        assertEquals(trained.network().settings(), loaded.settings());
        assertArrayEquals(
                trained.network().predict(volume).logits(),
                loaded.predict(volume).logits(),
                "the same bits");
    }

    @Test
    void volumesThatCannotBeLearntFromAreRefused() {
        List<LabelledVolume> one = TinyVolumes.set(1, 1).of(Split.TRAIN);
        VolumeSettings settings = TinyVolumes.settings("teaching");
        String missing = refused(settings, new VolumeSet("x", List.of("a", "b"), Map.of(Split.TRAIN, one)));
        assertTrue(missing.contains("volume set x has no volume with the split 'validation'"), missing);
        Map<Split, List<LabelledVolume>> both = Map.of(Split.TRAIN, one, Split.VALIDATION, one);
        String another = refused(settings, new VolumeSet("x", List.of("a"), both));
        assertTrue(another.contains("needs 1 answers a voxel; found 3: set volume.classes=1"), another);
    }

    private static String refused(VolumeSettings settings, VolumeSet set) {
        String message = assertThrows(InputException.class, () -> VolumeTraining.train(settings, set, FitListener.NONE))
                .getMessage();
        assertEquals(1, message.lines().count());
        return message;
    }

    @Test
    void aRateThatIsMuchTooHighIsNamed() {
        VolumeSettings settings =
                TinyVolumes.settings("teaching").with(List.of("optimisation.rate=1e30", "optimisation.floor=0"));
        ValidatedTrainer trainer = SmallVolumeTraining.trainer(ENGINE, settings);
        DivergedException diverged =
                assertThrows(DivergedException.class, () -> trainer.train(FitListener.NONE, t -> {}));
        assertTrue(diverged.getMessage().contains("lower optimisation.rate"), diverged.getMessage());
    }
}
