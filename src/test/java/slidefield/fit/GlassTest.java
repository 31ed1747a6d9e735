package slidefield.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlassTest {
    /** Tissue left of column 50, glass right of it. */
    private static final Plane HALF = new Plane() {
        private final DiscPlane pixels = DiscPlane.of("half", 120, 70, 1);

        @Override
        public String name() {
            return "half";
        }

        @Override
        public int width() {
            return 120;
        }

        @Override
        public int height() {
            return 70;
        }

        @Override
        public double aspect() {
            return 120 / 70.0;
        }

        @Override
        public Plane coarser(int factor) {
            return pixels.coarser(factor);
        }

        @Override
        public void rgb(int x, int y, int width, int height, float[] into) {
            pixels.rgb(x, y, width, height, into);
        }

        @Override
        public StainStatistics stain() {
            return pixels.stain();
        }

        @Override
        public boolean annotated() {
            return false;
        }

        @Override
        public void lesion(int x, int y, int width, int height, float[] into) {
            throw new IllegalStateException("not annotated");
        }

        @Override
        public double tissue(int x, int y, int width, int height) {
            return Math.max(0, Math.min(1, (50.0 - x) / width));
        }
    };

    @Test
    void glassIsAnsweredWithBackgroundAndWhiteAndTissueIsLeftAsItIs() {
        float[] lesion = filled(120 * 70, 0.9f);
        float[] colours = filled(120 * 70 * 3, 0.4f);

        boolean[] tissue = Glass.clear(HALF, new Part(0, 0, 120, 70), lesion, colours);

        for (int i = 0; i < lesion.length; i++) {
            // The block from column 48 on still touches tissue, the one from 64 on does not.
            boolean kept = i % 120 < 64;
            assertEquals(kept, tissue[i]);
            assertEquals(kept ? 0.9f : 0f, lesion[i]);
            assertEquals(kept ? 0.4f : 1f, colours[3 * i + 2]);
        }
    }

    @ParameterizedTest
    @CsvSource({"0,0,70,70", "37,11,50,40", "70,3,50,67", "119,69,1,1"})
    void whatIsGlassDoesNotDependOnHowThePlaneIsCut(int x, int y, int width, int height) {
        float[] whole = filled(120 * 70, 1f);
        Glass.clear(HALF, new Part(0, 0, 120, 70), whole, new float[120 * 70 * 3]);
        float[] part = filled(width * height, 1f);
        Glass.clear(HALF, new Part(x, y, width, height), part, new float[width * height * 3]);

        for (int i = 0; i < part.length; i++) {
            assertEquals(whole[(y + i / width) * 120 + x + i % width], part[i]);
        }
    }

    private static float[] filled(int length, float value) {
        float[] values = new float[length];
        Arrays.fill(values, value);
        return values;
    }
}
