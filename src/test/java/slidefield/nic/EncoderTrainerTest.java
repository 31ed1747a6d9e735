package slidefield.nic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.fit.BestWeights;
import slidefield.fit.Checkpoint;
import slidefield.fit.DivergedException;
import slidefield.fit.EpochReport;
import slidefield.fit.FitListener;
import slidefield.fit.Phase;
import slidefield.nn.Engine;

/** Training stops and goes on, and keeps what was best. */
class EncoderTrainerTest {
    private static final PatchSet TRAINING = StripedPatches.labelled(40, 1);
    private static final PatchSet VALIDATION = StripedPatches.labelled(24, 2);

    private static EncoderTrainer trainer(EncoderSettings settings, EncoderLearner learner) {
        return EncoderTraining.trainer(
                settings, learner, EncoderTraining.of(settings, TRAINING, VALIDATION, List.of("stripes")));
    }

    private static EncoderSettings settings(String kind) {
        return switch (kind) {
            case "supervised" -> StripedPatches.supervised(4);
            case "vae" -> StripedPatches.settings(
                    StripedPatches.encoder(EncoderMethod.VAE),
                    new VaeObjective(5e-5, new CodeDecoderOptions(2, 4, List.of(4, 4))),
                    StripedPatches.training(4, 1e-3));
            default -> StripedPatches.biGan(11);
        };
    }

    private static Map<String, INDArray> copy(EncoderTrainer trainer) {
        Map<String, INDArray> copies = new LinkedHashMap<>();
        trainer.state().forEach((name, array) -> copies.put(name, array.dup()));
        return copies;
    }

    private static List<Double> losses(EncoderTrainer trainer) {
        return trainer.reports().stream().map(EpochReport::loss).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"supervised", "vae", "bigan"})
    void aResumedTrainingHasTheBitsOfAnUninterruptedOne(String kind, @TempDir Path folder) {
        EncoderSettings settings = settings(kind);
        try (Engine engine = Engine.preferred();
                EncoderLearner whole = EncoderTraining.learner(settings, engine);
                EncoderLearner cut = EncoderTraining.learner(settings, engine);
                EncoderLearner rest = EncoderTraining.learner(settings, engine)) {
            // given
            EncoderTrainer uninterrupted = trainer(settings, whole);
            uninterrupted.train(FitListener.NONE, t -> {});
            // when stopped after two epochs and resumed elsewhere
            assertThrows(
                    CancellationException.class,
                    () -> trainer(settings, cut).train(FitListener.NONE, t -> {
                        Checkpoint.save(folder, t);
                        if (t.reports().stream().filter(r -> r.phase() == Phase.ENCODER).count() == 2) {
                            Thread.currentThread().interrupt();
                        }
                    }));
            EncoderTrainer resumed = trainer(settings, rest);
            Checkpoint.load(folder, resumed);
            resumed.train(FitListener.NONE, t -> {});
            // then
            assertEquals(losses(uninterrupted), losses(resumed));
            assertEquals(copy(uninterrupted), copy(resumed));
            assertTrue(uninterrupted.finished() && resumed.finished());
        }
    }

    @Test
    void theBestValidationsWeightsAreTheResult() {
        EncoderSettings settings = settings("supervised");
        try (Engine engine = Engine.preferred();
                EncoderLearner learner = EncoderTraining.learner(settings, engine)) {
            EncoderTrainer trainer = trainer(settings, learner);
            Map<Integer, Map<String, INDArray>> after = new LinkedHashMap<>();
            trainer.train(FitListener.NONE, t -> after.put(t.reports().size() / 2, copy(t)));
            Map<String, INDArray> best = after.get(trainer.bestEpoch());
            learner.network().values().forEach((name, array) -> assertEquals(best.get("network." + name), array, name));
            assertEquals(BestWeights.leastLoss(trainer.reports()), trainer.bestLoss());
        }
    }

    @Test
    void theAccuracyIsThatOfAllExamplesThoughTheLastBatchIsSmaller() {
        // given 24 examples in batches of 16 and 8
        EncoderSettings settings = settings("supervised");
        try (Engine engine = Engine.preferred();
                EncoderLearner learner = EncoderTraining.learner(settings, engine)) {
            EncoderTrainer trainer = trainer(settings, learner);
            trainer.train(FitListener.NONE, t -> {});
            for (EpochReport report : trainer.reports()) {
                if (report.phase() == Phase.VALIDATION) {
                    double wrong = report.loss() * 24;
                    assertEquals(Math.rint(wrong), wrong, 1e-9);
                }
            }
        }
    }

    @Test
    void itStopsWhenTheLossIsNoNumber() {
        EncoderSettings settings = StripedPatches.settings(
                StripedPatches.encoder(EncoderMethod.SUPERVISED),
                new SupervisedObjective(8, 2),
                StripedPatches.training(4, 1e30));
        try (Engine engine = Engine.preferred();
                EncoderLearner learner = EncoderTraining.learner(settings, engine)) {
            DivergedException diverged = assertThrows(
                    DivergedException.class, () -> trainer(settings, learner).train(FitListener.NONE, t -> {}));
            assertTrue(diverged.getMessage().contains("lower training.schedule.rate"), diverged.getMessage());
        }
    }
}
