package slidefield.nic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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

    @Property(tries = 40)
    void everyPlaceHoldsTheCodeOfItsPatchAsTheReferenceSays(
            @ForAll @IntRange(min = 1, max = 9) int stride,
            @ForAll @IntRange(min = 1, max = 90) int width,
            @ForAll @IntRange(min = 1, max = 90) int height,
            @ForAll long seed) {
        // given a part of a synthetic image
        SyntheticImage image = DigitFixture.set(90, seed).test(1);
        byte[] pixels = new byte[width * height];
        for (int y = 0; y < height; y++) {
            System.arraycopy(image.pixels(), y * 90, pixels, y * width, width);
        }
        GreyPlane plane = new GreyPlane("part", width, height, pixels);
        // when
        CodeGrid grid = new GreyCompression(new Telling(1), stride).compress(plane);
        // then
        CodeGrid reference = new GridEncoding(plane, new Telling(1), stride).grid(GridOrientation.NONE_0);
        assertEquals(reference.rows(), grid.rows());
        assertEquals(reference.columns(), grid.columns());
        assertArrayEquals(reference.values(), grid.values());
        for (int place = 0; place < grid.rows() * grid.columns(); place++) {
            int x = place % grid.columns() * stride;
            int y = place / grid.columns() * stride;
            assertEquals(scaled(pixels[y * width + x]), grid.values()[3 * place]);
            boolean inside = x + 8 < width && y + 8 < height;
            assertEquals(inside ? scaled(pixels[(y + 8) * width + x + 8]) : -1, grid.values()[3 * place + 1]);
        }
    }

    private static float scaled(byte value) {
        return (value & 0xff) / 255f * 2 - 1;
    }

    @Example
    void blackPatchesAreEncodedOnce() {
        // given
        Telling encoder = new Telling(1);
        byte[] pixels = new byte[18 * 27];
        pixels[5] = 1;
        GreyCompression compression = new GreyCompression(encoder, 9);
        // when
        CodeGrid grid = compression.compress(new GreyPlane("one", 27, 18, pixels));
        compression.compress(new GreyPlane("two", 27, 18, pixels));
        // then
        assertEquals(3, encoder.encoded);
        assertEquals(-81, grid.values()[17], 1e-4f);
        assertTrue(grid.tissue(1, 2));
    }

    @Example
    void thePapersImagesGiveGridsOf400() {
        // given more patches than are encoded together
        SyntheticImage image = DigitFixture.set(3600, 1).training(0);
        // when
        CodeGrid grid = new GreyCompression(new Telling(1), 9).compress(GreyPlane.of(image));
        // then
        assertEquals(400, grid.rows());
        assertEquals(400, grid.columns());
        int corner = 3 * (399 * 400 + 399);
        assertEquals(scaled(image.pixels()[3600 * 3600 - 1]), grid.values()[corner + 1]);
    }

    @Example
    void whatCannotBeEncodedIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new GreyCompression(new Telling(3), 9));
        assertThrows(IllegalArgumentException.class, () -> new GreyCompression(new Telling(1), 10));
        assertThrows(IllegalArgumentException.class, () -> new GreyCompression(new Telling(1), 0));
        assertThrows(IllegalArgumentException.class, () -> new GreyPlane("x", 9, 9, new byte[80]));
    }
}
