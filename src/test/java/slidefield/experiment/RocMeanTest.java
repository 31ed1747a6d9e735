package slidefield.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import slidefield.score.Roc;

class RocMeanTest {
    @Test
    void oneCurveStaysAsItIs() {
        double[][] mean = RocMean.of(Collections.singletonList(new double[][] {{0, 0, 0.5, 1}, {0, 0.4, 0.8, 1}}));

        assertEquals(0.4, mean[1][0], 1e-12, "the end of the rise at 0");
        assertEquals(0.6, mean[1][50], 1e-12, "half way to the next point");
        assertEquals(0.8, mean[1][100], 1e-12);
        assertEquals(1, mean[1][200], 1e-12);
    }

    @Test
    void severalCurvesAreAveragedUpwards() {
        double[][] perfect =
                new Roc().add(new float[] {1, 0}, new byte[] {1, 0}).curve();
        double[][] guess =
                new Roc().add(new float[] {0.5f, 0.5f}, new byte[] {1, 0}).curve();

        double[][] mean = RocMean.of(List.of(perfect, guess));

        assertEquals(0.5, mean[1][0], 1e-12);
        assertEquals(0.75, mean[1][100], 1e-12);
        assertEquals(1, mean[1][200], 1e-12);
    }
}
