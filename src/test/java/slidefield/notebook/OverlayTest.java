package slidefield.notebook;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class OverlayTest {
    private static final int PINK = 0xffE6AACC;
    private static final int TRUTH = 0xff00E5FF;
    private static final int PREDICTION = 0xffFFE100;

    @Test
    void outlinesLieOnTheBordersOfGridsOfAnySize() {
        // given a left half as truth on a 2 x 2 grid and an upper half as prediction on an 8 x 8 grid
        Grid truth = Grid.of(new float[][] {{1, 0}, {1, 0}});
        float[][] upper = new float[8][8];
        for (int row = 0; row < 4; row++) {
            java.util.Arrays.fill(upper[row], 0.9f);
        }

        BufferedImage image =
                Overlay.on(pink(80, 80)).truth(truth).prediction(Grid.of(upper)).image();

        assertEquals(TRUTH, image.getRGB(39, 70));
        assertEquals(PREDICTION, image.getRGB(70, 39));
        assertEquals(PINK, image.getRGB(10, 60));
        assertEquals(PINK, image.getRGB(60, 60));
        assertEquals(PINK, image.getRGB(0, 70), "the image's edge is no border");
    }

    @Test
    void probabilityTintsWhereItIsHighAndLeavesZeroAlone() {
        BufferedImage base = pink(40, 20);

        BufferedImage image = Overlay.on(base)
                .probability(Grid.of(new float[][] {{0, 0, 0, 1}}))
                .image();

        assertEquals(PINK, image.getRGB(2, 10));
        Color high = new Color(image.getRGB(38, 10));
        assertTrue(high.getGreen() > 0xAA && high.getBlue() < 0xCC - 40, "yellowish: " + high);
        assertEquals(PINK, base.getRGB(38, 10), "the base is not changed");
    }

    @Test
    void legendIsAddedBelowAndNamesOnlyWhatIsThere() {
        Overlay overlay = Overlay.on(pink(760, 100)).truth(Grid.of(new float[][] {{1, 0}}));

        BufferedImage image = overlay.withLegend();

        assertEquals(134, image.getHeight());
        assertTrue(contains(image, 100, TRUTH));
        assertTrue(!contains(image, 100, PREDICTION));
        assertNotEquals(0xff000000, image.getRGB(759, 133));
    }

    @Test
    void gridsComeFromArraysAndMasks() {
        float[] expected = {0, 1, 1, 0, 0, 1};
        BufferedImage mask = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 6; i++) {
            mask.getRaster().setSample(i % 3, i / 3, 0, expected[i] * 255);
        }

        Grid fromMask = Grid.ofMask(mask);
        Grid fromArray = Grid.of(Nd4j.createFromArray(expected).reshape(1, 2, 3, 1));
        Grid fromView = Grid.of(Nd4j.createFromArray(expected).reshape(2, 3).transpose());

        assertArrayEquals(expected, fromMask.values());
        assertArrayEquals(expected, fromArray.values());
        assertEquals(3, fromView.height());
        assertArrayEquals(new float[] {0, 0, 1, 0, 1, 1}, fromView.values());
        assertThrows(IllegalArgumentException.class, () -> Grid.of(Nd4j.zeros(2, 3, 4)));
    }

    private static boolean contains(BufferedImage image, int fromRow, int color) {
        for (int y = fromRow; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                if (image.getRGB(x, y) == color) {
                    return true;
                }
            }
        }
        return false;
    }

    private static BufferedImage pink(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(new Color(PINK));
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        return image;
    }
}
