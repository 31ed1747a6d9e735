package slidefield.nic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import slidefield.fit.EpochReport;
import slidefield.fit.FitListener;
import slidefield.fit.Phase;
import slidefield.fit.PlateauSchedule;
import slidefield.fit.Targets;
import slidefield.io.InputException;
import slidefield.nn.Engine;
import slidefield.nn.Module;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;

/** Every way to train an encoder learns what it should, on stripes. */
class EncoderLearningTest {
    private static final PatchSet LABELLED = StripedPatches.labelled(64, 1);
    private static final PatchSet UNSEEN = StripedPatches.labelled(32, 2);
    private static final List<Integer> BATCH = IntStream.range(0, 32).boxed().toList();

    /** Of the adversaries. */
    private static final double RATE = 1e-2;

    @Test
    void supervisedTrainingTellsStripesApart() {
        EncoderTraining.Trained trained =
                EncoderTraining.train(StripedPatches.supervised(12), LABELLED, UNSEEN, FitListener.NONE);
        assertEquals(0, trained.bestLoss().orElseThrow(), "1 - accuracy");
        assertEquals(
                StripedPatches.encoder(EncoderMethod.SUPERVISED),
                trained.encoder().options());
    }

    @Test
    void manyClassesShareASoftmax() {
        PatchSet three = threeClasses(48, 3);
        EncoderSettings settings = StripedPatches.settings(
                StripedPatches.encoder(EncoderMethod.SUPERVISED),
                new SupervisedObjective(8, 3),
                StripedPatches.training(12, 1e-2));
        EncoderTraining.Trained trained = EncoderTraining.train(settings, three, threeClasses(24, 4), FitListener.NONE);
        assertEquals(0, trained.bestLoss().orElseThrow(), "1 - accuracy");
    }

    /** Stripes across, stripes down, and black. */
    private static PatchSet threeClasses(int count, long seed) {
        PatchSet two = StripedPatches.labelled(count, seed);
        List<byte[]> patches = new ArrayList<>(two.patches());
        int[] labels = two.labels().clone();
        for (int i = 0; i < count; i += 3) {
            patches.set(i, new byte[StripedPatches.SIDE * StripedPatches.SIDE]);
            labels[i] = 2;
        }
        return new PatchSet(StripedPatches.SIDE, 1, patches, labels, List.of("across", "down", "black"));
    }

    @Test
    void contrastiveTrainingTellsPairsApart() {
        EncoderSettings settings = StripedPatches.settings(
                StripedPatches.encoder(EncoderMethod.CONTRASTIVE),
                new ContrastiveObjective(16),
                // nothing is seen of this at first: the rate must not fall before
                new EncoderTrainingOptions(32, 30, 0, PlateauSchedule.tenths(1e-2, 30), 0.9, 0.999));
        EncoderTraining.Trained trained = EncoderTraining.train(
                settings, StripedPatches.pairs(384, 5), StripedPatches.pairs(64, 6), FitListener.NONE);
        assertTrue(trained.bestLoss().orElseThrow() < 0.1, "1 - accuracy " + trained.bestLoss());
    }

    @Test
    void anAutoencoderPaintsStripes() {
        EncoderSettings settings = StripedPatches.settings(
                StripedPatches.encoder(EncoderMethod.VAE),
                new VaeObjective(5e-5, new CodeDecoderOptions(2, 12, List.of(12, 8))),
                StripedPatches.training(30, 1e-2));
        EncoderTraining.Trained trained = EncoderTraining.train(
                settings, StripedPatches.unlabelled(128, 7), StripedPatches.unlabelled(32, 8), FitListener.NONE);
        double first = trained.reports().get(1).loss();
        assertTrue(trained.bestLoss().orElseThrow() < 0.4 * first, first + " became " + trained.bestLoss());
        assertTrue(trained.bestEpoch() > 3);
    }

    @Test
    void theDiscriminatorLearnsByTrueLabelsAndThePaintersByTheSwappedOnes() {
        // given
        EncoderBatch batch = LABELLED.batch(BATCH, PatchAugmentation.NONE, 0);
        try (Engine engine = Engine.preferred();
                BiGanLearner learner = (BiGanLearner) EncoderTraining.learner(StripedPatches.biGan(1), engine)) {
            BiGan networks = (BiGan) learner.network();
            Map<String, Integer> others = parameters(networks.encoder(), networks.generator());
            // when only the discriminator learns
            double first = learner.discriminate(batch, RATE, 1);
            double last = first;
            for (int step = 2; step <= 60; step++) {
                last = learner.discriminate(batch, RATE, step);
            }
            // then its loss falls, the others stay, and what is real is above what is painted
            assertTrue(first > 0.5 && last < 0.5 * first, first + " became " + last);
            assertEquals(others, parameters(networks.encoder(), networks.generator()));
            double[] judged = judgements(engine, networks, batch);
            assertTrue(judged[0] > 0 && judged[1] < 0, "real " + judged[0] + ", painted " + judged[1]);
            // when only the others learn
            Map<String, Integer> judge = parameters(networks.discriminator());
            double fooled = learner.deceive(batch, RATE, 100);
            double foolish = fooled;
            for (int step = 101; step < 160; step++) {
                foolish = learner.deceive(batch, RATE, step);
            }
            // then they fool it, and it stays
            assertTrue(fooled > first && foolish < 0.7 * fooled, fooled + " became " + foolish);
            assertEquals(judge, parameters(networks.discriminator()));
        }
    }

    private static Map<String, Integer> parameters(Module... modules) {
        Map<String, Integer> bits = new LinkedHashMap<>();
        for (int i = 0; i < modules.length; i++) {
            int number = i;
            modules[i]
                    .parameters()
                    .forEach((name, parameter) -> bits.put(number + name, EncoderTrainerTest.bits(parameter.value())));
        }
        return bits;
    }

    /** The discriminator's mean logits of real patches and of painted ones. */
    private static double[] judgements(Engine engine, BiGan networks, EncoderBatch batch) {
        try (Tape tape = engine.inference()) {
            Tensor averaged = networks.encoder().averaged(tape.constant(batch.input(tape)));
            Tensor codes = networks.encoder().encode(averaged);
            double real = networks.discriminator()
                    .judge(averaged, codes)
                    .value()
                    .meanNumber()
                    .doubleValue();
            Tensor prior =
                    tape.constant(Targets.array(tape, priors(codes.value().length()), codes.shape()));
            double painted = networks.discriminator()
                    .judge(networks.generator().forward(prior), prior)
                    .value()
                    .meanNumber()
                    .doubleValue();
            return new double[] {real, painted};
        }
    }

    private static float[] priors(long count) {
        double[] noise = VaeLearner.noise((int) count, 9);
        float[] values = new float[noise.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) noise[i];
        }
        return values;
    }

    @Test
    void aBiGanTakesItsStepsAndKeepsTheLastWeights() {
        EncoderTraining.Trained trained =
                EncoderTraining.train(StripedPatches.biGan(10), LABELLED, null, FitListener.NONE);
        // 4 + 4 + 2 steps
        assertEquals(
                List.of(4, 4, 2),
                trained.reports().stream().map(EpochReport::steps).toList());
        assertEquals(3, trained.bestEpoch());
        assertTrue(trained.bestLoss().isEmpty());
        assertTrue(trained.reports().stream().allMatch(r -> r.phase() == Phase.ENCODER));
    }

    @Test
    void trainingEndsWhenTheLowestRateBringsNothing() {
        EncoderSettings settings = StripedPatches.settings(
                StripedPatches.encoder(EncoderMethod.SUPERVISED),
                new SupervisedObjective(8, 2),
                new EncoderTrainingOptions(16, 1000, 0, new PlateauSchedule(1e-2, 0.1, 3, 0, 1e-4), 0.9, 0.999));
        EncoderTraining.Trained trained = EncoderTraining.train(settings, LABELLED, UNSEEN, FitListener.NONE);
        // two lowerings after three checks in vain each, and three more
        int epochs = trained.reports().size() / 2;
        assertTrue(epochs >= 10 && epochs < 200, "epochs " + epochs);
        assertTrue(epochs >= trained.bestEpoch() + 3, "best " + trained.bestEpoch());
    }

    @Test
    void otherPatchesThanTheEncodersAreRefused() {
        EncoderSettings settings = StripedPatches.supervised(1);
        refused("single patches are needed", settings, StripedPatches.pairs(8, 1));
        refused("set objective.classes=3", settings, threeClasses(12, 1));
        refused("patches with labels are needed", settings, StripedPatches.unlabelled(8, 1));
        PatchSet large = PatchSet.unlabelled(4, 1, List.of(new byte[16]));
        refused("found 4 pixels with 1;", settings, large);
        assertThrows(
                IllegalArgumentException.class,
                () -> EncoderTraining.train(settings, LABELLED, null, FitListener.NONE));
    }

    private static void refused(String why, EncoderSettings settings, EncoderExamples examples) {
        InputException refused = assertThrows(
                InputException.class, () -> EncoderTraining.train(settings, examples, UNSEEN, FitListener.NONE));
        assertTrue(refused.getMessage().contains(why), refused.getMessage());
    }
}
