package slidefield.slide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PyramidWriterTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1x1",
        "100, 40, 100x40",
        "257, 513, 257x513",
        "2000, 1100, 2000x1100 1000x550 500x275",
        "512, 512, 512x512",
        "3, 1500, 3x1500",
        "300, 1400, 300x1400",
        "700, 2100, 700x2100 350x1050",
        "37, 20, 37x20"
    })
    void openSlideSeesTheLevelsAndTheExactPixels(int width, int height, String levels) {
        for (boolean grey : new boolean[] {false, true}) {
            // given
            PyramidTestPattern source = new PyramidTestPattern(width, height, grey);
            PyramidOptions options = PyramidOptions.deflate().withMpp(0.499);
            Path path = folder.resolve("exact-" + grey + ".tif");
            // when
            PyramidFile file = PyramidWriter.write(path, source, grey ? options.asGrey() : options, fraction -> {});
            // then
            assertEquals(levels.split(" ").length, file.levels());
            try (PyramidTestOpenSlide slide = PyramidTestOpenSlide.open(path)) {
                assertEquals(levels, slide.levels());
                assertEquals("generic-tiff", slide.property("openslide.vendor"));
                assertSame(source, slide.read(0, 0, 0, width, height), 0, 0);
            }
        }
    }

    @Test
    void pixelSizeIsInTheFile() {
        // given a slide of 0.2431 micrometres per pixel
        Path path = folder.resolve("mpp.tif");
        PyramidWriter.write(
                path,
                new PyramidTestPattern(300, 200, false),
                PyramidOptions.jpeg().withMpp(0.2431),
                f -> {});
        // when
        try (PyramidTestOpenSlide slide = PyramidTestOpenSlide.open(path)) {
            // then
            assertEquals("centimeter", slide.property("tiff.ResolutionUnit"));
            assertEquals(0.2431, 10000 / Double.parseDouble(slide.property("tiff.XResolution")), 1e-6);
            assertEquals(0.2431, 10000 / Double.parseDouble(slide.property("tiff.YResolution")), 1e-6);
            assertEquals("slidefield pyramidal TIFF; mpp = 0.2431", slide.property("tiff.ImageDescription"));
            System.out.println("openslide.mpp-x = " + slide.property("openslide.mpp-x"));
        }
    }

    @Test
    void withoutPixelSizeTheFileClaimsNone() {
        Path path = folder.resolve("none.tif");
        PyramidWriter.write(path, new PyramidTestPattern(30, 20, false), PyramidOptions.deflate(), f -> {});
        try (PyramidTestOpenSlide slide = PyramidTestOpenSlide.open(path)) {
            assertNull(slide.property("tiff.XResolution"));
            assertNull(slide.property("openslide.mpp-x"));
        }
    }

    @ParameterizedTest
    @CsvSource({"257, 513", "600, 300", "1, 1"})
    void jpegIsCloseInColourAndInGrey(int width, int height) {
        for (boolean grey : new boolean[] {false, true}) {
            // given
            PyramidTestPattern source = new PyramidTestPattern(width, height, grey);
            PyramidOptions options = PyramidOptions.jpeg().withQuality(92);
            Path path = folder.resolve("jpeg-" + grey + ".tif");
            // when
            PyramidWriter.write(path, source, grey ? options.asGrey() : options, f -> {});
            // then
            try (PyramidTestOpenSlide slide = PyramidTestOpenSlide.open(path)) {
                BufferedImage read = slide.read(0, 0, 0, width, height);
                double sum = 0;
                for (int y = 0; y < height; y++) {
                    for (int x = 0; x < width; x++) {
                        for (int shift = 0; shift < 24; shift += 8) {
                            sum += Math.abs((read.getRGB(x, y) >> shift & 255) - (source.pixel(x, y) >> shift & 255));
                        }
                    }
                }
                double mean = sum / (3.0 * width * height);
                assertTrue(mean < 2.5, "mean difference " + mean + (grey ? " grey" : " RGB"));
            }
        }
    }

    @Test
    void coarserLevelsAreAverages() throws IOException {
        // given an odd-sized image
        PyramidTestPattern source = new PyramidTestPattern(1201, 1101, false);
        Path path = folder.resolve("average.tif");
        PyramidWriter.write(path, source, PyramidOptions.deflate(), f -> {});
        // when each level is read back by another TIFF reader
        BufferedImage fine = page(path, 0);
        for (int level = 1; level < 3; level++) {
            BufferedImage coarse = page(path, level);
            assertEquals((fine.getWidth() + 1) / 2, coarse.getWidth());
            // then each pixel is the mean of the up to four under it, to half a grey level
            for (int y = 0; y < coarse.getHeight(); y++) {
                for (int x = 0; x < coarse.getWidth(); x++) {
                    for (int band = 0; band < 3; band++) {
                        assertEquals(
                                meanOfFour(fine, 2 * x, 2 * y, band),
                                coarse.getRaster().getSample(x, y, band),
                                0.5);
                    }
                }
            }
            fine = coarse;
        }
    }

    private static double meanOfFour(BufferedImage image, int x, int y, int band) {
        double sum = 0;
        int n = 0;
        for (int j = y; j < Math.min(y + 2, image.getHeight()); j++) {
            for (int i = x; i < Math.min(x + 2, image.getWidth()); i++, n++) {
                sum += image.getRaster().getSample(i, j, band);
            }
        }
        return sum / n;
    }

    @Test
    void imageIoReadsJpegTilesToo() throws IOException {
        Path path = folder.resolve("plain.tif");
        PyramidTestPattern source = new PyramidTestPattern(300, 280, false);
        PyramidWriter.write(path, source, PyramidOptions.jpeg(), f -> {});
        BufferedImage image = page(path, 0);
        assertEquals((source.pixel(150, 140) >> 8) & 255, image.getRGB(150, 140) >> 8 & 255, 20);
    }

    @Test
    void sameInputGivesTheSameBytes() {
        for (PyramidOptions options : new PyramidOptions[] {PyramidOptions.deflate(), PyramidOptions.jpeg()}) {
            PyramidFile a = PyramidWriter.write(
                    folder.resolve("a.tif"), new PyramidTestPattern(700, 300, false), options, f -> {});
            PyramidFile b = PyramidWriter.write(
                    folder.resolve("b.tif"), new PyramidTestPattern(700, 300, false), options, f -> {});
            assertEquals(a.sha256(), b.sha256());
            assertEquals(a.bytes(), b.bytes());
        }
    }

    @Test
    void beyondTheClassicLimitTheFileIsABigTiff() throws IOException {
        // given a limit that a small file exceeds
        PyramidTestPattern source = new PyramidTestPattern(700, 600, false);
        Path path = folder.resolve("big.tif");
        try (FileChannel out = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            PyramidWriter.encode(source, PyramidOptions.deflate().withMpp(0.5), out, 1000, f -> {});
        }
        // then the header says 43, and OpenSlide reads the same pixels
        assertEquals(43, Files.readAllBytes(path)[2]);
        try (PyramidTestOpenSlide slide = PyramidTestOpenSlide.open(path)) {
            assertEquals("700x600 350x300", slide.levels());
            assertSame(source, slide.read(0, 100, 90, 600, 510), 100, 90);
            assertEquals(20000, Double.parseDouble(slide.property("tiff.XResolution")), 1e-3);
        }
    }

    private static void assertSame(PyramidTestPattern source, BufferedImage read, int left, int top) {
        for (int y = 0; y < read.getHeight(); y++) {
            for (int x = 0; x < read.getWidth(); x++) {
                if (source.pixel(left + x, top + y) != (read.getRGB(x, y) & 0xFFFFFF)) {
                    throw new AssertionError("pixel " + (left + x) + ", " + (top + y) + ": expected "
                            + Integer.toHexString(source.pixel(left + x, top + y)) + ", found "
                            + Integer.toHexString(read.getRGB(x, y)));
                }
            }
        }
    }

    private static BufferedImage page(Path path, int index) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("tiff").next();
        try (ImageInputStream in = ImageIO.createImageInputStream(path.toFile())) {
            reader.setInput(in);
            return reader.read(index);
        } finally {
            reader.dispose();
        }
    }
}
