package slidefield.nic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import slidefield.nn.Engine;
import slidefield.nn.Tape;

class GradCamTest {
    private static final double STEP = 1e-5;

    /** The formula with differences in place of gradients: f is 3 x 3 x filters, the crop 7 x 7. */
    private static double[] byDifferences(Engine engine, SlideCnn network, float[] crop, int ofClass) {
        double[] f;
        try (Tape tape = engine.inference()) {
            CropBatch batch = new CropBatch(tape, 1, network.options());
            batch.put(0, crop);
            f = network.first(batch.tensor())
                    .value()
                    .reshape('c', new long[] {27})
                    .toDoubleVector();
        }
        double[] weights = new double[3];
        for (int i = 0; i < f.length; i++) {
            double above = output(engine, network, f, i, STEP, ofClass);
            double below = output(engine, network, f, i, -STEP, ofClass);
            weights[i % 3] += (above - below) / (2 * STEP) / 9;
        }
        double[] map = new double[9];
        for (int i = 0; i < f.length; i++) {
            map[i / 3] += weights[i % 3] * f[i];
        }
        double[] large = new double[49];
        double most = 0;
        for (int i = 0; i < 49; i++) {
            double row = position(i / 7);
            double column = position(i % 7);
            for (int k = 0; k < 9; k++) {
                large[i] += near(row, k / 3) * near(column, k % 3) * Math.max(0, map[k]);
            }
            most = Math.max(most, large[i]);
        }
        for (int i = 0; i < 49; i++) {
            large[i] = most > 0 ? large[i] / most : 0;
        }
        return large;
    }

    /** Where a place of seven lies among three. */
    private static double position(int place) {
        return Math.min(2, Math.max(0, (place + 0.5) * 3 / 7 - 0.5));
    }

    private static double near(double position, int place) {
        return Math.max(0, 1 - Math.abs(position - place));
    }

    private static double output(Engine engine, SlideCnn network, double[] f, int moved, double by, int ofClass) {
        double[] other = f.clone();
        other[moved] += by;
        try (Tape tape = engine.inference();
                INDArray maps = Nd4j.createFromArray(other)) {
            return network.afterFirst(tape.constant(maps.reshape('c', 1, 3, 3, 3)))
                    .value()
                    .getDouble(0, ofClass);
        }
    }

    @Test
    void theMapIsTheFormulas() {
        SlideCnnOptions options = new SlideCnnOptions(2, 7, 3, List.of(2, 1), 4, 3, 0.2, 0.1);
        int shown = 0;
        try (Engine engine = Engine.reference(DataType.DOUBLE)) {
            for (int seed = 1; seed <= 4; seed++) {
                // given
                SlideCnn network = new SlideCnn(options, DataType.DOUBLE, seed);
                network.training(false);
                Random random = new Random(seed);
                float[] crop = new float[98];
                for (int i = 0; i < crop.length; i++) {
                    crop[i] = (float) random.nextGaussian();
                }
                for (int ofClass = 0; ofClass < 3; ofClass++) {
                    // when
                    float[] map = new GradCam(engine, network).map(crop, ofClass);

                    // then
                    double[] wanted = byDifferences(engine, network, crop, ofClass);
                    double most = 0;
                    for (int i = 0; i < 49; i++) {
                        assertEquals(wanted[i], map[i], 1e-4, "seed " + seed + ", class " + ofClass + ", place " + i);
                        most = Math.max(most, map[i]);
                    }
                    shown += most == 1 ? 1 : 0;
                }
            }
        }
        assertTrue(shown >= 8, "most maps show something, found " + shown);
    }

    @Test
    void theNegativeClassIsTheNegativeOfTheOnlyOutput() {
        SlideCnnOptions options = new SlideCnnOptions(1, 5, 2, List.of(1), 3, 1, 0, 0.1);
        try (Engine engine = Engine.preferred()) {
            SlideCnn network = new SlideCnn(options, DataType.FLOAT, 3);
            network.training(false);
            GradCam cam = new GradCam(engine, network);
            float[] crop = new float[25];
            for (int i = 0; i < 25; i++) {
                crop[i] = (float) Math.sin(i);
            }
            float[] positive = cam.map(crop, 1);
            float[] negative = cam.map(crop, 0);
            // what speaks for one class speaks against the other
            for (int i = 0; i < 25; i++) {
                assertTrue(positive[i] < 1 || negative[i] < 1, "place " + i);
            }
            assertTrue(assertThrows(IllegalArgumentException.class, () -> cam.map(crop, 2))
                    .getMessage()
                    .contains("a class from 0 to 1, found 2"));
            assertTrue(assertThrows(IllegalArgumentException.class, () -> cam.map(new float[24], 1))
                    .getMessage()
                    .contains("expected a crop of 5 x 5 codes of 1 values, found 24 values"));
        }
    }
}
