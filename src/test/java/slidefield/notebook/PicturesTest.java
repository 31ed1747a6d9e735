package slidefield.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class PicturesTest {
    @Test
    void numbersBecomeColoursRowByRow() {
        float[] rgb = {1, 0, 0, 0, 0.5f, 0, 0, 0, 2, -1, 1, 1};

        BufferedImage image = Pictures.colours(rgb, 2, 2);

        assertEquals(0xffFF0000, image.getRGB(0, 0));
        assertEquals(0xff008000, image.getRGB(1, 0));
        assertEquals(0xff0000FF, image.getRGB(0, 1));
        assertEquals(0xff00FFFF, image.getRGB(1, 1));
        assertThrows(IllegalArgumentException.class, () -> Pictures.colours(rgb, 2, 1));
    }

    @Test
    void enlargedPixelsAreSquares() {
        BufferedImage image = Pictures.colours(new float[] {1, 0, 0, 0, 0, 1}, 2, 1);

        BufferedImage large = Pictures.enlarged(image, 10);

        assertEquals(10, large.getWidth());
        assertEquals(5, large.getHeight());
        assertEquals(0xffFF0000, large.getRGB(4, 4));
        assertEquals(0xff0000FF, large.getRGB(5, 0));
        assertThrows(IllegalArgumentException.class, () -> Pictures.enlarged(image, 1));
    }
}
