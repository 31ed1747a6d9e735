package slidefield.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.evaluation.classification.ROC;
import org.nd4j.linalg.factory.Nd4j;
import slidefield.io.InputException;

class ScoresTest {
    private static final double EXACT = 1e-12;

    @Test
    void theFourMeasuresOfAKnownMask() {
        // given 3 hits, 1 false alarm, 2 misses, 4 rightly empty
        byte[] prediction = {1, 1, (byte) 255, 1, 0, 0, 0, 0, 0, 0};
        byte[] truth = {1, 1, 1, 0, 1, (byte) 200, 0, 0, 0, 0};
        // when
        Confusion counts = new Confusion().add(prediction, truth);
        // then
        assertEquals("TP 3, FP 1, FN 2, TN 4", counts.toString());
        assertEquals(new Scores(6 / 9.0, 3 / 6.0, 3 / 4.0, 3 / 5.0), counts.scores());
        assertEquals(10 / 15.0, counts.allLesion().scores().dice(), EXACT);
        assertEquals(0, counts.allBackground().scores().dice());
        assertEquals(10, counts.allBackground().total());
    }

    @Test
    void emptyMasksFollowTheConvention() {
        assertEquals(new Scores(1, 1, 1, 1), new Confusion(0, 0, 0, 9).scores(), "both empty: right");
        assertEquals(new Scores(0, 0, 0, 0), new Confusion(0, 3, 0, 6).scores(), "truth empty");
        assertEquals(new Scores(0, 0, 0, 0), new Confusion(0, 0, 3, 6).scores(), "prediction empty");
        assertEquals(new Scores(1, 1, 1, 1), new Confusion().scores(), "no pixels at all");
    }

    @Test
    void tilesAddUpToTheWhole() {
        // given
        long seed = 7;
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        byte[] prediction = new byte[5000];
        byte[] truth = new byte[5000];
        float[] probability = new float[5000];
        for (int i = 0; i < truth.length; i++) {
            probability[i] = random.nextFloat();
            prediction[i] = (byte) (probability[i] >= 0.5f ? 1 : 0);
            truth[i] = (byte) random.nextInt(2);
        }
        // when
        Confusion whole = new Confusion().add(prediction, truth);
        Confusion tiles = new Confusion();
        for (int at = 0; at < 5000; at += 1250) {
            tiles.add(new Confusion()
                    .add(
                            java.util.Arrays.copyOfRange(probability, at, at + 1250),
                            0.5f,
                            java.util.Arrays.copyOfRange(truth, at, at + 1250)));
        }
        // then
        assertEquals(whole.toString(), tiles.toString());
        assertEquals(whole.scores().dice(), 2 / (1 + 1 / whole.scores().jaccard()), EXACT, "Dice = 2J / (1 + J)");
    }

    @Test
    void aThresholdIsReachedByEqualityAndNaNIsRefused() {
        assertEquals(
                1, new Confusion().add(new float[] {0.5f}, 0.5f, new byte[] {1}).truePositives());
        assertThrows(IllegalArgumentException.class, () -> new Confusion()
                .add(new float[] {Float.NaN}, 0.5f, new byte[] {1}));
        assertThrows(IllegalArgumentException.class, () -> new Confusion().add(new byte[2], new byte[3]));
        assertThrows(IllegalArgumentException.class, () -> new Confusion(-1, 0, 0, 0));
    }

    @Test
    void answersWithoutSegmentationAreRecognised() {
        // the rows of WSI-INR's Table 2
        assertEquals(Degenerate.ALL_BACKGROUND, Degenerate.of(List.of(0.0, 0.0, 0.0)));
        assertEquals(Degenerate.ALL_LESION, Degenerate.of(List.of(0.0901, 0.0901, 0.0901)));
        assertEquals(Degenerate.NONE, Degenerate.of(List.of(0.2417, 0.1664, 0.1683)));
        assertEquals(Degenerate.NONE, Degenerate.of(List.of(0.0901)), "one number tells nothing");
        assertEquals(Degenerate.NONE, Degenerate.of(List.of(1.0, 1.0, 1.0)), "perfect is not degenerate");
        assertEquals(Degenerate.ALL_LESION, Degenerate.of(new Confusion(3, 7, 0, 0)));
        assertEquals(Degenerate.NONE, Degenerate.of(new Confusion(3, 0, 0, 0)), "all of it is lesion");
        assertEquals(Degenerate.ALL_BACKGROUND, Degenerate.of(new Confusion(0, 0, 3, 7)));
        assertEquals(Degenerate.NONE, Degenerate.of(new Confusion(0, 0, 0, 7)), "nothing there to find");
    }

    @Test
    void theAreaUnderTheCurveAgreesWithNd4j() {
        // given distinct probabilities on bin edges, so that binning loses nothing (ND4J splits ties by their order)
        long seed = 11;
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        List<Integer> bins =
                new ArrayList<>(IntStream.range(0, Roc.BINS).boxed().toList());
        Collections.shuffle(bins, random);
        int n = 800;
        double[] score = new double[n];
        boolean[] positive = new boolean[n];
        float[][] labels = new float[n][1];
        float[][] predictions = new float[n][1];
        for (int i = 0; i < n; i++) {
            score[i] = bins.get(i) / (double) Roc.BINS;
            positive[i] = random.nextDouble() < score[i];
            labels[i][0] = positive[i] ? 1 : 0;
            predictions[i][0] = (float) score[i];
        }
        // when
        ROC reference = new ROC(0);
        reference.eval(Nd4j.create(labels), Nd4j.create(predictions));
        // then
        assertEquals(reference.calculateAUC(), Roc.auc(score, positive), 1e-6);
        assertEquals(Roc.auc(score, positive), streamed(score, positive).auc(), EXACT);
    }

    @Test
    void tiesCountHalf() {
        // given few distinct probabilities
        long seed = 12;
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        double[] score = random.doubles(300).map(x -> Math.floor(x * 8) / 8).toArray();
        boolean[] positive = new boolean[300];
        for (int i = 0; i < 300; i++) {
            positive[i] = random.nextDouble() < score[i];
        }
        // when
        double won = 0;
        double pairs = 0;
        for (int i = 0; i < 300; i++) {
            for (int j = 0; j < 300; j++) {
                if (positive[i] && !positive[j]) {
                    won += score[i] > score[j] ? 1 : score[i] == score[j] ? 0.5 : 0;
                    pairs++;
                }
            }
        }
        // then
        assertEquals(won / pairs, Roc.auc(score, positive), EXACT);
        assertEquals(won / pairs, streamed(score, positive).auc(), EXACT);
        double[][] curve = streamed(score, positive).curve();
        assertEquals(0, curve[0][0], EXACT);
        assertEquals(1, curve[0][Roc.BINS], EXACT);
        assertEquals(1, curve[1][Roc.BINS], EXACT);
    }

    private static Roc streamed(double[] score, boolean[] positive) {
        Roc roc = new Roc();
        for (int i = 0; i < score.length; i++) {
            roc.add(new float[] {(float) score[i]}, new byte[] {(byte) (positive[i] ? 1 : 0)});
        }
        return roc;
    }

    @Test
    void extremesOfTheCurve() {
        assertEquals(1, Roc.auc(new double[] {1, 2, 3}, new boolean[] {false, true, true}), EXACT);
        assertEquals(0, Roc.auc(new double[] {3, 1, 2}, new boolean[] {false, true, true}), EXACT);
        assertEquals(0.5, Roc.auc(new double[] {1, 1}, new boolean[] {false, true}), EXACT);
        assertTrue(Double.isNaN(Roc.auc(new double[] {1, 2}, new boolean[] {true, true})));
        assertTrue(Double.isNaN(new Roc().auc()));
        assertThrows(IllegalArgumentException.class, () -> new Roc().add(new float[] {1.1f}, new byte[] {1}));
        assertThrows(IllegalArgumentException.class, () -> Roc.auc(new double[] {Double.NaN}, new boolean[1]));
    }

    @Test
    void spearmanOfKnownSeries() {
        // given the textbook pairs (IQ, hours of television): rho = -29/165, p = 0.6272
        double[] iq = {106, 100, 86, 101, 99, 103, 97, 113, 112, 110};
        double[] hours = {7, 27, 2, 50, 28, 29, 20, 12, 6, 17};
        // when
        Spearman found = Spearman.of(iq, hours);
        // then
        assertEquals(-29 / 165.0, found.rho(), EXACT);
        assertEquals(0.6272, found.p(), 1e-3);
        assertEquals(
                1, Spearman.of(new double[] {1, 2, 9}, new double[] {0, 5, 6}).rho(), EXACT);
        assertTrue(Double.isNaN(
                Spearman.of(new double[] {1, 1, 1}, new double[] {0, 5, 6}).rho()));
        assertThrows(IllegalArgumentException.class, () -> Spearman.of(new double[2], new double[2]));
    }

    @Test
    void psnrOfAKnownError() {
        // given an error of 0.1 everywhere: MSE 0.01, 20 dB in [0, 1]
        Psnr psnr = new Psnr(1).add(new float[] {0.5f, 0.1f}, new float[] {0.6f, 0.2f});
        // when / then
        psnr.add(new float[] {0.9f}, new float[] {0.8f});
        assertEquals(20, psnr.decibels(), 1e-5);
        assertEquals(26.99, Psnr.ofMse(0.002, 1), 0.01, "the paper's stop threshold");
        assertEquals(33.01, Psnr.ofMse(0.002, 2), 0.01);
        assertEquals(
                Double.POSITIVE_INFINITY,
                new Psnr(1).add(new float[] {1}, new float[] {1}).decibels());
        assertThrows(IllegalArgumentException.class, () -> new Psnr(0));
        assertThrows(IllegalArgumentException.class, () -> new Psnr(1).add(new float[1], new float[2]));
    }

    @Test
    void resolutionsAreReadAsTheyArePrinted() {
        assertEquals(List.of(Resolution.BASE, Resolution.QUARTER), Resolution.parseAll("base, Base/4"));
        for (String bad : List.of("", "base/8", "base,base", "base,", "2")) {
            assertThrows(InputException.class, () -> Resolution.parseAll(bad), bad);
        }
        assertEquals("base2", Resolution.HALF.fileName());
    }
}
