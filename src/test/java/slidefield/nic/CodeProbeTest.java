package slidefield.nic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import slidefield.fit.FitListener;
import slidefield.nn.Engine;

/** How codes are judged. */
class CodeProbeTest {
    private static final ProbeOptions OPTIONS = new ProbeOptions(3, 8, StripedPatches.training(15, 1e-2));
    private static final PatchSet TRAINING = StripedPatches.labelled(64, 1);
    private static final PatchSet VALIDATION = StripedPatches.labelled(32, 2);
    private static final PatchSet TEST = StripedPatches.labelled(30, 3);

    @Test
    void codesThatTellTheClassesAreFoundToAndTheMeanGreyIsNot() {
        EncoderTraining.Trained trained =
                EncoderTraining.train(StripedPatches.supervised(10), TRAINING, VALIDATION, FitListener.NONE);
        CodeProbe.Result result;
        try (PatchEncoder encoder = trained.encoder().encoder(Engine.preferred())) {
            result = CodeProbe.of(encoder, TRAINING, VALIDATION, TEST, OPTIONS, FitListener.NONE);
        }
        assertEquals(1, result.accuracy());
        assertEquals(1, result.validation());
        assertArrayEquals(new int[][] {{15, 0}, {0, 15}}, result.counts());
        try (PatchEncoder mean = new MeanRgb(StripedPatches.SIDE, 1)) {
            result = CodeProbe.of(mean, TRAINING, VALIDATION, TEST, OPTIONS, FitListener.NONE);
        }
        assertTrue(result.accuracy() < 0.8, "mean grey " + result.accuracy());
    }

    @Test
    void accuraciesAreSharesOfTheTest() {
        CodeProbe.Result result =
                new CodeProbe.Result(List.of("a", "b", "c"), 0.5, new int[][] {{3, 1, 0}, {0, 2, 4}, {0, 0, 0}});
        assertEquals(0.5, result.accuracy());
        assertEquals(0.75, result.accuracy(0));
        assertEquals(2.0 / 6, result.accuracy(1));
        assertTrue(Double.isNaN(result.accuracy(2)));
    }

    @Test
    void codesAreThoseOfThePatchesAsTheyAre() {
        StridedEncoderOptions options = StripedPatches.encoder(EncoderMethod.VAE);
        try (PatchEncoder encoder =
                new TrainedEncoder(options, options.build(DataType.FLOAT, 1)).encoder(Engine.preferred())) {
            CodeSet codes = CodeSet.of(encoder, TEST);
            assertEquals(30, codes.count());
            float[] last = encoder.encode(TEST.scaled(29));
            EncoderBatch batch = codes.batch(List.of(29), PatchAugmentation.strong(8), 1);
            assertArrayEquals(last, batch.first(), 1e-5f);
            assertArrayEquals(new int[] {1}, batch.labels());
        }
    }

    @Test
    void otherCodesOrClassesAreRefused() {
        CodeSet two = new CodeSet(2, new float[8], new int[] {0, 1, 0, 1}, List.of("a", "b"));
        CodeSet one = new CodeSet(1, new float[4], new int[] {0, 1, 0, 1}, List.of("a", "b"));
        CodeSet named = new CodeSet(2, new float[8], new int[] {0, 1, 0, 1}, List.of("a", "c"));
        for (CodeSet other : List.of(one, named)) {
            assertThrows(
                    IllegalArgumentException.class, () -> CodeProbe.of(two, two, other, OPTIONS, FitListener.NONE));
        }
        assertThrows(IllegalArgumentException.class, () -> new CodeSet(2, new float[7], new int[4], List.of("a")));
        assertThrows(IllegalArgumentException.class, () -> new CodeSet(1, new float[1], new int[] {1}, List.of("a")));
        assertThrows(
                IllegalArgumentException.class, () -> new PatchSet(2, 1, List.of(new byte[3]), new int[0], List.of()));
        assertThrows(
                IllegalArgumentException.class,
                () -> new PatchSet(2, 1, List.of(new byte[4]), new int[] {2}, List.of("a", "b")));
        PatchSet patches = PatchSet.unlabelled(2, 1, List.of(new byte[4]));
        assertThrows(
                IllegalArgumentException.class,
                () -> new PatchPairs(patches, new int[] {0}, new int[] {1}, new boolean[1]));
    }
}
