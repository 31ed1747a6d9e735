package slidefield.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class StainTest {
    private static final DiscPlane SLIDE = DiscPlane.of("slide", 60, 40, 3);

    @Test
    void aNormalisedSlideHasTheReferencesStatistics() {
        // A dark slide, so that nothing is cut off at white.
        StainTransfer darken = new StainTransfer(new double[] {1, 1, 1}, new double[] {0.9, 0.9, 0.9});
        float[] dark = SLIDE.colours().clone();
        darken.apply(dark, 60 * 40);
        Plane slide = new DiscPlane("dark", 60, 40, dark, SLIDE.discs());

        StainStatistics found = StainStatistics.of(NormalisedPlane.of(slide));

        assertArrayEquals(StainStatistics.REFERENCE.mean(), found.mean(), 0.03);
        assertTrue(StainStatistics.of(slide).mean()[0] > 1);
    }

    @Test
    void twoStainsOfOneTissueLookTheSameAfterwards() {
        StainTransfer other = new StainTransfer(new double[] {1.3, 0.8, 1.1}, new double[] {0.3, 0.2, 0.25});
        float[] restained = SLIDE.colours().clone();
        other.apply(restained, 60 * 40);
        Plane second = new DiscPlane("restained", 60, 40, restained, SLIDE.discs());
        // Both take every pixel for tissue, so that both statistics are of the same pixels.
        StainTransfer darken = new StainTransfer(new double[] {1, 1, 1}, new double[] {0.3, 0.3, 0.3});
        float[] dark = SLIDE.colours().clone();
        darken.apply(dark, 60 * 40);
        Plane first = new DiscPlane("dark", 60, 40, dark, SLIDE.discs());

        float[] one = new float[60 * 40 * 3];
        float[] two = new float[60 * 40 * 3];
        NormalisedPlane.of(first).rgb(0, 0, 60, 40, one);
        NormalisedPlane.of(second).rgb(0, 0, 60, 40, two);

        for (int i = 0; i < one.length; i++) {
            // Blue varies so little in these slides that its deviation is held at the least.
            if (i % 3 != 2) {
                assertEquals(one[i], two[i], 1e-3f);
            }
        }
    }

    @Test
    void whatIsPaintedComesBackInTheSlidesOwnColours() {
        NormalisedPlane plane = NormalisedPlane.of(SLIDE);
        float[] seen = new float[20 * 10 * 3];
        plane.rgb(5, 6, 20, 10, seen);
        float[] own = new float[20 * 10 * 3];
        SLIDE.rgb(5, 6, 20, 10, own);

        plane.toSlide(seen, 20 * 10);

        for (int i = 0; i < own.length; i++) {
            // Blue varies so little that it is stretched beyond white and cut off there.
            if (i % 3 != 2 && own[i] < 0.8) {
                assertEquals(own[i], seen[i], 1e-4f);
            }
        }
    }

    @Test
    void aSlideWithoutTissueIsLeftAsItIs() {
        float[] white = new float[30 * 30 * 3];
        java.util.Arrays.fill(white, 1f);

        StainStatistics found = StainStatistics.of(new DiscPlane("glass", 30, 30, white, new float[900]));

        assertEquals(StainStatistics.REFERENCE, found);
    }

    @Test
    void coarserPlanesAreNormalisedAsTheirBaseIs() {
        Plane base = NormalisedPlane.of(SLIDE);
        float[] coarse = new float[3];
        float[] fine = new float[3];

        base.coarser(2).rgb(4, 3, 1, 1, coarse);
        base.rgb(8, 6, 1, 1, fine);

        assertArrayEquals(fine, coarse, 1e-6f);
    }
}
