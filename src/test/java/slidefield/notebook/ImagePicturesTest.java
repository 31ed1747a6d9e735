package slidefield.notebook;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.Engine;
import slidefield.nn.Init;
import slidefield.swipe.EncodedImage;
import slidefield.swipe.Fusion;
import slidefield.swipe.LabelledImage;
import slidefield.swipe.PointPool;
import slidefield.swipe.SegmentedImage;
import slidefield.swipe.Swipe;
import slidefield.swipe.SwipeOptions;

class ImagePicturesTest {
    private static final int GREY = 0xFF808080;

    private static LabelledImage grey(int width, int height) {
        int[] rgb = new int[width * height];
        Arrays.fill(rgb, GREY & 0xFFFFFF);
        return LabelledImage.unlabelled("grey", width, height, rgb);
    }

    @Test
    void pointsLieWhereThePoolHasThemInTheirClassesColours() {
        // given a point of the background at pixel (1, 0), and one of a class halfway between (2, 1) and (3, 1)
        PointPool pool = new PointPool(new float[] {1, 2.5f}, new float[] {0, 1}, new int[] {0, 1, 2});

        BufferedImage picture = ImagePictures.points(grey(4, 2), pool, 40);

        // then a pixel is ten of the picture's, and a point is in its middle
        assertEquals(40, picture.getWidth());
        assertEquals(20, picture.getHeight());
        int blue = 0xFF3050FF;
        int yellow = 0xFFFFE100;
        int[] coloured = new int[2];
        for (int y = 0; y < 20; y++) {
            for (int x = 0; x < 40; x++) {
                int expected = Math.abs(x - 15) <= 1 && Math.abs(y - 5) <= 1
                        ? blue
                        : Math.abs(x - 30) <= 1 && Math.abs(y - 15) <= 1 ? yellow : GREY;
                assertEquals(expected, picture.getRGB(x, y), x + ", " + y);
                coloured[0] += expected == blue ? 1 : 0;
                coloured[1] += expected == yellow ? 1 : 0;
            }
        }
        assertArrayEquals(new int[] {9, 9}, coloured);
    }

    @Test
    void pointsInCornersAreCutOff() {
        PointPool pool = new PointPool(new float[] {0, 1}, new float[] {0, 2}, new int[] {0, 2, 2});

        BufferedImage picture = ImagePictures.points(grey(2, 3), pool, 2);

        for (int i = 0; i < 6; i++) {
            assertEquals(0xFF3050FF, picture.getRGB(i % 2, i / 2));
        }
    }

    @Test
    void attentionHasASquareAPatchAndOneRangeForAllScales() {
        try (Engine engine = Engine.preferred();
                EncodedImage encoded = encoded(engine, Fusion.ATTENTION)) {
            float[] weights = encoded.attention();
            float least = Float.POSITIVE_INFINITY;
            float most = Float.NEGATIVE_INFINITY;
            for (float weight : weights) {
                least = Math.min(least, weight);
                most = Math.max(most, weight);
            }
            assertTrue(least < most);

            List<BufferedImage> maps = ImagePictures.attention(encoded, 30);

            assertEquals(4, maps.size());
            for (int i = 0; i < weights.length; i++) {
                int patch = i / 4;
                BufferedImage map = maps.get(i % 4);
                assertEquals(20, map.getHeight());
                int expected = 0xFF000000 | Palette.viridis((weights[i] - least) / (most - least));
                assertEquals(expected, map.getRGB(10 * (patch % 3) + 5, 10 * (patch / 3) + 5), "patch " + patch);
            }
        }
    }

    @Test
    void aNetworkWithoutAttentionHasNoMaps() {
        try (Engine engine = Engine.preferred();
                EncodedImage encoded = encoded(engine, Fusion.ADDITION)) {
            IllegalArgumentException failure =
                    assertThrows(IllegalArgumentException.class, () -> ImagePictures.attention(encoded, 30));
            assertTrue(failure.getMessage().contains("swipe.neck.fusion"), failure.getMessage());
        }
    }

    /** Two rows of three patches. */
    private static EncodedImage encoded(Engine engine, Fusion fusion) {
        SwipeOptions options = SwipeOptions.small();
        Swipe network = new Swipe(options.withNeck(options.neck().withFusion(fusion)), DataType.FLOAT, 3);
        network.training(false);
        INDArray image = new Init(DataType.FLOAT, 4).uniform(1, 1, 64, 96, 3);
        return network.encode(engine, image, null);
    }

    @Test
    void anAnswerIsShownAsMaskProbabilityAndUncertainty() {
        // given two pixels with a background and a foreground logit each
        SegmentedImage found =
                new SegmentedImage(2, 1, 2, new float[] {0, (float) Math.log(3), 1, -1}, new float[] {4, 1, 9, 16});

        assertArrayEquals(new float[] {1, 0}, ImagePictures.mask(found).values());
        assertArrayEquals(
                new float[] {0.75f, (float) (1 / (1 + Math.exp(2)))},
                ImagePictures.probability(found).values(),
                1e-6f);
        assertArrayEquals(new float[] {2, 4}, ImagePictures.uncertainty(found).values());
    }

    @Test
    void stretchedValuesGoFromLeastToMost() {
        Grid grid = new Grid(1, 3, new float[] {2, 3, 6});

        assertArrayEquals(
                new float[] {0, 0.25f, 1}, ImagePictures.stretched(grid).values());
        assertArrayEquals(
                new float[] {0, 0, 1}, ImagePictures.stretched(grid, 3, 5).values());
        assertArrayEquals(
                new float[] {0},
                ImagePictures.stretched(new Grid(1, 1, new float[] {7})).values());
    }
}
