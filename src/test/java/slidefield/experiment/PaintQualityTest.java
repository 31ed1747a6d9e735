package slidefield.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slidefield.data.Base;
import slidefield.fit.OpenedSlide;
import slidefield.fit.Part;
import slidefield.fit.Prediction;
import slidefield.fit.SlidePlane;
import slidefield.score.Resolution;
import slidefield.slide.PhantomFile;
import slidefield.slide.PhantomOptions;
import slidefield.slide.Phantoms;

class PaintQualityTest {
    private static final int BLOCK = PaintQuality.BLOCK;

    @TempDir
    Path folder;

    private interface Paint {
        void change(float[] block);
    }

    /** The slide as a prediction, every block changed. */
    private static Prediction painted(SlidePlane plane, Paint paint) {
        Prediction prediction = new Prediction(plane.width(), plane.height(), true);
        for (int y = 0; y < plane.height(); y += BLOCK) {
            for (int x = 0; x < plane.width(); x += BLOCK) {
                float[] block = new float[3 * BLOCK * BLOCK];
                plane.rgb(x, y, BLOCK, BLOCK, block);
                paint.change(block);
                prediction.put(new Part(x, y, BLOCK, BLOCK), new float[BLOCK * BLOCK], block);
            }
        }
        return prediction;
    }

    private static void flatten(float[] block) {
        for (int c = 0; c < 3; c++) {
            double sum = 0;
            for (int i = c; i < block.length; i += 3) {
                sum += block[i];
            }
            for (int i = c; i < block.length; i += 3) {
                block[i] = (float) (sum / (BLOCK * BLOCK));
            }
        }
    }

    private static void darken(float[] block) {
        for (int i = 0; i < block.length; i++) {
            block[i] *= 0.5f;
        }
    }

    @Test
    void structureAndDetailAreToldApart() {
        PhantomFile phantom = Phantoms.write(
                        folder, 1, PhantomOptions.defaults().withSize(256, 256), 4, done -> {})
                .get(0);
        try (OpenedSlide slide = OpenedSlide.open(
                phantom.slide(), OptionalDouble.of(phantom.mpp()), Optional.empty(), Base.ofMpp(phantom.mpp()))) {
            SlidePlane plane = slide.at(Resolution.BASE);
            // when it is painted as it is, without detail, and with all detail but too dark
            PaintQuality right = PaintQuality.of(painted(plane, block -> {}), plane);
            PaintQuality flat = PaintQuality.of(painted(plane, PaintQualityTest::flatten), plane);
            PaintQuality dark = PaintQuality.of(painted(plane, PaintQualityTest::darken), plane);
            // then
            assertEquals(1, right.detail(), 1e-9);
            assertTrue(right.structure() > 100, "structure " + right.structure());
            assertEquals(0, flat.detail(), 1e-3);
            assertTrue(flat.structure() > 50, "structure " + flat.structure());
            // Half of the detail leaves a quarter of its variance.
            assertEquals(0.75, dark.detail(), 1e-2);
            assertTrue(dark.structure() < 15, "structure " + dark.structure());
        }
    }
}
