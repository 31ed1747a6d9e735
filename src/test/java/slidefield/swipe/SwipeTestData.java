package slidefield.swipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.function.Executable;
import slidefield.data.ImagePart;
import slidefield.data.ImageSetManifest;
import slidefield.data.MaskValues;
import slidefield.data.SplitRule;
import slidefield.io.InputException;

/** What the tests of this package share. */
final class SwipeTestData {
    private SwipeTestData() {}

    /** A real file or folder, or the test is skipped. */
    static Path real(String name) {
        String root = System.getenv("SLIDEFIELD_DATA");
        Path file = Path.of(root == null ? "../shared/data" : root).resolve(name);
        Assumptions.assumeTrue(Files.exists(file), "no real data: " + file + " (set SLIDEFIELD_DATA)");
        return file;
    }

    /** One foreground class, masks in black and white. */
    static ImageSetManifest manifest(String only, ImagePart... parts) {
        return new ImageSetManifest(
                "polyps",
                null,
                null,
                null,
                null,
                null,
                List.of("polyp"),
                MaskValues.BLACK_AND_WHITE,
                false,
                List.of(parts),
                only,
                SplitRule.SWIPE);
    }

    /** Random colours, and discs of the classes 1 to {@code classes} on background. */
    static LabelledImage discs(int width, int height, int classes, long seed) {
        Random random = new Random(seed);
        int[] rgb = random.ints((long) width * height, 0, 1 << 24).toArray();
        byte[] found = new byte[width * height];
        for (int c = 1; c <= classes; c++) {
            double radius = (0.15 + 0.15 * random.nextDouble()) * Math.min(width, height);
            double x = radius + random.nextDouble() * (width - 2 * radius);
            double y = radius + random.nextDouble() * (height - 2 * radius);
            for (int i = 0; i < found.length; i++) {
                if (Math.hypot(i % width - x, i / width - y) <= radius) {
                    found[i] = (byte) c;
                }
            }
        }
        return new LabelledImage("discs", width, height, rgb, found);
    }

    /** Expects one clear line that mentions every part. */
    static String refused(Executable action, String... parts) {
        String message = assertThrows(InputException.class, action).getMessage();
        assertEquals(1, message.lines().count(), message);
        assertFalse(message.contains("null"), message);
        for (String part : parts) {
            assertTrue(message.contains(part), "expected \"" + part + "\" in: " + message);
        }
        return message;
    }
}
