package slidefield.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChartsTest {
    private static final int BLUE = 0xff0072B2;
    private static final int VERMILION = 0xffD55E00;

    @Test
    void linesDrawEverySeriesInItsColour() {
        Map<String, double[]> losses = new LinkedHashMap<>();
        losses.put("training", new double[] {1, 0.5, 0.25, Double.NaN, 0.1});
        losses.put("validation", new double[] {1.2, 0.9, 0.6, 0.5, 0.4});

        for (boolean logY : new boolean[] {false, true}) {
            BufferedImage image = Charts.image(Charts.lines("Loss", "epoch", "MSE", Charts.bySteps(losses), logY), 1);

            assertTrue(count(image, BLUE) > 300, count(image, BLUE) + " blue pixels");
            assertTrue(count(image, VERMILION) > 300, count(image, VERMILION) + " vermilion pixels");
        }
    }

    @Test
    void barsHaveHeightsInProportion() {
        Map<String, double[]> dice = new LinkedHashMap<>();
        dice.put("U-Net", new double[] {0.4});
        dice.put("field", new double[] {0.2});

        BufferedImage image = Charts.image(Charts.bars("Dice", "", "Dice", List.of("Base"), dice), 1);

        double ratio = (double) count(image, BLUE) / count(image, VERMILION);
        assertTrue(ratio > 1.8 && ratio < 2.2, "ratio " + ratio);
        dice.put("short", new double[] {});
        assertThrows(IllegalArgumentException.class, () -> Charts.bars("Dice", "", "Dice", List.of("Base"), dice));
    }

    @Test
    void barsAreLabelledWithThreeDigits() {
        var chart = Charts.bars("Dice", "", "Dice", List.of("Base"), Map.of("field", new double[] {0.26459061540091}));

        assertEquals(0.265, chart.getSeries("field").getYData()[0]);
    }

    @Test
    void heatMapsShowTheFirstRowAtTheTop() {
        double[][] values = {{0, 0, 0}, {0, 0, 0}, {1, 1, 1}};

        BufferedImage image = Charts.image(Charts.heatMap("Weights", "level", "row", values), 1);

        int x = image.getWidth() / 3;
        assertEquals(0xff440154, image.getRGB(x, image.getHeight() / 4));
        assertEquals(0xffFDE725, image.getRGB(x, image.getHeight() * 3 / 4));
        assertThrows(IllegalArgumentException.class, () -> Charts.heatMap("", "", "", new double[0][]));
    }

    @Test
    void whatCannotBeDrawnIsAnErrorThatNamesTheSeries() {
        Map<String, double[][]> series = Map.of("loss", new double[][] {{1, 2}, {0, -1}});

        var failure =
                assertThrows(IllegalArgumentException.class, () -> Charts.lines("Loss", "epoch", "MSE", series, true));

        assertTrue(failure.getMessage().contains("'loss'"), failure.getMessage());
    }

    @Test
    void savedChartsAreWholePngsOfTwiceTheSize(@TempDir Path folder) throws Exception {
        Path png = folder.resolve("new/loss.png");

        Charts.save(Charts.lines("Loss", "x", "y", Map.of("a", new double[][] {{1, 2}, {3, 4}})), png);

        assertEquals(1520, ImageIO.read(png.toFile()).getWidth());
    }

    private static long count(BufferedImage image, int color) {
        long found = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                found += image.getRGB(x, y) == color ? 1 : 0;
            }
        }
        return found;
    }
}
