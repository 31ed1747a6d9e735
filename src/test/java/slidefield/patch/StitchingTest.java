package slidefield.patch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import slidefield.fit.FitListener;
import slidefield.fit.Phase;
import slidefield.fit.Plane;
import slidefield.fit.Prediction;
import slidefield.nn.Engine;
import slidefield.nn.Precision;

class StitchingTest {
    private static final Engine ENGINE = Engine.reference(DataType.FLOAT);
    private static final int SIZE = 16;

    private static TrainedPatchNetwork trained(
            PatchNetwork network, int scale, double overlap, StitchingOptions.Borders borders, int batch) {
        PatchSettings settings = new PatchSettings(
                "test",
                1,
                Precision.F32,
                new TestNetworks.Tiny(3),
                new PatchOptions(SIZE, scale, 0.5, 4, 0.2),
                Augmentation.NONE,
                new PatchTrainingOptions(
                        2,
                        1,
                        1,
                        PatchTrainingOptions.Optimiser.ADAM,
                        0.01,
                        PatchTrainingOptions.Decay.COSINE,
                        1,
                        0.9,
                        0.999,
                        0,
                        PatchLoss.BCE),
                new StitchingOptions(overlap, borders, batch));
        return new TrainedPatchNetwork(ENGINE, settings, network);
    }

    private static Prediction predict(TrainedPatchNetwork network, Plane plane) {
        return network.predict(plane, FitListener.NONE);
    }

    @ParameterizedTest
    @CsvSource({"CROP,0,1", "CROP,0.25,1", "CROP,0.5,3", "BLEND,0,1", "BLEND,0.25,4", "BLEND,0.3,2", "BLEND,0.5,5"})
    void aNetworkThatCopiesItsInputComesBackExactAcrossSeams(
            StitchingOptions.Borders borders, double overlap, int batch) {
        for (int[] size : new int[][] {{61, 45}, {16, 16}, {5, 40}, {64, 32}}) {
            AnalyticPlane plane = AnalyticPlane.of(size[0], size[1]);
            PatchNetwork copy = new TestNetworks.Formula(List.of(1), (border, red) -> red);

            Prediction prediction = predict(trained(copy, 1, overlap, borders, batch), plane);

            assertEquals(plane.width(), prediction.width());
            assertEquals(plane.height(), prediction.height());
            for (int y = 0; y < plane.height(); y++) {
                for (int x = 0; x < plane.width(); x++) {
                    assertEquals((x + 0.5) / plane.width(), prediction.probability(x, y), 0.5 / 255 + 1e-5);
                }
            }
        }
    }

    @Test
    void whatANetworkSaysNearAWindowsBorderIsCutOff() {
        // given overlaps of 8 of 16 pixels, so that 4 are cut off at every border
        AnalyticPlane plane = AnalyticPlane.of(61, 45);
        PatchNetwork unsure = new TestNetworks.Formula(List.of(1), (border, red) -> border < 4 ? 1f : 0.2f);

        Prediction prediction = predict(trained(unsure, 1, 0.5, StitchingOptions.Borders.CROP, 2), plane);

        for (float p : prediction.probabilities()) {
            assertEquals(0.2f, p, 1e-6);
        }
    }

    @Test
    void blendingGoesSmoothlyFromWindowToWindow() {
        // given a network whose answer rises within every window: steps of 0.6 where windows are cut
        AnalyticPlane plane = AnalyticPlane.of(100, 40);
        PatchNetwork uneven = new TestNetworks.Formula(List.of(1), (border, red) -> 0.2f + 0.08f * border);

        Prediction prediction = predict(trained(uneven, 1, 0.5, StitchingOptions.Borders.BLEND, 2), plane);

        for (int x = 1; x < 100; x++) {
            double step = Math.abs(prediction.probability(x, 20) - prediction.probability(x - 1, 20));
            assertTrue(step < 0.15, "a step of " + step + " at " + x);
        }
    }

    @Test
    void theBatchOfWindowsChangesNothing() {
        AnalyticPlane plane = AnalyticPlane.of(90, 70);
        PatchNetwork network = new TestNetworks.Tiny(3).build(DataType.FLOAT, 4);

        float[] one = predict(trained(network, 1, 0.4, StitchingOptions.Borders.BLEND, 1), plane)
                .probabilities();
        float[] four = predict(trained(network, 1, 0.4, StitchingOptions.Borders.BLEND, 4), plane)
                .probabilities();

        assertArrayEquals(one, four, 1.01f / 255);
        double different = 0;
        for (int i = 0; i < one.length; i++) {
            different += one[i] == four[i] ? 0 : 1;
        }
        assertTrue(different / one.length < 0.01, "rounding may differ in few pixels, not in " + different);
    }

    @Test
    void whatLiesOutsideTheSlideIsWhiteForTheNetwork() {
        // given a network that answers with its last scale, 8 times coarser, of a slide without any white
        AnalyticPlane plane = AnalyticPlane.of(32, 32);
        PatchNetwork coarse = new TestNetworks.Formula(List.of(1, 8), (border, red) -> border == 0 ? red : 0.5f);

        Prediction prediction = predict(trained(coarse, 1, 0, StitchingOptions.Borders.CROP, 1), plane);

        assertEquals(1, prediction.probability(0, 0), 1e-6);
        assertEquals(1, prediction.probability(16, 31), 1e-6);
        assertEquals(0.5, prediction.probability(8, 8), 1.0 / 255);
    }

    @Test
    void bareGlassIsBackgroundAndCostsNoWindow() {
        AnalyticPlane plane = AnalyticPlane.of(320, 64).withTissueUntil(0.25);
        TestNetworks.Formula all = new TestNetworks.Formula(List.of(1), (border, red) -> 0.9f);

        Prediction prediction = predict(trained(all, 1, 0.25, StitchingOptions.Borders.BLEND, 3), plane);

        int whole = (320 / 12 + 1) * (64 / 12 + 1);
        assertTrue(all.windows.get() < 0.4 * whole, all.windows.get() + " of " + whole);
        for (int x = 0; x < 320; x++) {
            double expected = x < 80 ? 0.9 : x < 96 ? prediction.probability(x, 30) : 0;
            assertEquals(expected, prediction.probability(x, 30), 1.0 / 255, "at " + x);
        }
    }

    @Test
    void aCoarserNetworkAnswersAtThePixelsThatAreAskedFor() {
        AnalyticPlane plane = AnalyticPlane.of(130, 96);
        PatchNetwork copy = new TestNetworks.Formula(List.of(1), (border, red) -> red);

        Prediction prediction = predict(trained(copy, 4, 0.25, StitchingOptions.Borders.BLEND, 2), plane);

        assertEquals(130, prediction.width());
        for (int x = 4; x < 126; x++) {
            assertEquals((x + 0.5) / 130, prediction.probability(x, 50), 1.5 / 255);
        }
    }

    @Test
    void everyWindowIsTold() {
        AnalyticPlane plane = AnalyticPlane.of(100, 40).withTissueUntil(0.5);
        PatchNetwork copy = new TestNetworks.Formula(List.of(1), (border, red) -> red);
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

        trained(copy, 1, 0.25, StitchingOptions.Borders.BLEND, 3).predict(plane, counts);

        assertEquals(told[0], told[1]);
        assertTrue(told[0] > 20);
    }

    @Test
    void anInterruptStopsThePrediction() {
        PatchNetwork copy = new TestNetworks.Formula(List.of(1), (border, red) -> red);
        TrainedPatchNetwork network = trained(copy, 1, 0.25, StitchingOptions.Borders.BLEND, 3);
        FitListener interrupts = new FitListener() {
            @Override
            public void step(Phase phase, double loss) {
                Thread.currentThread().interrupt();
            }
        };

        assertThrows(CancellationException.class, () -> network.predict(AnalyticPlane.of(100, 40), interrupts));
    }
}
