package slidefield.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MontageTest {
    private static BufferedImage plain(int width, int height, Color color) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(color);
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        return image;
    }

    @Test
    void imagesOfAllSizesComeToOneWidthInTheirRowsAndColumns() {
        // given a wide, a small and a missing image
        Montage montage = Montage.of(100, List.of("first", "second"))
                .row("one", List.of(plain(400, 200, Color.RED), plain(10, 5, Color.BLUE)))
                .row("two", Arrays.asList(null, plain(100, 100, Color.GREEN)));
        // when
        BufferedImage image = montage.image();
        // then
        assertEquals(30 + 2 * 110, image.getWidth());
        assertEquals(30 + 60 + 110, image.getHeight());
        assertEquals(Color.RED.getRGB(), image.getRGB(30 + 50, 30 + 25));
        assertEquals(Color.BLUE.getRGB(), image.getRGB(30 + 110 + 50, 30 + 25));
        assertEquals(Color.WHITE.getRGB(), image.getRGB(30 + 50, 30 + 60 + 50));
        assertEquals(Color.GREEN.getRGB(), image.getRGB(30 + 110 + 50, 30 + 60 + 50));
    }

    @Test
    void everyRowHasAnImagePerColumn() {
        Montage montage = Montage.of(100, List.of("first", "second"));

        assertThrows(IllegalArgumentException.class, () -> montage.row("one", List.of(plain(1, 1, Color.RED))));
        assertThrows(IllegalArgumentException.class, () -> montage.row("none", Arrays.asList(null, null)));
        assertThrows(IllegalArgumentException.class, () -> Montage.of(100, List.of()));
    }

    @Test
    void mapsGoFromVioletToYellow() {
        BufferedImage map = Maps.picture(new Grid(1, 2, new float[] {0, 1}));

        assertEquals(0xff440154, map.getRGB(0, 0));
        assertEquals(0xffFDE725, map.getRGB(1, 0));
    }
}
