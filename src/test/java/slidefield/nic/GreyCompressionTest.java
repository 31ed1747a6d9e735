package slidefield.nic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class GreyCompressionTest {
    /** Tells the first, the last and the sum of a patch's pixels. */
    private static final class Telling implements PatchEncoder {
        private final int colours;
        private int encoded;

        Telling(int colours) {
            this.colours = colours;
        }

        @Override
        public String name() {
            return "telling";
        }

        @Override
        public int patch() {
            return 9;
        }

        @Override
        public int colours() {
            return colours;
        }

        @Override
        public int code() {
            return 3;
        }

        @Override
        public float[] encode(float[] patches) {
            float[] codes = new float[patches.length / 81 * 3];
            encoded += patches.length / 81;
            for (int i = 0; i < patches.length; i++) {
                codes[i / 81 * 3 + 2] += patches[i];
            }
            for (int i = 0; i < patches.length / 81; i++) {
                codes[3 * i] = patches[81 * i];
                codes[3 * i + 1] = patches[81 * i + 80];
            }
            return codes;
        }

        @Override
        public void close() {}
    }

    @Property(tries = 30)
    void everyPlaceHoldsTheCodeOfItsPatch(
            @ForAll @IntRange(min = 1, max = 9) int stride,
            @ForAll @IntRange(min = 9, max = 90) int width,
            @ForAll @IntRange(min = 9, max = 90) int height,
            @ForAll long seed) {
        // given a part of a synthetic image
        SyntheticImage image = DigitFixture.set(90, seed).test(1);
        byte[] pixels = new byte[width * height];
        for (int y = 0; y < height; y++) {
            System.arraycopy(image.pixels(), y * 90, pixels, y * width, width);
        }
        // when
        CodeGrid grid = new GreyCompression(new Telling(1), stride).compress(pixels, width, height);
        // then
        assertEquals((height - 9) / stride + 1, grid.rows());
        assertEquals((width - 9) / stride + 1, grid.columns());
        for (int row = 0; row < grid.rows(); row++) {
            for (int column = 0; column < grid.columns(); column++) {
                float sum = 0;
                for (int y = 0; y < 9; y++) {
                    for (int x = 0; x < 9; x++) {
                        sum += scaled(image, column * stride + x, row * stride + y);
                    }
                }
                int at = 3 * (row * grid.columns() + column);
                assertEquals(scaled(image, column * stride, row * stride), grid.values()[at]);
                assertEquals(scaled(image, column * stride + 8, row * stride + 8), grid.values()[at + 1]);
                assertEquals(sum, grid.values()[at + 2], 1e-4f);
            }
        }
    }

    private static float scaled(SyntheticImage image, int x, int y) {
        return (image.pixels()[y * 90 + x] & 0xff) / 255f * 2 - 1;
    }

    @Example
    void emptyPatchesAreEncodedOnce() {
        // given
        Telling encoder = new Telling(1);
        byte[] pixels = new byte[18 * 27];
        pixels[5] = 1;
        // when
        CodeGrid grid = new GreyCompression(encoder, 9).compress(pixels, 27, 18);
        // then
        assertEquals(2, encoder.encoded);
        assertEquals(-81, grid.values()[17], 1e-4f);
        assertTrue(grid.tissue(1, 2));
    }

    @Example
    void thePapersImagesGiveGridsOf400() {
        // given more patches than are encoded at once
        SyntheticImage image = DigitFixture.set(3600, 1).training(0);
        // when
        CodeGrid grid = new GreyCompression(new Telling(1), 9).compress(image);
        // then
        assertEquals(400, grid.rows());
        assertEquals(400, grid.columns());
        int corner = 3 * (399 * 400 + 399);
        assertEquals((image.pixels()[3600 * 3600 - 1] & 0xff) / 255f * 2 - 1, grid.values()[corner + 1]);
    }

    @Example
    void whatCannotBeEncodedIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new GreyCompression(new Telling(3), 9));
        assertThrows(IllegalArgumentException.class, () -> new GreyCompression(new Telling(1), 10));
        assertThrows(IllegalArgumentException.class, () -> new GreyCompression(new Telling(1), 0));
        GreyCompression compression = new GreyCompression(new Telling(1), 9);
        assertThrows(IllegalArgumentException.class, () -> compression.compress(new byte[64], 8, 8));
        assertThrows(IllegalArgumentException.class, () -> compression.compress(new byte[80], 9, 9));
    }
}
