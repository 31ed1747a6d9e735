package slidefield.slide;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static slidefield.slide.SlideTestData.needsOpenSlide;
import static slidefield.slide.SlideTestData.noise;
import static slidefield.slide.SlideTestData.png;
import static slidefield.slide.SlideTestData.real;
import static slidefield.slide.SlideTestData.refused;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlidesTest {
    private static final String CMU = "wsi/cmu_small_region.svs";
    private static final String TCGA = "wsi/tcga-cr-7395-01a-01-ts1.svs";

    @TempDir
    Path folder;

    @Test
    void anAperioSlideSaysWhatItIs() {
        needsOpenSlide();
        try (Slide slide = Slides.open(real(CMU))) {
            assertEquals("cmu_small_region", slide.name());
            assertEquals(List.of(new Level(2220, 2967, 1)), slide.levels());
            assertEquals(0.499, slide.mpp().orElseThrow(), 1e-12);
            assertEquals(20, slide.objectivePower().orElseThrow());
            assertEquals("aperio", slide.properties().get("openslide.vendor"));
            assertEquals(
                    List.of("label", "macro", "thumbnail"),
                    List.copyOf(slide.associatedImages().keySet()));
            assertEquals(387, slide.associatedImages().get("label").getWidth());
        }
    }

    @Test
    void aSlideWithoutResolutionSaysHowToGiveOne() {
        needsOpenSlide();
        try (Slide slide = Slides.open(real(TCGA))) {
            assertEquals(2, slide.levels().size());
            assertEquals(OptionalDouble.empty(), slide.mpp());
            refused(() -> View.at(slide, 4), "--mpp", "mpp:", slide.name());
        }
        try (Slide slide = Slides.open(real(TCGA), OptionalDouble.of(0.5))) {
            assertEquals(2222, View.at(slide, 1).width());
        }
        for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            refused(() -> Slides.open(real(TCGA), OptionalDouble.of(bad)), "finite number over 0");
        }
    }

    @Test
    void aLevelWithAFractionalDownsampleReadsTheSameHoweverItIsCut() {
        needsOpenSlide();
        try (Slide slide = Slides.open(real(TCGA))) {
            BufferedImage whole = slide.read(1, 700, 500, 600, 400);
            for (int[] cut : new int[][] {{0, 0, 600, 1}, {1, 1, 255, 257}, {333, 111, 267, 289}}) {
                BufferedImage part = slide.read(1, 700 + cut[0], 500 + cut[1], cut[2], cut[3]);
                assertArrayEquals(
                        whole.getRGB(cut[0], cut[1], cut[2], cut[3], null, 0, cut[2]),
                        part.getRGB(0, 0, cut[2], cut[3], null, 0, cut[2]));
            }
        }
    }

    @Test
    void outsideIsWhiteAndUnknownLevelsAreRefused() {
        needsOpenSlide();
        try (Slide slide = Slides.open(real(CMU))) {
            BufferedImage corner = slide.read(0, -3, -2, 6, 5);
            assertEquals(0xFFFFFFFF, corner.getRGB(2, 4));
            assertEquals(0xFFFFFFFF, corner.getRGB(5, 1));
            assertEquals(slide.read(0, 0, 0, 1, 1).getRGB(0, 0), corner.getRGB(3, 2));
            refused(() -> slide.read(1, 0, 0, 1, 1), "levels 0 to 0");
            refused(() -> slide.read(0, 0, 0, 1 << 20, 1 << 20), "2^31");
        }
    }

    @Test
    void aSlideCutShortIsRefusedWhereverItEnds() throws IOException {
        needsOpenSlide();
        for (String name : List.of(CMU, TCGA)) {
            byte[] bytes = Files.readAllBytes(real(name));
            int refusals = 0;
            for (double part : new double[] {0.00001, 0.001, 0.1, 0.3, 0.5, 0.7, 0.9, 0.95, 0.999, 0.99999}) {
                Path file = folder.resolve("short" + part + ".svs");
                Files.write(file, Arrays.copyOf(bytes, Math.max(10, (int) (bytes.length * part))));
                String message = refused(() -> readAll(file), file.toString());
                assertTrue(message.matches("(?s).*(whole|damaged|cut short).*"), message);
                refusals++;
            }
            assertEquals(10, refusals);
        }
    }

    @Test
    void aReadThatFindsDamageEndsTheSlideWithTheSameReason() throws IOException {
        needsOpenSlide();
        byte[] bytes = Files.readAllBytes(real(TCGA));
        Arrays.fill(bytes, bytes.length / 8, bytes.length / 2, (byte) 0x5A);
        Path file = Files.write(folder.resolve("scratched.svs"), bytes);
        try (Slide slide = Slides.open(file)) {
            String first = refused(() -> slide.read(0, 0, 0, 4443, 3567), file.toString(), "damaged");
            assertEquals(first, refused(() -> slide.read(0, 0, 0, 1, 1)));
        }
    }

    private static void readAll(Path file) {
        try (Slide slide = Slides.open(file)) {
            for (int level = 0; level < slide.levels().size(); level++) {
                Level stored = slide.levels().get(level);
                slide.read(level, 0, 0, stored.width(), stored.height());
            }
        }
    }

    @Test
    void whatIsNoSlideIsRefusedInOneLine() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.svs"), "this is a text file\n");
        refused(() -> Slides.open(text), text.toString(), "not a slide or image");
        Path empty = Files.write(folder.resolve("empty.svs"), new byte[0]);
        refused(() -> Slides.open(empty), empty.toString(), "empty");
        Path missing = folder.resolve("missing.svs");
        refused(() -> Slides.open(missing), missing.toString(), "does not exist");
        refused(() -> Slides.open(folder), folder.toString(), "folder");
    }

    @Test
    void damagedImagesAreRefusedInOneLine() throws IOException {
        Path absurd = Files.write(folder.resolve("absurd.png"), pngHeader(2_000_000_000, 2_000_000_000));
        refused(() -> Slides.open(absurd), absurd.toString(), "2000000000 x 2000000000");
        Path large = Files.write(folder.resolve("large.png"), pngHeader(45_000, 45_000));
        refused(() -> Slides.open(large), large.toString(), "MiB");
        for (String format : List.of("png", "jpg", "bmp", "tif")) {
            Path whole = folder.resolve("whole." + format);
            assertTrue(ImageIO.write(noise(64, 48, 1), format, whole.toFile()));
            byte[] bytes = Files.readAllBytes(whole);
            for (double part : new double[] {0.1, 0.5, 0.9}) {
                Path file = folder.resolve("short" + part + "." + format);
                Files.write(file, Arrays.copyOf(bytes, (int) (bytes.length * part)));
                refused(() -> Slides.open(file), file.toString());
            }
        }
    }

    private static byte[] pngHeader(int width, int height) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeLong(0x89504E470D0A1A0AL);
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        DataOutputStream header = new DataOutputStream(chunk);
        header.writeBytes("IHDR");
        header.writeInt(width);
        header.writeInt(height);
        header.write(new byte[] {8, 2, 0, 0, 0});
        CRC32 crc = new CRC32();
        crc.update(chunk.toByteArray());
        out.writeInt(13);
        out.write(chunk.toByteArray());
        out.writeInt((int) crc.getValue());
        return bytes.toByteArray();
    }

    @Test
    void imagesKeepTheirStoredValues() throws IOException {
        BufferedImage colours = noise(33, 21, 7);
        for (String format : List.of("png", "bmp", "tif")) {
            Path file = folder.resolve("colours." + format);
            assertTrue(ImageIO.write(colours, format, file.toFile()));
            try (Slide slide = Slides.open(file)) {
                assertArrayEquals(Pixels.of(colours), Pixels.of(slide.read(0, 0, 0, 33, 21)), format);
            }
        }
        BufferedImage grey = new BufferedImage(256, 1, BufferedImage.TYPE_BYTE_GRAY);
        BufferedImage grey16 = new BufferedImage(256, 1, BufferedImage.TYPE_USHORT_GRAY);
        for (int x = 0; x < 256; x++) {
            grey.getRaster().setSample(x, 0, 0, x);
            grey16.getRaster().setSample(x, 0, 0, x * 257);
        }
        for (BufferedImage image : List.of(grey, grey16)) {
            try (Slide slide = Slides.open(png(folder, "grey" + image.getType() + ".png", image))) {
                assertEquals(127 * 0x010101, slide.read(0, 127, 0, 1, 1).getRGB(0, 0) & 0xFFFFFF);
            }
        }
    }

    @Test
    void transparentPixelsAreWhiteInASlideAndBlackInAMask() throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(1, 0, 0x80FF0000);
        Path file = png(folder, "clear.png", image);
        try (Slide slide = Slides.open(file);
                Slide mask = Slides.openMask(file)) {
            assertEquals(0xFFFFFF, slide.read(0, 0, 0, 1, 1).getRGB(0, 0) & 0xFFFFFF);
            assertEquals(0xFF7F7F, slide.read(0, 1, 0, 1, 1).getRGB(0, 0) & 0xFFFFFF);
            assertEquals(0x000000, mask.read(0, 0, 0, 1, 1).getRGB(0, 0) & 0xFFFFFF);
        }
    }

    @Test
    void twoHundredOpensLeaveNoFileOpen() throws IOException {
        needsOpenSlide();
        File handles = new File("/proc/self/fd");
        Assumptions.assumeTrue(handles.isDirectory(), "no /proc on this system");
        Path damaged = folder.resolve("short.svs");
        Files.write(damaged, Arrays.copyOf(Files.readAllBytes(real(CMU)), 1_000_000));
        readAll(real(CMU));
        int before = handles.list().length;
        for (int i = 0; i < 200; i++) {
            try (Slide slide = Slides.open(real(CMU))) {
                slide.read(0, i, i, 8, 8);
            }
            refused(() -> readAll(damaged), damaged.toString());
        }
        assertTrue(handles.list().length <= before + 2, before + " files open before, after: " + handles.list().length);
    }

    @Test
    void readsSideBySideEqualReadsInTurn() throws Exception {
        needsOpenSlide();
        try (Slide slide = Slides.open(real(TCGA))) {
            ExecutorService threads = Executors.newFixedThreadPool(6);
            try {
                List<int[]> alone = new ArrayList<>();
                for (int i = 0; i < 24; i++) {
                    alone.add(Pixels.of(slide.read(i % 2, 71 * i, 53 * i, 200, 150)));
                }
                List<Future<int[]>> together = new ArrayList<>();
                for (int i = 0; i < 24; i++) {
                    int at = i;
                    together.add(threads.submit(() -> Pixels.of(slide.read(at % 2, 71 * at, 53 * at, 200, 150))));
                }
                for (int i = 0; i < 24; i++) {
                    assertArrayEquals(alone.get(i), together.get(i).get());
                }
            } finally {
                threads.shutdownNow();
            }
        }
    }

    @Test
    void aClosedSlideSaysSo() {
        needsOpenSlide();
        Slide slide = Slides.open(real(CMU));
        slide.close();
        slide.close();
        refused(() -> slide.read(0, 0, 0, 1, 1), "closed");
    }
}
