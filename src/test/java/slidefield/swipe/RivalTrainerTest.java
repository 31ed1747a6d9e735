package slidefield.swipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static slidefield.swipe.SwipeTestData.refused;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import slidefield.StateDigest;
import slidefield.data.Split;
import slidefield.fit.Checkpoint;
import slidefield.fit.DivergedException;
import slidefield.fit.EpochReport;
import slidefield.fit.FitListener;
import slidefield.nn.Engine;
import slidefield.score.ImageScores;

@Tag("once")
class RivalTrainerTest {
    private static final Engine ENGINE = Engine.preferred();

    private static ImageTrainer<TrainedRival> trainer(RivalSettings settings) {
        return RivalTraining.trainer(ENGINE, settings, SmallSwipeTraining.images(64, 3, 2));
    }

    private static List<EpochReport> learnt(ImageTrainer<?> trainer) {
        return trainer.reports().stream()
                .filter(r -> !r.phase().title().equals("validation"))
                .toList();
    }

    static Stream<RivalOptions> rivals() {
        return TinyRivals.all().stream();
    }

    /** Networks that are large enough to learn something in half a minute at most. */
    static Stream<RivalOptions> learners() {
        return Stream.of(new PixelUNetOptions(4, 3), PraNetOptions.small(), Res2UNetOptions.small(), TinyRivals.POINTS);
    }

    @ParameterizedTest
    @MethodSource("learners")
    void validationDiceRisesWellAboveTheAllForegroundAnswer(RivalOptions rival) {
        // given images that their colours give away
        RivalSettings settings = TinyRivals.settings(
                rival,
                "training.batch=4",
                "training.points=100",
                "training.validateEvery=4",
                "optimisation.epochs=12",
                "optimisation.rate=0.01",
                "augmentation.jitter=0",
                "augmentation.crop=0");
        ImageSet set = SmallSwipeTraining.images(64, 12, 3);
        ImageTrainer<TrainedRival> trainer = RivalTraining.trainer(ENGINE, settings, set);
        // when
        TrainedRival trained = trainer.train(FitListener.NONE, t -> {});
        // then
        ImageScores found = new ImageScores(List.of("disc"));
        ImageScores all = new ImageScores(List.of("disc"));
        for (LabelledImage image : set.of(Split.VALIDATION)) {
            found.add(image.name(), trained.predict(image).classes(), image.classes());
            byte[] ones = new byte[image.classes().length];
            Arrays.fill(ones, (byte) 1);
            all.add(image.name(), ones, image.classes());
        }
        assertTrue(found.mean() > all.mean() + 0.2, found.mean() + " against " + all.mean());
        assertEquals(trainer.bestDice(), found.mean(), 1e-12, "the best weights are the result");
    }

    @ParameterizedTest
    @MethodSource("rivals")
    void epochsAndPhasesAreThoseOfTheSettings(RivalOptions rival) {
        ImageTrainer<TrainedRival> trainer = trainer(TinyRivals.settings(rival));

        trainer.train(FitListener.NONE, t -> {});

        String phase = rival instanceof TinyPointNetwork.Options ? "POINTS" : "PIXELS";
        assertEquals(
                List.of(phase + " 1 2", phase + " 2 2", "VALIDATION 2 2", phase + " 3 2", "VALIDATION 3 2"),
                trainer.reports().stream()
                        .map(r -> r.phase() + " " + r.epoch() + " " + r.steps())
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("rivals")
    void theSameSeedGivesTheSameBits(RivalOptions rival) {
        List<String> digests = new ArrayList<>();
        for (long seed : new long[] {5, 5, 6}) {
            ImageTrainer<TrainedRival> trainer =
                    trainer(TinyRivals.settings(rival).withSeed(seed));
            trainer.train(FitListener.NONE, t -> {});
            digests.add(StateDigest.of(trainer.state()));
        }
        assertEquals(digests.get(0), digests.get(1));
        assertNotEquals(digests.get(0), digests.get(2));
    }

    @ParameterizedTest
    @MethodSource("rivals")
    void aResumedRunEndsWithTheBitsOfAnUninterruptedOne(RivalOptions rival, @TempDir Path folder) {
        // given one that was stopped after its second epoch
        RivalSettings settings = TinyRivals.settings(rival);
        ImageTrainer<TrainedRival> whole = trainer(settings);
        whole.train(FitListener.NONE, t -> {});
        ImageTrainer<TrainedRival> cut = trainer(settings);
        assertThrows(
                CancellationException.class,
                () -> cut.train(FitListener.NONE, t -> {
                    Checkpoint.save(folder, t);
                    if (learnt(t).size() == 2) {
                        throw new CancellationException();
                    }
                }));
        // when
        ImageTrainer<TrainedRival> resumed = trainer(settings);
        Checkpoint.load(folder, resumed);
        assertEquals(2, learnt(resumed).size());
        resumed.train(FitListener.NONE, t -> {});
        // then
        assertEquals(StateDigest.of(whole.state()), StateDigest.of(resumed.state()));
        assertEquals(
                whole.reports().stream().map(EpochReport::loss).toList(),
                resumed.reports().stream().map(EpochReport::loss).toList());
    }

    @ParameterizedTest
    @MethodSource("rivals")
    void aTrainedNetworkSurvivesItsFiles(RivalOptions rival, @TempDir Path folder) {
        if (rival instanceof TinyPointNetwork.Options) {
            return; // a network of the tests: its settings have no YAML form
        }
        TrainedRival trained = trainer(TinyRivals.settings(rival)).train(FitListener.NONE, t -> {});
        LabelledImage image = SmallSwipeTraining.disc("new", 50, 3);
        trained.save(folder);

        TrainedRival loaded = TrainedRival.load(folder);

        assertEquals(trained.settings(), loaded.settings());
        assertArrayEquals(trained.predict(image).logits(), loaded.predict(image).logits(), "the same bits");
    }

    @Test
    void severalClassesAreLearntToo() {
        // given images of two classes
        List<LabelledImage> seen = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            LabelledImage discs = SwipeTestData.discs(64, 64, 2, i);
            seen.add(new LabelledImage("seen" + i, 64, 64, discs.rgb(), discs.classes()));
        }
        ImageSet set = new ImageSet(
                "two", List.of("a", "b"), Map.of(Split.TRAIN, seen, Split.VALIDATION, List.of(seen.get(0))));
        RivalSettings settings = TinyRivals.settings(TinyRivals.RES2UNET).with("rival.outputs", "3");
        for (RivalSettings each : List.of(settings, settings.with(new TinyPointNetwork.Options(3, true)))) {
            // when
            TrainedRival trained = RivalTraining.trainer(ENGINE, each, set).train(FitListener.NONE, t -> {});
            // then
            SegmentedImage found = trained.predict(seen.get(1), 40, 30);
            assertEquals(40 * 30 * 3, found.logits().length);
            assertEquals(3, found.outputs());
        }
        refused(
                () -> RivalTraining.trainer(ENGINE, settings.with("rival.outputs", "2"), set),
                "needs 3 answers a point; found 2: set rival.outputs=3");
    }

    /** What cannot be set is not named: the way out is another network. */
    @Test
    void networksOfOneClassAreRefusedSeveralWithAnotherNetworkToTake() {
        LabelledImage discs = SwipeTestData.discs(64, 64, 2, 0);
        LabelledImage seen = new LabelledImage("seen", 64, 64, discs.rgb(), discs.classes());
        ImageSet set = new ImageSet(
                "two", List.of("a", "b"), Map.of(Split.TRAIN, List.of(seen), Split.VALIDATION, List.of(seen)));
        for (RivalOptions rival : List.of(TinyRivals.UNET, TinyRivals.PRANET)) {
            refused(
                    () -> RivalTraining.trainer(ENGINE, TinyRivals.settings(rival), set),
                    "needs 3 answers a point; found 1",
                    "this network answers one class only: take res2unet, ossnet or iosnet, with rival.outputs=3");
            refused(() -> TinyRivals.settings(rival).with("rival.outputs", "3"), "unknown option 'rival.outputs'");
        }
    }

    @Test
    void aSplitWithoutImagesIsRefused() {
        List<LabelledImage> one = List.of(SmallSwipeTraining.disc("a", 64, 1));
        refused(
                () -> RivalTraining.trainer(
                        ENGINE,
                        TinyRivals.settings(TinyRivals.UNET),
                        new ImageSet("x", List.of("a"), Map.of(Split.TRAIN, one))),
                "image set x has no image with the split 'validation'");
    }

    @Test
    void aRateThatIsMuchTooHighIsNamed() {
        ImageTrainer<TrainedRival> trainer =
                trainer(TinyRivals.settings(TinyRivals.PRANET, "optimisation.rate=1e30", "optimisation.floor=0"));
        DivergedException diverged =
                assertThrows(DivergedException.class, () -> trainer.train(FitListener.NONE, t -> {}));
        assertTrue(diverged.getMessage().contains("lower optimisation.rate"), diverged.getMessage());
    }
}
