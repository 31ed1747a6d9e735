package slidefield.slide;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static slidefield.slide.SlideTestData.needsOpenSlide;
import static slidefield.slide.SlideTestData.noise;
import static slidefield.slide.SlideTestData.real;
import static slidefield.slide.SlideTestData.refused;
import static slidefield.slide.SlideTestData.slide;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import slidefield.slide.SlideTestData.Pyramid;

class ViewTest {
    @ParameterizedTest
    @ValueSource(doubles = {1, 1.3, 2, 2.7, 4, 7.9, 40, 1000})
    void everyPixelIsTheMeanOfTheAreaItCovers(double factor) {
        BufferedImage image = noise(61, 47, 3);
        View view = View.downsampled(slide(image), factor);
        BufferedImage seen = view.image();
        for (int y = 0; y < view.height(); y++) {
            for (int x = 0; x < view.width(); x++) {
                for (int shift = 0; shift <= 16; shift += 8) {
                    double expected = mean(image, view, x, y, shift);
                    int found = seen.getRGB(x, y) >> shift & 0xFF;
                    assertEquals(expected, found, 0.501, "pixel " + x + "," + y + " at factor " + factor);
                }
            }
        }
    }

    /** The naive double loop: every stored pixel times the area that it shares with the view pixel. */
    private static double mean(BufferedImage image, View view, int x, int y, int shift) {
        double sum = 0;
        double area = 0;
        for (int v = 0; v < image.getHeight(); v++) {
            for (int u = 0; u < image.getWidth(); u++) {
                double wide = Math.min(u + 1, (x + 1) * view.scaleX()) - Math.max(u, x * view.scaleX());
                double high = Math.min(v + 1, (y + 1) * view.scaleY()) - Math.max(v, y * view.scaleY());
                if (wide > 0 && high > 0) {
                    sum += wide * high * (image.getRGB(u, v) >> shift & 0xFF);
                    area += wide * high;
                }
            }
        }
        return sum / area;
    }

    @Test
    void magnifyingInterpolatesBetweenPixelCentres() {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
        image.setRGB(1, 0, 0xC8C8C8);
        BufferedImage seen = View.downsampled(slide(image), 0.25).image();
        int[] expected = {0, 0, 25, 75, 125, 175, 200, 200};
        for (int x = 0; x < 8; x++) {
            assertEquals(expected[x], seen.getRGB(x, 2) & 0xFF);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.37, 1, 1.7, 3, 11.3})
    void regionsDoNotDependOnHowThePlaneIsCut(double factor) {
        long seed = 20;
        Random random = new Random(seed);
        View view = View.downsampled(slide(noise(301, 211, seed)), factor);
        View held = view.cached(1 << 28);
        BufferedImage whole = view.image();
        assertTrue(held.isCached());
        for (int i = 0; i < 30; i++) {
            int x = random.nextInt(view.width() + 20) - 10;
            int y = random.nextInt(view.height() + 20) - 10;
            int w = 1 + random.nextInt(view.width());
            int h = 1 + random.nextInt(view.height());
            int[] part = Pixels.of(view.region(x, y, w, h));
            assertArrayEquals(part, Pixels.of(held.region(x, y, w, h)), "cached, seed " + seed);
            for (int at = 0; at < part.length; at++) {
                int u = x + at % w;
                int v = y + at / w;
                boolean inside = u >= 0 && v >= 0 && u < view.width() && v < view.height();
                assertEquals(inside ? whole.getRGB(u, v) & 0xFFFFFF : 0xFFFFFF, part[at], "seed " + seed);
            }
        }
    }

    @Test
    void numbersAreThePicturesValuesOver255() {
        View view = View.downsampled(slide(noise(50, 40, 4)), 1.9);
        float[] values = new float[12 * 9 * 3];
        view.rgb(20, 15, 12, 9, values);
        BufferedImage picture = view.region(20, 15, 12, 9);
        for (int i = 0; i < values.length; i++) {
            int shift = 16 - 8 * (i % 3);
            assertEquals((picture.getRGB(i / 3 % 12, i / 36) >> shift & 0xFF) / 255f, values[i]);
        }
        assertThrows(IllegalArgumentException.class, () -> view.rgb(0, 0, 12, 9, new float[100]));
    }

    @Test
    void theCoarsestLevelThatIsFineEnoughIsRead() {
        BufferedImage[] levels = new BufferedImage[3];
        for (int i = 0; i < 3; i++) {
            levels[i] = Pixels.filled(64 >> 2 * i, 64 >> 2 * i, 0x010101 * (i + 1));
        }
        Pyramid slide = Pyramid.of(levels);
        double[] factors = {1, 3.5, 4, 12, 16, 40};
        int[] expected = {1, 1, 2, 2, 3, 3};
        for (int i = 0; i < factors.length; i++) {
            assertEquals(
                    expected[i], View.downsampled(slide, factors[i]).image().getRGB(0, 0) & 0xFF);
        }
    }

    @Test
    void sizesScalesAndResolutionsAgree() {
        View base = View.at(slide(noise(1000, 501, 1)), 2);
        assertEquals(250, base.width());
        assertEquals(125, base.height());
        assertEquals(4, base.scaleX());
        assertEquals(501 / 125.0, base.scaleY());
        assertEquals(2, base.mpp().orElseThrow(), 0.01);
        assertEquals(62, base.coarser(4).width());
        assertEquals(1, base.coarser(1e9).height());
        assertEquals(500, View.fitting(base.slide(), 500).width());
        refused(() -> View.at(base.slide(), 1e-12), "noise");
        refused(() -> View.at(base.slide(), Double.NaN), "NaN");
        refused(() -> View.downsampled(base.slide(), 0), "downsample");
        refused(() -> base.coarser(0.5), "0.5");
    }

    @Test
    void aViewTooLargeToHoldStreams() {
        View view = View.downsampled(slide(noise(100, 100, 1)), 1);
        assertSame(view, view.cached(29_999));
        assertFalse(view.isCached());
        assertTrue(view.cached(30_000).isCached());
    }

    @Test
    void aWideLevelIsReadInBandsWithTheSameResult() {
        BufferedImage image = noise(9001, 700, 5);
        View view = View.downsampled(slide(image), 2.3);
        int[] row = Pixels.of(view.region(0, 200, view.width(), 1));
        int[] narrow = Pixels.of(view.region(3000, 200, 1, 1));
        assertEquals(narrow[0], row[3000]);
        double expected = mean(image.getSubimage(0, 0, 9001, 700), view, 3000, 200, 0);
        assertEquals(expected, narrow[0] & 0xFF, 0.501);
    }

    @Test
    void aRealSlideShowsNoSeams() {
        needsOpenSlide();
        try (Slide slide = Slides.open(real("wsi/tcga-cr-7395-01a-01-ts1.svs"))) {
            for (double factor : new double[] {1, 2, 5.3}) {
                View view = View.downsampled(slide, factor);
                int w = 300;
                int[] whole = Pixels.of(view.region(100, 150, w, 90));
                int[] upper = Pixels.of(view.region(100, 150, w, 37));
                int[] lower = Pixels.of(view.region(100, 187, w, 53));
                assertArrayEquals(upper, Arrays.copyOf(whole, 37 * w));
                assertArrayEquals(lower, Arrays.copyOfRange(whole, 37 * w, 90 * w));
            }
        }
    }
}
