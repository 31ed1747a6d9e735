package slidefield.nic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** How patches are varied, by hand. */
class PatchAugmentationTest {
    private static final double[] SAME = {1, 1, 1};

    private static float[] noise(int count, long seed) {
        Random random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = 0.2f + 0.6f * random.nextFloat();
        }
        return values;
    }

    @Test
    void stainsThereAndBackAreTheSame() {
        float[] rgb = noise(3 * 50, 1);
        float[] before = rgb.clone();
        new HedStain(SAME, new double[3]).apply(rgb);
        assertArrayEquals(before, rgb, 1e-6f);
    }

    @Test
    void aDyesOwnColourIsThatDyeAlone() {
        // given the colour of half an amount of eosin
        double[] eosin = {0.07, 0.99, 0.11};
        float[] rgb = new float[3];
        for (int c = 0; c < 3; c++) {
            rgb[c] = (float) Math.exp(-0.5 * eosin[c]);
        }
        // when / then
        double[] amounts = new double[3];
        HedStain.amounts(rgb, 0, amounts);
        assertArrayEquals(new double[] {0, 0.5, 0}, amounts, 1e-6);
        // twice the eosin: twice every density; more haematoxylin: its colour on top
        float[] twice = rgb.clone();
        new HedStain(new double[] {1, 2, 1}, new double[3]).apply(twice);
        float[] blue = rgb.clone();
        new HedStain(SAME, new double[] {0.1, 0, 0}).apply(blue);
        for (int c = 0; c < 3; c++) {
            assertEquals(rgb[c] * rgb[c], twice[c], 1e-6);
            assertEquals(rgb[c] * Math.exp(-0.1 * new double[] {0.65, 0.70, 0.29}[c]), blue[c], 1e-6);
        }
    }

    @Test
    void whatIsNearlyWhiteOrBlackKeepsItsStain() {
        for (float value : new float[] {0.9f, 0.1f}) {
            float[] rgb = {value, value, value};
            new HedStain(new double[] {2, 2, 2}, new double[3]).apply(rgb);
            assertArrayEquals(new float[] {value, value, value}, rgb);
        }
    }

    @Test
    void brightnessAndContrast() {
        float[] values = {0.25f, 0.5f, 0.75f};
        PatchAugmentation.awayFrom(values, 0, 1.2);
        assertArrayEquals(new float[] {0.3f, 0.6f, 0.9f}, values, 1e-6f);
        PatchAugmentation.awayFrom(values, 0.6, 2);
        assertArrayEquals(new float[] {0, 0.6f, 1}, values, 1e-6f);
    }

    @Test
    void aQuarterTurnGoesFromRightToDown() {
        float[] values = {1, 2, 3, 4, 5, 6, 7, 8, 9};
        float[] turned = PatchAugmentation.moved(values, 3, 1, Math.PI / 2, 1, null);
        // what was right of the centre is below it
        assertArrayEquals(new float[] {7, 4, 1, 8, 5, 2, 9, 6, 3}, turned, 1e-5f);
        assertArrayEquals(values, PatchAugmentation.moved(values, 3, 1, 0, 1, null), 1e-6f);
    }

    @Test
    void twiceAsLargeShowsTheMiddle() {
        float[] values = {0, 2, 4, 6, 8};
        float[] row = new float[25];
        for (int i = 0; i < 25; i++) {
            row[i] = values[i % 5];
        }
        float[] zoomed = PatchAugmentation.moved(row, 5, 1, 0, 2, null);
        assertArrayEquals(new float[] {2, 3, 4, 5, 6}, Arrays.copyOf(zoomed, 5), 1e-6f);
        // half as large: mirrored at the edges' pixels
        float[] small = PatchAugmentation.moved(row, 5, 1, 0, 0.5, null);
        assertArrayEquals(new float[] {4, 0, 4, 8, 4}, Arrays.copyOf(small, 5), 1e-6f);
    }

    @Test
    void aFieldMovesPixels() {
        float[] row = {0, 1, 2, 0, 1, 2, 0, 1, 2};
        float[] right = new float[9];
        Arrays.fill(right, 0.5f);
        float[] moved = PatchAugmentation.moved(row, 3, 1, 0, 1, new ElasticField(3, right, new float[9]));
        assertArrayEquals(new float[] {0.5f, 1.5f, 1.5f}, Arrays.copyOf(moved, 3), 1e-6f);
    }

    @Test
    void smoothingIsAConvolutionAndExchangesTheAxes() {
        float[] point = new float[9];
        point[3] = 1;
        float[] smooth = ElasticField.smoothed(point, 3, new float[] {0.5f, 0.25f});
        assertArrayEquals(new float[] {0, 0.5f, 0, 0, 0.25f, 0, 0, 0, 0}, smooth);
        assertArrayEquals(
                new float[] {0.125f, 0.0625f, 0, 0.25f, 0.125f, 0, 0.125f, 0.0625f, 0},
                ElasticField.smoothed(smooth, 3, new float[] {0.5f, 0.25f}));
    }

    @Property(tries = 20)
    void whateverHappensValuesStayInRangeAndFollowFromTheSeed(@ForAll long seed) {
        for (int colours : new int[] {1, 3}) {
            float[] values = noise(16 * 16 * colours, seed);
            PatchAugmentation strong = PatchAugmentation.strong(16);
            float[] once = strong.apply(values.clone(), 16, colours, new Random(seed));
            for (float value : once) {
                assertTrue(value >= 0 && value <= 1, "seed " + seed + ": " + value);
            }
            assertArrayEquals(once, strong.apply(values.clone(), 16, colours, new Random(seed)));
        }
    }

    @Test
    void everyPartChangesSomethingAndNoneNothing() {
        PatchAugmentation all = PatchAugmentation.strong(16);
        PatchAugmentation.Elastic none = PatchAugmentation.Elastic.NONE;
        PatchAugmentation[] parts = {
            new PatchAugmentation(false, all.degrees(), 0, none, 0, 0, 0, 0),
            new PatchAugmentation(false, 0, all.zoom(), none, 0, 0, 0, 0),
            new PatchAugmentation(false, 0, 0, all.elastic(), 0, 0, 0, 0),
            new PatchAugmentation(false, 0, 0, none, all.stain(), 0, 0, 0),
            new PatchAugmentation(false, 0, 0, none, 0, all.brightness(), 0, 0),
            new PatchAugmentation(false, 0, 0, none, 0, 0, all.contrast(), 0),
            new PatchAugmentation(false, 0, 0, none, 0, 0, 0, all.noise())
        };
        float[] values = noise(16 * 16 * 3, 3);
        for (PatchAugmentation part : parts) {
            assertFalse(Arrays.equals(values, part.apply(values.clone(), 16, 3, new Random(5))), part.toString());
        }
        assertArrayEquals(values, PatchAugmentation.NONE.apply(values.clone(), 16, 3, new Random(5)));
    }

    @Test
    void impossibleRangesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new PatchAugmentation.Elastic(2, 1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new PatchAugmentation.Elastic(0, 1, 0, 1));
        PatchAugmentation.Elastic none = PatchAugmentation.Elastic.NONE;
        assertThrows(IllegalArgumentException.class, () -> new PatchAugmentation(true, 0, 1, none, 0, 0, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new PatchAugmentation(true, 0, 0, null, 0, 0, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new PatchAugmentation(true, 181, 0, none, 0, 0, 0, 0));
    }
}
