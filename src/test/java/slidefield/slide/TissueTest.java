package slidefield.slide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static slidefield.slide.SlideTestData.needsOpenSlide;
import static slidefield.slide.SlideTestData.real;
import static slidefield.slide.SlideTestData.slide;

import java.awt.image.BufferedImage;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TissueTest {
    /** A flat colour with a scanner's noise. */
    private static BufferedImage flat(int width, int height, int colour, int noise) {
        Random random = new Random(9);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int[] pixels = Pixels.of(image);
        for (int i = 0; i < pixels.length; i++) {
            for (int shift = 0; shift <= 16; shift += 8) {
                int value = (colour >> shift & 0xFF) + random.nextInt(2 * noise + 1) - noise;
                pixels[i] |= Math.max(0, Math.min(255, value)) << shift;
            }
        }
        return image;
    }

    @ParameterizedTest
    @ValueSource(ints = {0xFFFFFF, 0xF3F2F4, 0xDCDCDC, 0xE8E4EA, 0xC8C8C8, 0x000000})
    void glassWhiteOrBlackHoldsNoTissue(int colour) {
        Tissue tissue = Tissue.of(slide(flat(300, 200, colour, 4)));
        assertTrue(tissue.isEmpty(), "found " + tissue.fraction());
        assertEquals(0, tissue.fraction(10, 10, 50, 50));
    }

    @ParameterizedTest
    @ValueSource(ints = {0xE6C8DC, 0xA060A0, 0xD080B0, 0x502878})
    void aRegionFullOfTissueIsAllTissue(int colour) {
        assertTrue(Tissue.of(slide(flat(300, 200, colour, 12))).fraction() > 0.99);
    }

    @Test
    void fractionsAreTheShareOfTheRectangle() {
        BufferedImage image = flat(400, 300, 0xF4F4F4, 2);
        for (int y = 100; y < 200; y++) {
            for (int x = 100; x < 300; x++) {
                image.setRGB(x, y, 0xB060A0);
            }
        }
        Tissue tissue = Tissue.of(slide(image));
        assertEquals(1, tissue.fraction(110, 110, 290, 190), 1e-9);
        assertEquals(0, tissue.fraction(0, 0, 90, 300), 1e-9);
        assertEquals(0.5, tissue.fraction(50, 120, 150, 180), 1e-9);
        assertEquals(0.25, tissue.fraction(290.5, 120, 328.5, 180), 1e-9);
        assertEquals(0, tissue.fraction(-100, -100, -1, -1));
        assertEquals(20_000 / 120_000.0, tissue.fraction(), 1e-3);
        assertThrows(IllegalArgumentException.class, () -> tissue.fraction(5, 5, 5, 9));
    }

    @Test
    void aRealSlidesTissueIsFoundAndItsGlassIsNot() {
        needsOpenSlide();
        try (Slide slide = Slides.open(real("wsi/cmu_small_region.svs"))) {
            Tissue tissue = Tissue.of(slide);
            assertEquals(0.35, tissue.fraction(), 0.05);
            assertTrue(tissue.fraction(1100, 1700, 1250, 1850) > 0.95);
            assertTrue(tissue.fraction(0, 0, 500, 1000) < 0.03);
            assertEquals(1024, tissue.view().height());
        }
    }

    @Test
    void aRealRegionWithoutGlassIsNearlyAllTissue() {
        try (Slide slide = Slides.open(real("bcss/1008.jpg"))) {
            Tissue tissue = Tissue.of(slide);
            assertTrue(tissue.fraction() > 0.93);
            assertFalse(tissue.isEmpty());
            assertEquals(tissue.view().width(), tissue.picture().getWidth());
        }
    }
}
