package slidefield.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AugmentedPlaneTest {
    private static final DiscPlane SLIDE = DiscPlane.of("slide", 40, 24, 3);

    @Test
    void withoutStainChangeItHoldsTheSamePixelsElsewhere() {
        for (int seed = 0; seed < 20; seed++) {
            Plane turned = AugmentedPlane.random(SLIDE, 0, "turned", new Random(seed));

            float[] all = new float[40 * 24 * 3];
            turned.rgb(0, 0, turned.width(), turned.height(), all);

            float[] expected = SLIDE.colours().clone();
            Arrays.sort(expected);
            float[] found = all.clone();
            Arrays.sort(found);
            for (int i = 0; i < found.length; i++) {
                assertEquals(expected[i], found[i], 1e-6f);
            }
            assertTrue(!Arrays.equals(SLIDE.colours(), all), "always turned or mirrored");
        }
    }

    @Test
    void coloursAndLesionsTurnTogether() {
        for (int seed = 0; seed < 20; seed++) {
            Plane turned = AugmentedPlane.random(SLIDE, 0.15, "turned", new Random(seed));
            int area = turned.width() * turned.height();
            float[] colours = new float[area * 3];
            float[] lesion = new float[area];

            turned.rgb(0, 0, turned.width(), turned.height(), colours);
            turned.lesion(0, 0, turned.width(), turned.height(), lesion);

            // Discs are darker in green, whatever the stain.
            double inside = 0;
            double outside = 0;
            int discs = 0;
            for (int i = 0; i < area; i++) {
                discs += (int) lesion[i];
                inside += lesion[i] * colours[3 * i + 1];
                outside += (1 - lesion[i]) * colours[3 * i + 1];
            }
            assertTrue(inside / discs + 0.1 < outside / (area - discs));
        }
    }

    @Test
    void aPartIsWhatTheWholeHoldsThere() {
        for (int seed = 0; seed < 20; seed++) {
            Plane turned = AugmentedPlane.random(SLIDE, 0.15, "turned", new Random(seed));
            float[] whole = new float[40 * 24 * 3];
            turned.rgb(0, 0, turned.width(), turned.height(), whole);

            float[] part = new float[7 * 5 * 3];
            turned.rgb(3, 4, 7, 5, part);

            for (int j = 0; j < 5; j++) {
                for (int i = 0; i < 7 * 3; i++) {
                    assertEquals(whole[((4 + j) * turned.width() + 3) * 3 + i], part[j * 21 + i]);
                }
            }
        }
    }

    @Test
    void theSameSeedGivesTheSameVirtualSlide() {
        float[] one = new float[3];
        float[] two = new float[3];
        float[] other = new float[3];

        AugmentedPlane.random(SLIDE, 0.15, "a", new Random(1)).rgb(5, 5, 1, 1, one);
        AugmentedPlane.random(SLIDE, 0.15, "a", new Random(1)).rgb(5, 5, 1, 1, two);
        AugmentedPlane.random(SLIDE, 0.15, "a", new Random(2)).rgb(5, 5, 1, 1, other);

        assertEquals(Arrays.toString(one), Arrays.toString(two));
        assertNotEquals(Arrays.toString(one), Arrays.toString(other));
    }
}
