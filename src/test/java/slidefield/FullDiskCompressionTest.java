package slidefield;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slidefield.fit.RunFolder.IfExists;
import slidefield.io.InputException;
import slidefield.nic.CompressedSlide;
import slidefield.nic.CompressionOptions;
import slidefield.nic.GridOrientation;
import slidefield.nic.MeanRgb;
import slidefield.nic.SlideCompression;
import slidefield.nic.TissueRule;
import slidefield.slide.Slide;
import slidefield.slide.Slides;

/** A disk that becomes full while a slide is compressed: nothing is taken for whole, and with more room it goes on to the same bits. */
class FullDiskCompressionTest {
    /** Pages that are more than enough. */
    private static final int AMPLE = 60;

    @TempDir
    private Path folder;

    private Path picture() throws IOException {
        Random random = new Random(7);
        BufferedImage image = new BufferedImage(160, 2600, BufferedImage.TYPE_INT_RGB);
        IntStream.range(0, 160 * 2600).forEach(i -> image.setRGB(i % 160, i / 160, random.nextInt(1 << 24)));
        Path file = folder.resolve("noise.png");
        ImageIO.write(image, "png", file.toFile());
        return file;
    }

    private static CompressedSlide compress(Path slide, Path out) {
        try (Slide open = Slides.open(slide, OptionalDouble.of(0.5));
                MeanRgb encoder = new MeanRgb(8, 3)) {
            return new SlideCompression(encoder, new CompressionOptions(0.5, 8, TissueRule.ALL))
                    .compress(
                            open,
                            "noise",
                            out,
                            List.of(GridOrientation.NONE_0, GridOrientation.NONE_90),
                            IfExists.RESUME_OR_BEGIN,
                            fraction -> {});
        }
    }

    @Test
    void aDiskThatIsFull() throws Exception {
        var disk = FullDisk.mounted(folder.resolve("disk"));
        Assumptions.assumeTrue(disk.isPresent(), "no tmpfs may be mounted here");
        try (FullDisk full = disk.get()) {
            fill(full);
        }
    }

    @Test
    void aLimitOnFiles() throws Exception {
        var disk = FullDisk.limited(folder.resolve("folder"));
        Assumptions.assumeTrue(disk.isPresent(), "no prlimit here");
        try (FullDisk full = disk.get()) {
            fill(full);
        }
    }

    private void fill(FullDisk disk) throws IOException {
        // given how much it takes where there is room
        Path slide = picture();
        Path whole = folder.resolve("whole");
        compress(slide, whole);
        Map<String, byte[]> expected = contents(whole);
        assertEquals(3, expected.size());
        int failed = 0;
        int goneOn = 0;
        int most = LongRun.count(AMPLE, AMPLE / 6);
        for (int i = 0; i < most; i++) {
            int pages = i * AMPLE / most;
            Path out = disk.folder().resolve("out");
            disk.leave(pages);
            InputException refusal = null;
            try {
                compress(slide, out);
            } catch (InputException full) {
                refusal = full;
            }
            if (refusal != null) {
                // then one line says so, and what is there is not taken for whole
                String said = refusal.getMessage();
                assertTrue(said.startsWith("cannot ") && said.contains(out.toString()), said);
                assertTrue(said.toLowerCase(Locale.ROOT).contains(disk.says()), said);
                assertFalse(said.contains("\n") || said.contains(".part"), said);
                assertThrows(InputException.class, () -> CompressedSlide.open(out), said);
                contents(out).forEach((name, bytes) -> {
                    assertFalse(name.endsWith(".part"), name);
                    if (name.endsWith(".npy")) {
                        assertArrayEquals(expected.get(name), bytes, name);
                    }
                });
                goneOn += contents(out).keySet().stream().anyMatch(name -> name.endsWith(".journal")) ? 1 : 0;
                failed++;
            }
            // and with more room it goes on
            disk.leave(4 * AMPLE);
            compress(slide, out);
            Map<String, byte[]> found = contents(out);
            assertEquals(expected.keySet(), found.keySet());
            expected.forEach((name, bytes) -> assertArrayEquals(bytes, found.get(name), pages + " pages, " + name));
            for (String name : found.keySet()) {
                Files.delete(out.resolve(name));
            }
            Files.delete(out);
        }
        System.out.printf(
                "compression: %s at %d of %d levels up to %d pages, %d of them with a journal to go on from%n",
                disk.says(), failed, most, AMPLE, goneOn);
        assertTrue(goneOn > 0 && failed < most, failed + " failed, " + goneOn + " with a journal");
    }

    private static Map<String, byte[]> contents(Path folder) throws IOException {
        Map<String, byte[]> contents = new TreeMap<>();
        if (!Files.isDirectory(folder)) {
            return contents;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return contents;
    }
}
