package slidefield.slide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.function.Executable;
import slidefield.io.InputException;

/** What the tests of this package share: real files where they are present, and slides made of random numbers. */
final class SlideTestData {
    private SlideTestData() {}

    /** A real file, or the test is skipped. */
    static Path real(String name) {
        String root = System.getenv("SLIDEFIELD_DATA");
        Path file = Path.of(root == null ? "../shared/data" : root).resolve(name);
        Assumptions.assumeTrue(Files.exists(file), "no real data: " + file + " (set SLIDEFIELD_DATA)");
        return file;
    }

    /** Skips the test where the C library is missing. */
    static void needsOpenSlide() {
        Assumptions.assumeTrue(Slides.openSlideVersion().isPresent(), "OpenSlide is not installed");
    }

    /** A picture of independent random colours. */
    static BufferedImage noise(int width, int height, long seed) {
        Random random = new Random(seed);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int[] pixels = Pixels.of(image);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextInt(1 << 24);
        }
        return image;
    }

    static Slide slide(BufferedImage image) {
        return new ImageSlide("noise", image, OptionalDouble.of(0.5), Pixels.WHITE);
    }

    static Path png(Path folder, String name, BufferedImage image) throws IOException {
        Path file = folder.resolve(name);
        assertTrue(ImageIO.write(image, "png", file.toFile()));
        return file;
    }

    /** Expects one clear line that mentions every part. */
    static String refused(Executable action, String... parts) {
        InputException failure = assertThrows(InputException.class, action);
        String message = failure.getMessage();
        assertEquals(1, message.lines().count(), message);
        assertFalse(message.contains("null"), message);
        for (String part : parts) {
            assertTrue(message.contains(part), "expected \"" + part + "\" in: " + message);
        }
        return message;
    }

    /** A slide of stored levels that need not agree with each other. */
    record Pyramid(List<BufferedImage> images) implements Slide {
        static Pyramid of(BufferedImage... images) {
            return new Pyramid(List.of(images));
        }

        @Override
        public String name() {
            return "pyramid";
        }

        @Override
        public List<Level> levels() {
            List<Level> levels = new ArrayList<>();
            for (BufferedImage image : images) {
                double downsample = (double) images.get(0).getWidth() / image.getWidth();
                levels.add(new Level(image.getWidth(), image.getHeight(), downsample));
            }
            return levels;
        }

        @Override
        public OptionalDouble mpp() {
            return OptionalDouble.of(0.25);
        }

        @Override
        public OptionalDouble objectivePower() {
            return OptionalDouble.empty();
        }

        @Override
        public Map<String, String> properties() {
            return Map.of();
        }

        @Override
        public Map<String, BufferedImage> associatedImages() {
            return Map.of("thumbnail", images.get(images.size() - 1));
        }

        @Override
        public BufferedImage read(int level, int x, int y, int width, int height) {
            return slide(images.get(level)).read(0, x, y, width, height);
        }

        @Override
        public void close() {
            // Nothing to close.
        }
    }
}
