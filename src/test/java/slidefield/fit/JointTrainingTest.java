package slidefield.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.field.Encoding;
import slidefield.field.Field;
import slidefield.nn.Engine;
import slidefield.nn.Losses;
import slidefield.nn.Parameter;
import slidefield.nn.Tape;

/** What the two-step training is compared with, and why it wins: both losses at once, and how strongly each pulls. */
class JointTrainingTest {
    private static final Engine ENGINE = Engine.reference(DataType.FLOAT);
    private static final Settings SMALL = Settings.preset("teaching")
            .with(List.of(
                    "field.hashGrid.levels=5",
                    "field.hashGrid.log2Table=9",
                    "field.decoder.width=8",
                    "field.head.width=8",
                    "field.head.dilations=[1, 2]",
                    "training.window=32",
                    "training.jitter=4",
                    "training.reconstructionEpochs=4",
                    "training.lesionEpochs=3",
                    "ito.epochs=2"));
    private static final List<DiscPlane> SLIDES =
            List.of(DiscPlane.of("one", 64, 48, 1), DiscPlane.of("two", 40, 64, 2));

    private static Trainer trainer() {
        return new Trainer(ENGINE, SMALL, SLIDES, Path.of("absent"));
    }

    @Test
    void bothLossesFallTogetherAndAreReportedApart() {
        Trainer trainer = trainer();

        trainer.trainJointly(FitListener.NONE);

        Map<Phase, List<EpochReport>> by =
                trainer.reports().stream().collect(Collectors.groupingBy(EpochReport::phase));
        for (Phase phase : List.of(Phase.JOINT, Phase.RECONSTRUCTION, Phase.LESION)) {
            List<EpochReport> epochs = by.get(phase);
            assertEquals(
                    List.of(1, 2, 3, 4, 5, 6, 7),
                    epochs.stream().map(EpochReport::epoch).toList());
            assertTrue(epochs.get(6).loss() < epochs.get(0).loss(), phase + " did not fall");
        }
        for (int e = 0; e < 7; e++) {
            double sum = by.get(Phase.RECONSTRUCTION).get(e).loss()
                    + by.get(Phase.LESION).get(e).loss();
            assertEquals(by.get(Phase.JOINT).get(e).loss(), sum, 1e-9);
        }
        assertThrows(IllegalStateException.class, () -> trainer.trainJointly(FitListener.NONE));
    }

    @Test
    void theSameSeedGivesTheSameBitsAndTheSlidesKeepTheirGrids() {
        Trainer one = trainer();
        Trainer two = trainer();

        TrainedField field = one.trainJointly(FitListener.NONE);
        two.trainJointly(FitListener.NONE);

        one.state()
                .forEach((name, array) -> assertArrayEquals(
                        array.data().asDouble(), two.state().get(name).data().asDouble(), name));
        Prediction seen = field.predict(one.trained(0), SLIDES.get(0), FitListener.NONE);
        Prediction other = field.predict(one.trained(1), SLIDES.get(0), FitListener.NONE);
        assertTrue(seen.psnr() > other.psnr() + 1, seen.psnr() + " dB and " + other.psnr() + " dB");
    }

    @Test
    void aPullIsTheLengthOfTheDecodersGradient() {
        Field field = new Field(SMALL.field(), DataType.FLOAT, 5);
        Encoding encoding = field.newEncoding(6);
        DiscPlane plane = SLIDES.get(0);
        Part part = new Part(8, 4, 32, 32);
        double squares = 0;
        try (Tape tape = ENGINE.record()) {
            INDArray target = Targets.rgb(tape, plane, part);
            tape.backward(
                    Losses.mse(field.colours(field.latent(encoding.encode(tape, plane.window(8, 4, 32, 32)))), target));
            for (Parameter weight : field.decoder().parameters().values()) {
                squares += Math.pow(weight.gradient().norm2Number().doubleValue(), 2);
            }
        }
        field.trainable(true, false);

        Pull pull = Pull.at(ENGINE, field, encoding, plane, part);

        assertEquals(Math.sqrt(squares), pull.reconstruction(), 1e-6 * Math.sqrt(squares));
        assertTrue(pull.lesion() > 0 && pull.lesion() != pull.reconstruction());
        assertEquals(pull.lesion() / pull.reconstruction(), pull.ratio());
        assertTrue(field.decoder().parameters().values().stream().allMatch(Parameter::trainable));
        assertTrue(field.lesionHead().parameters().values().stream().noneMatch(Parameter::trainable));
        assertTrue(encoding.parameters().values().stream().allMatch(Parameter::trainable));
    }

    @Test
    void theMixedWindowHoldsHalfLesion() {
        // given lesion in all but the upper left quarter's half
        float[] lesion = new float[64 * 64];
        for (int i = 0; i < lesion.length; i++) {
            boolean upperLeft = i % 64 < 32 && i / 64 < 32;
            lesion[i] = !upperLeft || i % 64 < 16 ? 1 : 0;
        }
        DiscPlane plane = new DiscPlane("half", 64, 64, new float[64 * 64 * 3], lesion);

        assertEquals(new Part(0, 0, 32, 32), Pull.mixedWindow(plane, 32));
        assertEquals(new Part(0, 0, 64, 64), Pull.mixedWindow(plane, 200));
    }

    @Test
    void pullsAreMeasuredEveryEpochAndChangeNoBit() {
        Trainer plain = trainer();
        plain.trainJointly(FitListener.NONE);
        Trainer watched = trainer();
        Part part = new Part(0, 0, 32, 32);
        PullWatch watch = new PullWatch(watched, 0, part, FitListener.NONE);

        watched.trainJointly(watch);

        assertEquals(8, watch.pulls().size());
        assertEquals(watched.pull(0, part), watch.pulls().get(7));
        plain.state()
                .forEach((name, array) -> assertArrayEquals(
                        array.data().asDouble(),
                        watched.state().get(name).data().asDouble(),
                        name));
    }
}
