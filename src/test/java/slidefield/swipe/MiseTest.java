package slidefield.swipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.Engine;

class MiseTest {
    private static final Lattice LATTICE = Lattice.pixels(101, 67);

    /** Foreground within a radius of a point. */
    private static Mise.Field disc(double centreX, double centreY, double radius) {
        return (x, y) -> {
            float[] logits = new float[x.length];
            for (int i = 0; i < logits.length; i++) {
                logits[i] = (float) (radius - Math.hypot(x[i] - centreX, y[i] - centreY));
            }
            return logits;
        };
    }

    private static byte[] dense(Mise.Field field, Lattice lattice) {
        float[] x = new float[lattice.count()];
        float[] y = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = lattice.x(i);
            y[i] = lattice.y(i);
        }
        return SegmentedImage.classes(field.logits(x, y), 1);
    }

    private static int count(byte[] mask) {
        int count = 0;
        for (byte one : mask) {
            count += one;
        }
        return count;
    }

    /** Foreground in a rectangle, borders included. */
    private static Mise.Field rectangle(int left, int top, int right, int bottom) {
        return (x, y) -> {
            float[] logits = new float[x.length];
            for (int i = 0; i < logits.length; i++) {
                logits[i] = Math.min(Math.min(x[i] - left, right - x[i]), Math.min(y[i] - top, bottom - y[i]));
            }
            return logits;
        };
    }

    @ParameterizedTest
    @CsvSource({"6, 10, 42, 30", "0, 0, 2, 2", "90, 54, 100, 66", "7, 11, 41, 29"})
    void whereNothingLiesOffTheWidenedFirstForegroundItIsTheDenseMask(int left, int top, int right, int bottom) {
        // given rectangles that end at most two points beyond a first point
        Mise.Field rectangle = rectangle(left, top, right, bottom);

        Mise.Extracted found = new Mise().extract(rectangle, LATTICE, 1);

        assertArrayEquals(dense(rectangle, LATTICE), found.classes());
        assertTrue(found.asked() < LATTICE.count() / 2, found.asked() + " points asked");
    }

    @ParameterizedTest
    @CsvSource({"50, 30, 20", "40, 33, 12.3", "0, 0, 30", "3, 60, 9"})
    void ofADiscAFewPointsOfItsRimAreMissed(double x, double y, double radius) {
        Mise.Field disc = disc(x, y, radius);
        byte[] dense = dense(disc, LATTICE);

        Mise.Extracted found = new Mise().extract(disc, LATTICE, 1);

        for (int i = 0; i < dense.length; i++) {
            assertEquals(found.near()[i] ? dense[i] : 0, found.classes()[i], "point " + i);
        }
        int missed = count(dense) - count(found.classes());
        assertTrue(missed <= 0.1 * count(dense), missed + " of " + count(dense) + " points missed");
    }

    @Test
    void whatLiesOffTheFirstForegroundIsMissed() {
        // given a spot between the first points, and one on a first point
        assertEquals(9, count(dense(disc(10, 10, 1.5), LATTICE)));
        assertEquals(0, count(new Mise().extract(disc(10, 10, 1.5), LATTICE, 1).classes()));
        assertEquals(9, count(new Mise().extract(disc(12, 8, 1.5), LATTICE, 1).classes()));
        // and an arm that is longer than the square is cut at two points from the last first point
        Mise.Field row = (x, y) -> {
            float[] logits = new float[x.length];
            for (int i = 0; i < logits.length; i++) {
                logits[i] = y[i] == 8 && x[i] >= 8 && x[i] <= 15 ? 1 : -1;
            }
            return logits;
        };
        byte[] found = new Mise().extract(row, LATTICE, 1).classes();
        assertArrayEquals(
                new byte[] {0, 1, 1, 1, 1, 1, 1, 1, 0, 0}, Arrays.copyOfRange(found, 8 * 101 + 7, 8 * 101 + 17));
    }

    @Test
    void anEmptyMaskTakesTheFirstPointsOnly() {
        Mise.Extracted found = new Mise().extract(disc(0, 0, -1), LATTICE, 1);

        assertEquals(0, count(found.classes()));
        assertEquals(26 * 17, found.asked());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 8})
    void ofAnEncodedImageItIsTheDenseMaskNearTheFirstForegroundAndBackgroundElsewhere(int stride) {
        // given a network without training, cut at its median, which makes many small parts
        Engine engine = Engine.preferred();
        Swipe network = TinySwipe.network(TinySwipe.OPTIONS, 3);
        network.training(false);
        try (INDArray colours = TinySwipe.images(DataType.FLOAT, 4, 1, 64, 64);
                EncodedImage image = network.encode(engine, colours, null)) {
            Lattice lattice = Lattice.resized(64, 64, 101, 67);
            float[] sorted = image.logits(lattice);
            Arrays.sort(sorted);
            float median = sorted[sorted.length / 2] + Math.ulp(sorted[sorted.length / 2]) * 8;
            Mise.Field field = (x, y) -> {
                float[] logits = image.logits(x, y);
                for (int i = 0; i < logits.length; i++) {
                    logits[i] -= median;
                }
                return logits;
            };
            byte[] dense = dense(field, lattice);
            // when
            Mise.Extracted found = new Mise(stride).extract(field, lattice, 1);
            // then
            int differ = 0;
            for (int i = 0; i < dense.length; i++) {
                differ += found.classes()[i] == (found.near()[i] ? dense[i] : 0) ? 0 : 1;
            }
            assertTrue(count(dense) > 1000 && count(dense) < 6000, count(dense) + " points are foreground");
            assertTrue(count(found.classes()) > 500, count(found.classes()) + " points were found");
            // chunks of another size may round a logit at the threshold otherwise
            assertTrue(differ <= 3, differ + " points differ");
        }
    }

    @Test
    void theFieldOfAnEncodedImageIsItsLogits() {
        Swipe network = TinySwipe.network(TinySwipe.OPTIONS, 3);
        network.training(false);
        try (INDArray colours = TinySwipe.images(DataType.FLOAT, 4, 1, 64, 64);
                EncodedImage image = network.encode(Engine.preferred(), colours, null)) {
            Lattice pixels = Lattice.pixels(64, 64);
            assertArrayEquals(
                    new Mise().extract(image::logits, pixels, 1).classes(),
                    new Mise().extract(image, pixels, 1).classes());
        }
    }

    @Test
    void ofSeveralClassesTheLargestLogitCounts() {
        assertArrayEquals(new byte[] {0, 2, 1}, SegmentedImage.classes(new float[] {3, 1, 2, -1, 0, 4, 0, 1, 1}, 3));
        assertArrayEquals(new byte[] {0, 1, 1}, SegmentedImage.classes(new float[] {-0.1f, 0, 3}, 1));
    }

    @Test
    void aStrideOfOneIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Mise(1));
    }
}
