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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slidefield.LongRun;
import slidefield.StateDigest;
import slidefield.data.Split;
import slidefield.fit.Checkpoint;
import slidefield.fit.DivergedException;
import slidefield.fit.EpochReport;
import slidefield.fit.FitListener;
import slidefield.fit.Phase;
import slidefield.nn.Engine;
import slidefield.score.ImageScores;

class SwipeTrainerTest {
    private static final boolean LONG = System.getProperty("long") != null;
    private static final int EPOCHS = LONG ? 24 : 12;
    /** How far above the all-foreground answer so many epochs lead at least. */
    private static final double GAIN = LONG ? 0.25 : 0.12;

    private static final Engine ENGINE = Engine.preferred();

    private static ImageTrainer<TrainedSwipe> trainer(SwipeSettings settings) {
        return SwipeTraining.trainer(ENGINE, settings, SmallSwipeTraining.images(SmallSwipeTraining.SIZE, 3, 2));
    }

    private static List<EpochReport> of(Phase phase, ImageTrainer<?> trainer) {
        return trainer.reports().stream().filter(r -> r.phase() == phase).toList();
    }

    /** The Dice of a prediction, and that of calling everything foreground. */
    private static double[] dice(TrainedSwipe trained, List<LabelledImage> images) {
        ImageScores found = new ImageScores(List.of("disc"));
        ImageScores all = new ImageScores(List.of("disc"));
        for (LabelledImage image : images) {
            found.add(image.name(), trained.predict(image).classes(), image.classes());
            byte[] ones = new byte[image.classes().length];
            Arrays.fill(ones, (byte) 1);
            all.add(image.name(), ones, image.classes());
        }
        return new double[] {found.mean(), all.mean()};
    }

    @Test
    void validationDiceRisesWellAboveTheAllForegroundAnswer() {
        // given the small network and images that their colours give away
        SwipeSettings settings = SwipeSettings.preset("teaching")
                .with(List.of(
                        "training.size=64",
                        "training.batch=4",
                        "training.points=100",
                        "training.validateEvery=12",
                        "optimisation.epochs=" + EPOCHS,
                        "optimisation.rate=0.01",
                        "augmentation.jitter=0",
                        "augmentation.crop=0"));
        ImageSet set = SmallSwipeTraining.images(64, 12, 3);
        ImageTrainer<TrainedSwipe> trainer = SwipeTraining.trainer(ENGINE, settings, set);
        // when
        TrainedSwipe trained = trainer.train(FitListener.NONE, t -> {});
        // then
        double[] dice = dice(trained, set.of(Split.VALIDATION));
        assertTrue(dice[0] > dice[1] + GAIN, dice[0] + " against " + dice[1]);
        assertEquals(trainer.bestDice(), dice[0], 1e-12, "the best weights are the result");
        List<EpochReport> learnt = of(Phase.POINTS, trainer);
        assertTrue(learnt.get(0).loss() > learnt.get(EPOCHS - 1).loss(), learnt.toString());
    }

    @Test
    void epochsStepsAndValidationsAreThoseOfTheSettings() {
        ImageTrainer<TrainedSwipe> trainer = trainer(SmallSwipeTraining.settings());

        trainer.train(FitListener.NONE, t -> {});

        assertEquals(
                List.of("POINTS 1 2", "POINTS 2 2", "VALIDATION 2 2", "POINTS 3 2", "VALIDATION 3 2"),
                trainer.reports().stream()
                        .map(r -> r.phase() + " " + r.epoch() + " " + r.steps())
                        .toList());
        assertTrue(List.of(2, 3).contains(trainer.bestEpoch()));
        assertEquals(
                List.of("seen0", "seen1", "seen2", "unseen0 (validation)", "unseen1 (validation)"), trainer.slides());
    }

    @Test
    void theSameSeedGivesTheSameBits() {
        List<String> digests = new ArrayList<>();
        for (long seed : new long[] {5, 5, 6}) {
            ImageTrainer<TrainedSwipe> trainer =
                    trainer(SmallSwipeTraining.settings().withSeed(seed));
            trainer.train(FitListener.NONE, t -> {});
            digests.add(StateDigest.of(trainer.state()));
        }
        assertEquals(digests.get(0), digests.get(1));
        assertNotEquals(digests.get(0), digests.get(2));
    }

    @Test
    void aResumedRunEndsWithTheBitsOfAnUninterruptedOne(@TempDir Path folder) {
        SwipeSettings settings = SmallSwipeTraining.settings();
        ImageTrainer<TrainedSwipe> whole = trainer(settings);
        whole.train(FitListener.NONE, t -> {});
        for (int last : LongRun.asked() ? new int[] {1, 2, 3} : new int[] {2}) {
            // given one that was stopped
            ImageTrainer<TrainedSwipe> cut = trainer(settings);
            assertThrows(
                    CancellationException.class,
                    () -> cut.train(FitListener.NONE, t -> {
                        Checkpoint.save(folder, t);
                        if (of(Phase.POINTS, t).size() == last) {
                            throw new CancellationException();
                        }
                    }));
            // when
            ImageTrainer<TrainedSwipe> resumed = trainer(settings);
            Checkpoint.load(folder, resumed);
            resumed.train(FitListener.NONE, t -> {});
            // then
            assertEquals(StateDigest.of(whole.state()), StateDigest.of(resumed.state()), "after epoch " + last);
            assertEquals(
                    whole.reports().stream().map(EpochReport::loss).toList(),
                    resumed.reports().stream().map(EpochReport::loss).toList());
        }
    }

    @Test
    void aTrainedNetworkSurvivesItsFiles(@TempDir Path folder) {
        TrainedSwipe trained = trainer(SmallSwipeTraining.settings()).train(FitListener.NONE, t -> {});
        LabelledImage image = SmallSwipeTraining.disc("new", 50, 3);
        trained.save(folder);

        TrainedSwipe loaded = TrainedSwipe.load(folder);

        assertEquals(trained.settings(), loaded.settings());
        assertArrayEquals(trained.predict(image).logits(), loaded.predict(image).logits(), "the same bits");
    }

    @Test
    void imagesThatCannotBeLearntFromAreRefused() {
        LabelledImage image = SmallSwipeTraining.disc("a", SmallSwipeTraining.SIZE, 1);
        List<LabelledImage> one = List.of(image);
        SwipeSettings settings = SmallSwipeTraining.settings();
        refused(
                () -> SwipeTraining.trainer(
                        ENGINE, settings, new ImageSet("x", List.of("a"), Map.of(Split.TRAIN, one))),
                "image set x has no image with the split 'validation'");
        refused(
                () -> SwipeTraining.trainer(
                        ENGINE,
                        settings,
                        new ImageSet("x", List.of("a", "b"), Map.of(Split.TRAIN, one, Split.VALIDATION, one))),
                "needs 3 answers a point; found 1: set swipe.classes=3");
    }

    @Test
    void aRateThatIsMuchTooHighIsNamed() {
        ImageTrainer<TrainedSwipe> trainer =
                trainer(SmallSwipeTraining.settings().with(List.of("optimisation.rate=1e30", "optimisation.floor=0")));
        DivergedException diverged =
                assertThrows(DivergedException.class, () -> trainer.train(FitListener.NONE, t -> {}));
        assertTrue(diverged.getMessage().contains("lower optimisation.rate"), diverged.getMessage());
    }
}
