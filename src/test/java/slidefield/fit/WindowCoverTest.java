package slidefield.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowCoverTest {
    @ParameterizedTest
    @CsvSource({"128,128", "300,200", "50,70", "129,128", "1,1"})
    void everyPixelIsCoveredAndNoWindowLeavesThePlane(int width, int height) {
        Plane plane = DiscPlane.of("a", width, height, 1);
        WindowCover cover = new WindowCover(plane, 128, 0);
        int[] seen = new int[width * height];

        for (Part p : cover.parts()) {
            for (int y = p.y(); y < p.y() + p.height(); y++) {
                for (int x = p.x(); x < p.x() + p.width(); x++) {
                    seen[y * width + x]++;
                }
            }
        }

        for (int count : seen) {
            assertTrue(count > 0);
        }
    }

    @Test
    void anEpochVisitsEveryWindowOnceInsideThePlaneInASeededOrder() {
        WindowCover cover = new WindowCover(DiscPlane.of("a", 500, 300, 1), 128, 0);

        List<Part> epoch = cover.epoch(32, new Random(7));

        assertEquals(cover.parts().size(), epoch.size());
        assertTrue(epoch.stream().allMatch(p -> p.x() >= 0 && p.y() >= 0 && p.x() <= 372 && p.y() <= 172));
        assertEquals(epoch, cover.epoch(32, new Random(7)));
        assertNotEquals(epoch, cover.epoch(32, new Random(8)));
    }

    @Test
    void withoutJitterAnEpochIsTheCoverItself() {
        WindowCover cover = new WindowCover(DiscPlane.of("a", 500, 300, 1), 128, 0);

        List<Part> epoch = cover.epoch(0, new Random(7));

        assertTrue(epoch.containsAll(cover.parts()) && cover.parts().containsAll(epoch));
    }
}
