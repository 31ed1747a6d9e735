package slidefield.fit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import slidefield.field.Encoding;
import slidefield.field.Field;
import slidefield.field.FieldOptions;
import slidefield.nn.Engine;

class DensePredictionTest {
    private static final Engine ENGINE = Engine.reference(DataType.FLOAT);
    private static final DiscPlane PLANE = DiscPlane.of("a", 150, 110, 1);

    @ParameterizedTest
    @ValueSource(ints = {32, 50, 64, 109})
    void noWindowSizeLeavesASeam(int window) {
        float[] atOnce = lesion(1000, FieldOptions.teaching().reach());
        float[] byWindows = lesion(window, FieldOptions.teaching().reach());

        float[] constant = new float[atOnce.length];
        Arrays.fill(constant, atOnce[0]);
        assertTrue(largestDifference(atOnce, constant) > 1e-3, "the field must vary for this test to mean anything");
        assertTrue(largestDifference(atOnce, byWindows) < 1e-6, "seam of " + largestDifference(atOnce, byWindows));
    }

    @Test
    void withOnePixelLessMarginASeamIsThere() {
        float[] atOnce = lesion(1000, FieldOptions.teaching().reach());
        float[] byWindows = lesion(50, FieldOptions.teaching().reach() - 1);

        assertTrue(largestDifference(atOnce, byWindows) > 1e-5, "the margin is larger than it need be");
    }

    private static double largestDifference(float[] a, float[] b) {
        double worst = 0;
        for (int i = 0; i < a.length; i++) {
            worst = Math.max(worst, Math.abs(a[i] - b[i]));
        }
        return worst;
    }

    private static float[] lesion(int window, int margin) {
        Field field = new Field(FieldOptions.teaching(), DataType.FLOAT, 1);
        Encoding encoding = field.newEncoding(2);
        encoding.parameters().values().forEach(p -> p.value().muli(1e4));
        float[] all = new float[PLANE.width() * PLANE.height()];
        new DensePrediction(ENGINE, field, window, margin).predict(encoding, PLANE, false, (part, lesion, colours) -> {
            for (int j = 0; j < part.height(); j++) {
                System.arraycopy(
                        lesion, j * part.width(), all, (part.y() + j) * PLANE.width() + part.x(), part.width());
            }
        });
        return all;
    }
}
