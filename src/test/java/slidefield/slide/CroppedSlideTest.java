package slidefield.slide;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static slidefield.slide.SlideTestData.refused;

import java.awt.image.BufferedImage;
import java.util.Random;
import org.junit.jupiter.api.Test;
import slidefield.slide.SlideTestData.Pyramid;

class CroppedSlideTest {
    /** Everything outside the crop is red, on every level of a two-fold pyramid; inside is blue. */
    private static Pyramid painted(int x, int y, int w, int h) {
        BufferedImage[] levels = new BufferedImage[4];
        for (int i = 0; i < 4; i++) {
            int side = 256 >> i;
            levels[i] = Pixels.filled(side, side, 0xFF0000);
            for (int v = 0; v < side; v++) {
                for (int u = 0; u < side; u++) {
                    boolean inside = u << i >= x && v << i >= y && u + 1 << i <= x + w && v + 1 << i <= y + h;
                    if (inside) {
                        levels[i].setRGB(u, v, 0x0000FF);
                    }
                }
            }
        }
        return Pyramid.of(levels);
    }

    @Test
    void nothingOutsideTheCropCanBeReadThroughIt() {
        long seed = 5;
        Random random = new Random(seed);
        for (int i = 0; i < 60; i++) {
            int step = 1 << random.nextInt(4);
            int x = random.nextInt(12) * step;
            int y = random.nextInt(12) * step;
            int w = (1 + random.nextInt(12)) * step;
            int h = (1 + random.nextInt(12)) * step;
            try (CroppedSlide crop = new CroppedSlide(painted(x, y, w, h), x, y, w, h)) {
                assertTrue(crop.associatedImages().isEmpty());
                for (int level = 0; level < crop.levels().size(); level++) {
                    assertNoRed(crop.read(level, -9, -9, 300, 300), seed);
                }
                for (double factor : new double[] {0.7, 1, 2, 3, 8}) {
                    View view = View.downsampled(crop, factor);
                    assertNoRed(view.region(-5, -5, view.width() + 10, view.height() + 10), seed);
                }
            }
        }
    }

    private static void assertNoRed(BufferedImage image, long seed) {
        for (int pixel : Pixels.of(image)) {
            assertTrue(pixel == 0xFFFFFF || pixel == 0x0000FF, Integer.toHexString(pixel) + ", seed " + seed);
        }
    }

    @Test
    void onlyLevelsThatTheCropLinesUpWithAreKept() {
        assertEquals(
                4, new CroppedSlide(painted(0, 0, 1, 1), 16, 8, 64, 32).levels().size());
        assertEquals(
                2, new CroppedSlide(painted(0, 0, 1, 1), 2, 8, 64, 32).levels().size());
        assertEquals(
                1, new CroppedSlide(painted(0, 0, 1, 1), 0, 0, 63, 32).levels().size());
    }

    @Test
    void aCropShowsWhatTheWholeShowsThere() {
        BufferedImage image = SlideTestData.noise(200, 160, 8);
        Slide whole = SlideTestData.slide(image);
        CroppedSlide crop = new CroppedSlide(whole, 48, 32, 96, 64);
        int[] expected = Pixels.of(View.downsampled(whole, 4).region(12, 8, 24, 16));
        assertArrayEquals(expected, Pixels.of(View.downsampled(crop, 4).image()));
        assertEquals(whole.mpp(), crop.mpp());
        assertEquals("noise_48_32_96x64", crop.name());
    }

    @Test
    void aCropBeyondTheSlideIsRefused() {
        Slide whole = SlideTestData.slide(SlideTestData.noise(20, 10, 8));
        for (int[] bad :
                new int[][] {{-1, 0, 5, 5}, {0, 0, 21, 5}, {0, 0, 0, 5}, {19, 9, 1, 2}, {5, 5, Integer.MAX_VALUE, 1}}) {
            refused(() -> new CroppedSlide(whole, bad[0], bad[1], bad[2], bad[3]), "20 x 10", "noise");
        }
    }
}
