package slidefield.nic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.fit.BestWeights;
import slidefield.fit.Checkpoint;
import slidefield.fit.DivergedException;
import slidefield.fit.EpochReport;
import slidefield.fit.FitListener;
import slidefield.fit.Phase;
import slidefield.nn.Engine;
import slidefield.nn.Init;
import slidefield.nn.Module;

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

    /** A fingerprint of every array's bits. */
    private static Map<String, Integer> bits(EncoderTrainer trainer) {
        Map<String, Integer> bits = new LinkedHashMap<>();
        trainer.state().forEach((name, array) -> bits.put(name, bits(array)));
        return bits;
    }

    static int bits(INDArray array) {
        return Arrays.hashCode(array.reshape('c', new long[] {array.length()}).toDoubleVector());
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
                    CancellationException.class, () -> trainer(settings, cut).train(FitListener.NONE, t -> {
                        Checkpoint.save(folder, t);
                        if (t.reports().stream()
                                        .filter(r -> r.phase() == Phase.ENCODER)
                                        .count()
                                == 2) {
                            Thread.currentThread().interrupt();
                        }
                    }));
            EncoderTrainer resumed = trainer(settings, rest);
            Checkpoint.load(folder, resumed);
            resumed.train(FitListener.NONE, t -> {});
            // then
            assertEquals(losses(uninterrupted), losses(resumed));
            assertEquals(bits(uninterrupted), bits(resumed));
            assertTrue(uninterrupted.finished() && resumed.finished());
        }
    }

    @Test
    void theBestValidationsWeightsAreTheResult() {
        EncoderSettings settings = settings("supervised");
        try (Engine engine = Engine.preferred();
                EncoderLearner learner = EncoderTraining.learner(settings, engine)) {
            EncoderTrainer trainer = trainer(settings, learner);
            Map<Integer, Map<String, Integer>> after = new LinkedHashMap<>();
            trainer.train(FitListener.NONE, t -> after.put(t.reports().size() / 2, bits(t)));
            Map<String, Integer> best = after.get(trainer.bestEpoch());
            learner.network()
                    .values()
                    .forEach((name, array) -> assertEquals(best.get("network." + name), bits(array), name));
            assertEquals(BestWeights.leastLoss(trainer.reports()), trainer.bestLoss());
        }
    }

    /** Learns nothing; a batch's check is its mean label. */
    private record MeanLabel(Module network) implements EncoderLearner {
        @Override
        public Module encoder() {
            return network;
        }

        @Override
        public boolean validates() {
            return true;
        }

        @Override
        public double learn(EncoderBatch batch, double rate, long seed) {
            return 0;
        }

        @Override
        public double check(EncoderBatch batch, long seed) {
            return Arrays.stream(batch.labels()).average().orElseThrow();
        }

        @Override
        public Map<String, INDArray> optimiser() {
            return Map.of();
        }

        @Override
        public void close() {}
    }

    @Test
    void theLossIsTheMeanOverAllExamplesThoughTheLastBatchIsSmaller() {
        // given 24 examples in batches of 16 and 8, and the last 8 alone have the label 1
        int[] labels = new int[24];
        Arrays.fill(labels, 16, 24, 1);
        PatchSet unequal = new PatchSet(StripedPatches.SIDE, 1, VALIDATION.patches(), labels, List.of("none", "all"));
        EncoderSettings settings = StripedPatches.supervised(1);
        EncoderLearner learner = new MeanLabel(new ClassHead(new Init(DataType.FLOAT, 1), 2, 2, 1));
        EncoderTrainer trainer = EncoderTraining.trainer(
                settings, learner, EncoderTraining.of(settings, TRAINING, unequal, List.of("stripes")));
        // when
        trainer.train(FitListener.NONE, t -> {});
        // then
        assertEquals(8.0 / 24, trainer.bestLoss(), 1e-12);
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
