package slidefield.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Random;
import org.junit.jupiter.api.Test;
import slidefield.nic.CodeGrid;

class CodeColoursTest {
    /** Codes that differ by 10 along one direction, by 3 along another and by noise, in 30 columns; no tissue in row 0. */
    private static CodeGrid grid(int rows, double factor) {
        Random random = new Random(3);
        float[] values = new float[rows * 30 * 6];
        for (int place = 30; place < rows * 30; place++) {
            double first = factor * 10 * (place % 30 / 29.0 - 0.5);
            double second = 3 * ((place / 30) / (rows - 1.0) - 0.5);
            for (int k = 0; k < 6; k++) {
                double value =
                        5 + (k < 3 ? first / Math.sqrt(3) : second / Math.sqrt(3)) + 0.01 * random.nextGaussian();
                values[place * 6 + k] = (float) value;
            }
        }
        return new CodeGrid(rows, 30, 6, values);
    }

    @Test
    void theLargestDifferenceIsRedTheNextGreen() {
        CodeGrid grid = grid(20, 1);
        BufferedImage image = CodeColours.of(grid).image(grid);
        assertEquals(30, image.getWidth());
        assertEquals(20, image.getHeight());
        for (int x = 0; x < 30; x++) {
            assertEquals(Color.WHITE.getRGB(), image.getRGB(x, 0), "no tissue");
        }
        for (int y = 2; y < 20; y++) {
            for (int x = 2; x < 29; x++) {
                Color here = new Color(image.getRGB(x, y));
                assertTrue(here.getRed() > new Color(image.getRGB(x - 2, y)).getRed(), x + "," + y);
                assertEquals(255 * x / 29.0, here.getRed(), 8);
                assertEquals(255 * (y - 1) / 18.0, here.getGreen(), 14);
            }
        }
    }

    @Test
    void anotherGridIsPaintedWithTheSameColours() {
        CodeColours colours = CodeColours.of(grid(20, 1));
        BufferedImage image = colours.image(grid(20, 0.5));
        // the same middle, and half as far from it
        assertEquals(128 - 64, new Color(image.getRGB(0, 10)).getRed(), 6);
        assertEquals(128 + 64, new Color(image.getRGB(29, 10)).getRed(), 6);
        assertThrows(IllegalArgumentException.class, () -> colours.image(new CodeGrid(1, 1, 2, new float[2])));
        assertThrows(IllegalArgumentException.class, () -> CodeColours.of(new CodeGrid(1, 2, 2, new float[4])));
    }

    @Test
    void codesOfOneValueAreOneColour() {
        CodeGrid grid = new CodeGrid(1, 3, 1, new float[] {1, 2, 3});
        BufferedImage image = CodeColours.of(grid).image(grid);
        assertEquals(new Color(255, 128, 128).getRGB(), image.getRGB(2, 0));
        assertEquals(new Color(0, 128, 128).getRGB(), image.getRGB(0, 0));
        // all alike
        CodeGrid flat = new CodeGrid(1, 2, 1, new float[] {4, 4});
        assertEquals(
                new Color(128, 128, 128).getRGB(),
                CodeColours.of(flat).image(flat).getRGB(0, 0));
    }
}
