package slidefield.patch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import slidefield.fit.Checkpoint;
import slidefield.fit.DivergedException;
import slidefield.fit.EpochReport;
import slidefield.fit.FitListener;
import slidefield.fit.Phase;
import slidefield.io.InputException;
import slidefield.nn.Engine;
import slidefield.nn.FaultyEngine;
import slidefield.nn.Precision;

class PatchTrainerTest {
    private static final Engine ENGINE = Engine.reference(DataType.FLOAT);
    private static final int EPOCHS = 4;
    private static final List<AnalyticPlane> SLIDES =
            List.of(AnalyticPlane.of(120, 90), AnalyticPlane.of(80, 100).withDisc(0.3, 0.4, 0.2));
    private static final List<AnalyticPlane> UNSEEN = List.of(AnalyticPlane.of(90, 90));

    private static PatchSettings settings(PatchTrainingOptions.Optimiser optimiser, double rate) {
        return settings(optimiser, rate, 0.1);
    }

    private static PatchSettings settings(PatchTrainingOptions.Optimiser optimiser, double rate, double finalRate) {
        return new PatchSettings(
                "test",
                3,
                Precision.F32,
                new TestNetworks.Tiny(4),
                new PatchOptions(16, 1, 0.5, 6, 0.25),
                new Augmentation(true, true, 0.05, 0.05),
                new PatchTrainingOptions(
                        4,
                        8,
                        EPOCHS,
                        optimiser,
                        rate,
                        PatchTrainingOptions.Decay.COSINE,
                        finalRate,
                        0.9,
                        0.99,
                        1e-4,
                        PatchLoss.BCE_DICE),
                new StitchingOptions(0.25, StitchingOptions.Borders.BLEND, 4));
    }

    private static PatchSettings settings() {
        return settings(PatchTrainingOptions.Optimiser.ADAM, 0.02);
    }

    private static PatchTrainer trainer(PatchSettings settings) {
        return PatchTraining.trainer(ENGINE, settings, SLIDES, UNSEEN, FitListener.NONE);
    }

    private static Map<String, List<Float>> state(PatchTrainer trainer) {
        Map<String, List<Float>> copy = new LinkedHashMap<>();
        trainer.state().forEach((name, array) -> {
            List<Float> values = new ArrayList<>();
            for (long i = 0; i < array.length(); i++) {
                values.add(array.getFloat(i));
            }
            copy.put(name, values);
        });
        return copy;
    }

    private static List<EpochReport> of(Phase phase, PatchTrainer trainer) {
        return trainer.reports().stream().filter(r -> r.phase() == phase).toList();
    }

    @ParameterizedTest
    @CsvSource({"ADAM, 0.02", "SGD, 0.1"})
    void trainingLowersBothLosses(PatchTrainingOptions.Optimiser optimiser, double rate) {
        // given lesions that redness tells from normal tissue
        List<AnalyticPlane> left = List.of(AnalyticPlane.of(120, 90).withDisc(0, 0.5, 0.5));
        PatchTrainer trainer = PatchTraining.trainer(ENGINE, settings(optimiser, rate), left, left, FitListener.NONE);

        trainer.train(FitListener.NONE, t -> {});

        for (Phase phase : List.of(Phase.PATCHES, Phase.VALIDATION)) {
            List<EpochReport> epochs = of(phase, trainer);
            assertEquals(EPOCHS, epochs.size());
            assertTrue(epochs.get(0).loss() > epochs.get(EPOCHS - 1).loss(), phase + " " + epochs);
        }
        assertEquals(8, of(Phase.PATCHES, trainer).get(0).steps());
        assertEquals(2, of(Phase.VALIDATION, trainer).get(0).steps());
    }

    @Test
    void theSameSeedGivesTheSameBits() {
        PatchTrainer one = trainer(settings());
        PatchTrainer two = trainer(settings());
        PatchTrainer other = trainer(settings().withSeed(4));

        one.train(FitListener.NONE, t -> {});
        two.train(FitListener.NONE, t -> {});
        other.train(FitListener.NONE, t -> {});

        assertEquals(state(one), state(two));
        assertFalse(state(one).equals(state(other)));
    }

    @ParameterizedTest
    @EnumSource(PatchTrainingOptions.Optimiser.class)
    void aResumedRunEndsWithTheBitsOfAnUninterruptedOne(
            PatchTrainingOptions.Optimiser optimiser, @TempDir Path folder) {
        PatchSettings settings = settings(optimiser, 0.02);
        PatchTrainer whole = trainer(settings);
        whole.train(FitListener.NONE, t -> {});
        for (int epochs : new int[] {1, EPOCHS}) {
            PatchTrainer cut = trainer(settings);
            assertThrows(
                    CancellationException.class,
                    () -> cut.train(FitListener.NONE, t -> {
                        Checkpoint.save(folder, t);
                        if (of(Phase.VALIDATION, t).size() >= epochs) {
                            throw new CancellationException();
                        }
                    }));

            PatchTrainer resumed = trainer(settings);
            Checkpoint.load(folder, resumed);
            resumed.train(FitListener.NONE, t -> {});

            assertEquals(state(whole), state(resumed), "stopped after " + epochs);
            assertEquals(whole.bestEpoch(), resumed.bestEpoch());
        }
    }

    @Test
    void theWeightsOfTheBestEpochAreKept() {
        // given a rate so large that the loss goes up and down
        PatchTrainer trainer = trainer(settings(PatchTrainingOptions.Optimiser.ADAM, 2, 1));
        List<Map<String, List<Float>>> after = new ArrayList<>();

        trainer.train(FitListener.NONE, t -> after.add(state(t)));

        List<EpochReport> checked = of(Phase.VALIDATION, trainer);
        int best = trainer.bestEpoch();
        checked.forEach(r -> assertTrue(checked.get(best - 1).loss() <= r.loss()));
        Map<String, List<Float>> kept = state(trainer);
        int compared = 0;
        for (String name : kept.keySet()) {
            if (name.startsWith("network.")) {
                assertEquals(after.get(best - 1).get(name), kept.get(name), name);
                compared++;
            }
        }
        assertEquals(5, compared);
        assertTrue(best < EPOCHS, "this test needs a best epoch before the last, found " + checked);
    }

    @Test
    void withoutValidationSlidesAStripIsKeptAndSaid() {
        List<String> notices = new ArrayList<>();
        FitListener listens = new FitListener() {
            @Override
            public void notice(String line) {
                notices.add(line);
            }
        };

        PatchTrainer trainer = PatchTraining.trainer(ENGINE, settings(), SLIDES, List.of(), listens);
        trainer.train(listens, t -> {});

        assertEquals(1, notices.size());
        assertTrue(notices.get(0).contains("25 % of its area"), notices.get(0));
        assertEquals(EPOCHS, of(Phase.VALIDATION, trainer).size());
    }

    @Test
    void aTrainingThatDivergesStopsWithTheOptionToLower() {
        PatchTrainer trainer = trainer(settings(PatchTrainingOptions.Optimiser.ADAM, 1e30));

        InputException stopped = assertThrows(InputException.class, () -> trainer.train(FitListener.NONE, t -> {}));

        assertTrue(stopped.getMessage().startsWith("patch training diverged in epoch 1"), stopped.getMessage());
        assertTrue(stopped.getMessage().contains("training.rate"), stopped.getMessage());
    }

    @Test
    void aGradientThatIsNoNumberStopsInItsOwnStepAndNamesTheLastCheckpoint(@TempDir Path folder) {
        // given one bad gradient in the second epoch's third step, nearest to the loss
        int[] gradients = {0};
        int stepsBefore = 8 + 2;
        int layers = 2;
        Engine faulty = FaultyEngine.of(Float.NaN, () -> gradients[0]++ == layers * stepsBefore);
        PatchTrainer trainer = PatchTraining.trainer(faulty, settings(), SLIDES, UNSEEN, FitListener.NONE);

        DivergedException stopped = assertThrows(
                DivergedException.class, () -> trainer.train(FitListener.NONE, t -> Checkpoint.save(folder, t)));

        String said = stopped.with(folder).getMessage();
        assertTrue(said.startsWith("patch training diverged in epoch 2 at step 3 of 8: the gradient of "), said);
        assertTrue(said.contains("\"second.weight\""), said);
        assertTrue(said.contains(folder.resolve("checkpoint-2.safetensors") + " (after epoch 1 of validation)"), said);
    }

    @Test
    void anInterruptStopsTheTraining() {
        PatchTrainer trainer = trainer(settings());
        FitListener interrupts = new FitListener() {
            @Override
            public void step(Phase phase, double loss) {
                Thread.currentThread().interrupt();
            }
        };

        var stopped = assertThrows(CancellationException.class, () -> trainer.train(interrupts, t -> {}));

        assertTrue(stopped.getMessage().contains("epoch 1 of patch training"), stopped.getMessage());
    }

    @Test
    void everyStepIsTold() {
        long[] told = new long[2];
        FitListener counts = new FitListener() {
            @Override
            public void begin(Phase phase, String subject, long steps) {
                told[0] = steps;
            }

            @Override
            public void step(Phase phase, double loss) {
                told[1]++;
            }
        };

        trainer(settings()).train(counts, t -> {});

        assertEquals(EPOCHS * (8 + 2), told[0]);
        assertEquals(told[0], told[1]);
    }

    @Test
    void slidesWithoutAnyLesionAreRefused() {
        List<AnalyticPlane> clean = List.of(AnalyticPlane.of(60, 60).withDisc(0, 0, 0));

        var refused = assertThrows(
                InputException.class,
                () -> PatchTraining.trainer(ENGINE, settings(), clean, List.of(), FitListener.NONE));

        assertTrue(
                refused.getMessage().contains("no lesion in the tissue of the whole training split (analytic)"),
                refused.getMessage());
    }

    @Test
    void aSavedNetworkPredictsTheSame(@TempDir Path folder) {
        TrainedPatchNetwork trained = trainer(settings()).train(FitListener.NONE, t -> {});
        AnalyticPlane unseen = AnalyticPlane.of(70, 50);

        trained.save(folder);
        TrainedPatchNetwork loaded = TrainedPatchNetwork.load(folder, settings(), ENGINE);

        float[] expected = trained.predict(unseen, FitListener.NONE).probabilities();
        assertArrayEquals(expected, loaded.predict(unseen, FitListener.NONE).probabilities());
        assertTrue(expected[35 * 70 + 10] != expected[25 * 70 + 28], "the prediction is flat");
    }

    @Test
    void weightsOfAnotherNetworkAreRefused(@TempDir Path folder) {
        trainer(settings()).train(FitListener.NONE, t -> {}).save(folder);

        InputException refused = assertThrows(
                InputException.class,
                () -> TrainedPatchNetwork.load(folder, settings().with(new TestNetworks.Tiny(5)), ENGINE));

        assertTrue(refused.getMessage().contains("network.safetensors"), refused.getMessage());
    }
}
