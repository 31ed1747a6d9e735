package slidefield.nic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import slidefield.io.InputException;
import slidefield.nic.PictureFixture.Sums;
import slidefield.slide.Slide;

class GridEncodingTest {
    @TempDir
    private Path folder;

    private GridEncoding grid(BufferedImage image, PatchEncoder encoder, int stride, TissueRule rule) {
        Slide slide = PictureFixture.slide(folder, "s", image);
        return new GridEncoding(new SlidePixels(slide, 0.5, rule), encoder, stride);
    }

    /** The picture flipped and turned by plain loops over its pixels: first the flip, then quarter turns counter-clockwise. */
    private static BufferedImage laid(BufferedImage image, GridOrientation orientation) {
        String[] words = orientation.text().split("-");
        int width = image.getWidth();
        int height = image.getHeight();
        BufferedImage made = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int fromX = words[0].equals("horizontal") ? width - 1 - x : x;
                int fromY = words[0].equals("vertical") ? height - 1 - y : y;
                made.setRGB(x, y, image.getRGB(fromX, fromY));
            }
        }
        for (int turn = 0; turn < Integer.parseInt(words[1]) / 90; turn++) {
            BufferedImage turned = new BufferedImage(made.getHeight(), made.getWidth(), BufferedImage.TYPE_INT_RGB);
            for (int y = 0; y < made.getHeight(); y++) {
                for (int x = 0; x < made.getWidth(); x++) {
                    // the right edge becomes the upper one
                    turned.setRGB(y, made.getWidth() - 1 - x, made.getRGB(x, y));
                }
            }
            made = turned;
        }
        return made;
    }

    @ParameterizedTest
    @EnumSource(GridOrientation.class)
    void anOrientationIsTheGridOfTheSlideLaidDownSo(GridOrientation orientation) {
        // given a slide whose sides the stride divides, and an encoder that knows a flipped patch from another
        BufferedImage image = PictureFixture.picture(48, 32, 3);
        Sums encoder = new Sums(8, 4, 5);

        // when
        CodeGrid found = grid(image, encoder, 8, TissueRule.ALL).grid(orientation);

        // then
        CodeGrid expected = grid(laid(image, orientation), encoder, 8, TissueRule.ALL).grid(GridOrientation.NONE_0);
        assertEquals(expected.rows(), found.rows());
        assertEquals(expected.columns(), found.columns());
        assertArrayEquals(expected.values(), found.values(), 0);
        assertEquals(orientation, GridOrientation.of(orientation.text()));
    }

    @Test
    void allEightDiffer() {
        Set<List<Float>> seen = new HashSet<>();
        for (GridOrientation orientation : GridOrientation.all()) {
            CodeGrid grid = orientation.apply(new CodeGrid(2, 2, 1, new float[] {1, 2, 3, 4}));
            seen.add(List.of(grid.values()[0], grid.values()[1], grid.values()[2], grid.values()[3]));
        }
        assertEquals(8, seen.size());
        // by hand: 1 2 / 3 4 a quarter turn counter-clockwise
        assertArrayEquals(
                new float[] {2, 4, 1, 3},
                GridOrientation.NONE_90.apply(new CodeGrid(2, 2, 1, new float[] {1, 2, 3, 4})).values());
        assertThrows(InputException.class, () -> GridOrientation.of("diagonal-45"));
    }

    @Test
    void edgesAreCoveredAndReachOverIntoWhite() {
        BufferedImage image = PictureFixture.picture(50, 33, 3);
        try (MeanRgb encoder = new MeanRgb(8, 3)) {
            CodeGrid grid = grid(image, encoder, 8, TissueRule.ALL).grid(GridOrientation.NONE_0);
            assertEquals(5, grid.rows());
            assertEquals(7, grid.columns());
            // the last patch shows two columns of one row of pixels, else white
            double[] sum = new double[3];
            for (int x = 48; x < 50; x++) {
                int rgb = image.getRGB(x, 32);
                for (int c = 0; c < 3; c++) {
                    sum[c] += (rgb >> 16 - 8 * c & 255) / 127.5 - 1;
                }
            }
            for (int c = 0; c < 3; c++) {
                assertEquals((sum[c] + 62) / 64, grid.values()[grid.values().length - 3 + c], 1e-5);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TissueRule.class)
    void glassGetsACodeOfZeros(TissueRule rule) {
        Sums encoder = new Sums(8, 3, 1);
        CodeGrid grid = grid(PictureFixture.picture(96, 64, 3), encoder, 8, rule).grid(GridOrientation.NONE_0);
        for (int row = 0; row < 8; row++) {
            for (int column = 0; column < 12; column++) {
                assertEquals(column >= 4 || rule == TissueRule.ALL, grid.tissue(row, column), row + "," + column);
            }
        }
        assertEquals(rule == TissueRule.ALL ? 96 : 64, encoder.encoded);
    }

    @Test
    void everyStrideCutsWhereItSays() {
        BufferedImage image = PictureFixture.picture(70, 300, 9);
        for (int stride : new int[] {3, 8, 20}) {
            Sums encoder = new Sums(8, 2, 2);
            GridEncoding encoding = grid(image, encoder, stride, TissueRule.ALL);
            CodeGrid grid = encoding.grid(GridOrientation.NONE_0);
            assertTrue(encoding.bands() > 1 || stride == 20, "several bands are wanted");
            // one in the middle of a later band by itself
            int row = grid.rows() * 2 / 3;
            int column = grid.columns() / 2;
            float[] patch = new float[8 * 8 * 3];
            for (int i = 0; i < 64; i++) {
                int rgb = image.getRGB(column * stride + i % 8, row * stride + i / 8);
                for (int c = 0; c < 3; c++) {
                    patch[3 * i + c] = (rgb >> 16 - 8 * c & 255) / 255f * 2 - 1;
                }
            }
            float[] code = encoder.encode(patch);
            for (int k = 0; k < 2; k++) {
                assertEquals(code[k], grid.values()[(row * grid.columns() + column) * 2 + k], 1e-4);
            }
        }
    }

    @Test
    void whatDoesNotFitIsRefused() {
        BufferedImage image = PictureFixture.picture(16, 16, 1);
        assertEquals(
                "the encoder Mean-grey reads pixels of 1 colours, those of s have 3",
                assertThrows(InputException.class, () -> grid(image, new MeanRgb(8, 1), 8, TissueRule.ALL))
                        .getMessage());
        Slide slide = PictureFixture.slide(folder, "s", image);
        assertTrue(assertThrows(InputException.class, () -> new SlidePixels(slide, 0.01, TissueRule.ALL))
                .getMessage()
                .contains("magnify it 50 times"));
    }

    @Test
    void anInterruptStopsIt() {
        GridEncoding grid = grid(PictureFixture.picture(32, 32, 1), new Sums(8, 2, 1), 8, TissueRule.ALL);
        Thread.currentThread().interrupt();
        assertThrows(CancellationException.class, () -> grid.grid(GridOrientation.NONE_0));
        assertFalse(Thread.interrupted());
    }
}
