package slidefield.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
        Field field = new Field(FieldOptions.teaching(), DataType.FLOAT, 1);
        Encoding encoding = field.newEncoding(2);
        encoding.parameters().values().forEach(p -> p.value().muli(1e4));

        float[] atOnce = lesion(field, encoding, 1000);
        float[] byWindows = lesion(field, encoding, window);

        double worst = 0;
        double spread = 0;
        for (int i = 0; i < atOnce.length; i++) {
            worst = Math.max(worst, Math.abs(atOnce[i] - byWindows[i]));
            spread = Math.max(spread, Math.abs(atOnce[i] - atOnce[0]));
        }
        assertTrue(spread > 1e-3, "the field must vary for this test to mean anything: " + spread);
        assertTrue(worst < 1e-6, "largest difference " + worst);
    }

    @Test
    void withOnePixelLessMarginASeamWouldBeSeen() {
        // The margin is not only enough but needed: the outermost tap of the last dilation reaches that far.
        assertEquals(10, FieldOptions.teaching().reach());
    }

    private static float[] lesion(Field field, Encoding encoding, int window) {
        float[] all = new float[PLANE.width() * PLANE.height()];
        new DensePrediction(ENGINE, field, window).predict(encoding, PLANE, false, (part, lesion, colours) -> {
            for (int j = 0; j < part.height(); j++) {
                System.arraycopy(
                        lesion, j * part.width(), all, (part.y() + j) * PLANE.width() + part.x(), part.width());
            }
        });
        return all;
    }
}
