package slidefield.slide;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slidefield.io.InputException;
import slidefield.io.WholeFile;

class PyramidWriterTest {
    @TempDir
    Path folder;

    /** Smooth colours with a hashed grain, so that both codecs have something to do and every pixel is known. */
    record Pattern(int width, int height, boolean grey) implements PixelSource {
        int pixel(int x, int y) {
            int grain = ((x * 73856093) ^ (y * 19349663)) >>> 28;
            int r = 150 + x * 60 / width + grain;
            int g = 90 + y * 60 / height + grain;
            int b = 160 + grain;
            return grey ? r * 0x010101 : r << 16 | g << 8 | b;
        }

        @Override
        public BufferedImage read(int x, int y, int w, int h) {
            BufferedImage image =
                    new BufferedImage(w, h, grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
            for (int j = 0; j < h; j++) {
                for (int i = 0; i < w; i++) {
                    int value = pixel(x + i, y + j);
                    if (grey) {
                        image.getRaster().setSample(i, j, 0, value & 255);
                    } else {
                        image.setRGB(i, j, value);
                    }
                }
            }
            return image;
        }
    }

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
            Pattern source = new Pattern(width, height, grey);
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
                path, new Pattern(300, 200, false), PyramidOptions.jpeg().withMpp(0.2431), f -> {});
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
        PyramidWriter.write(path, new Pattern(30, 20, false), PyramidOptions.deflate(), f -> {});
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
            Pattern source = new Pattern(width, height, grey);
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
        Pattern source = new Pattern(1201, 1101, false);
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
        Pattern source = new Pattern(300, 280, false);
        PyramidWriter.write(path, source, PyramidOptions.jpeg(), f -> {});
        BufferedImage image = page(path, 0);
        assertEquals((source.pixel(150, 140) >> 8) & 255, image.getRGB(150, 140) >> 8 & 255, 20);
    }

    @Test
    void sameInputGivesTheSameBytes() {
        for (PyramidOptions options : new PyramidOptions[] {PyramidOptions.deflate(), PyramidOptions.jpeg()}) {
            PyramidFile a =
                    PyramidWriter.write(folder.resolve("a.tif"), new Pattern(700, 300, false), options, f -> {});
            PyramidFile b =
                    PyramidWriter.write(folder.resolve("b.tif"), new Pattern(700, 300, false), options, f -> {});
            assertEquals(a.sha256(), b.sha256());
            assertEquals(a.bytes(), b.bytes());
        }
    }

    @Test
    void beyondTheClassicLimitTheFileIsABigTiff() throws IOException {
        // given a limit that a small file exceeds
        Pattern source = new Pattern(700, 600, false);
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

    @Test
    void fullDiskKeepsTheOldFileAndLeavesNoOther() throws IOException {
        // given a good file, and a disk that is full after 20 kB
        Path path = folder.resolve("slide.tif");
        PyramidWriter.write(path, new Pattern(50, 50, false), PyramidOptions.deflate(), f -> {});
        byte[] old = Files.readAllBytes(path);
        // when
        InputException failure = assertThrows(
                InputException.class,
                () -> WholeFile.write(path, temporary -> {
                    try (FileChannel file =
                                    FileChannel.open(temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                            SeekableByteChannel small = new SmallDisk(file, 20_000)) {
                        PyramidWriter.encode(
                                new Pattern(900, 900, false),
                                PyramidOptions.deflate(),
                                small,
                                PyramidWriter.CLASSIC_LIMIT,
                                f -> {});
                    }
                }));
        // then
        assertTrue(failure.getMessage().contains("No space left"), failure.getMessage());
        assertArrayEquals(old, Files.readAllBytes(path));
        assertOnly(path);
    }

    @Test
    void failingSourceKeepsTheOldFileAndLeavesNoOther() throws IOException {
        Path path = folder.resolve("slide.tif");
        PyramidWriter.write(path, new Pattern(50, 50, false), PyramidOptions.deflate(), f -> {});
        byte[] old = Files.readAllBytes(path);
        PixelSource broken = new PixelSource() {
            @Override
            public int width() {
                return 1000;
            }

            @Override
            public int height() {
                return 1000;
            }

            @Override
            public BufferedImage read(int x, int y, int w, int h) {
                if (y > 0) {
                    throw new InputException("scan.png: damaged at row " + y);
                }
                return new Pattern(1000, 1000, false).read(x, y, w, h);
            }
        };
        assertThrows(InputException.class, () -> PyramidWriter.write(path, broken, PyramidOptions.deflate(), f -> {}));
        assertArrayEquals(old, Files.readAllBytes(path));
        assertOnly(path);
    }

    @Test
    void impossibleSizesAndOptionsAreOneLine() {
        assertThrows(InputException.class, () -> PyramidOptions.deflate().withMpp(0));
        assertThrows(InputException.class, () -> PyramidOptions.deflate().withMpp(Double.NaN));
        assertThrows(InputException.class, () -> PyramidOptions.deflate().withMpp(101));
        assertThrows(InputException.class, () -> PyramidOptions.deflate().withTile(100));
        assertThrows(InputException.class, () -> PyramidOptions.jpeg().withQuality(0));
        for (Pattern absurd : new Pattern[] {
            new Pattern(Integer.MAX_VALUE, 10, false),
            new Pattern(10_000_000, 10_000_000, false),
            new Pattern(0, 5, true)
        }) {
            InputException failure = assertThrows(
                    InputException.class,
                    () -> PyramidWriter.write(folder.resolve("x.tif"), absurd, PyramidOptions.deflate(), f -> {}));
            assertFalse(failure.getMessage().contains("\n"));
        }
    }

    @Test
    void memoryStaysARowOfTiles() {
        largeSlide(6000, 4000, 60L << 20);
    }

    @Test
    @Tag("long")
    void twentyThousandSquareStaysBelowAQuarterOfAGigabyte() {
        largeSlide(20_000, 20_000, 256L << 20);
    }

    /** Watches the heap that is in use right after collections while a slide is written. */
    private void largeSlide(int width, int height, long allowed) {
        Path path = folder.resolve("large.tif");
        PixelSource source = new PixelSource() {
            @Override
            public int width() {
                return width;
            }

            @Override
            public int height() {
                return height;
            }

            @Override
            public BufferedImage read(int x, int y, int w, int h) {
                BufferedImage image = new BufferedImage(w, h, BufferedImage.TYPE_INT_RGB);
                for (int j = 0; j < h; j++) {
                    for (int i = 0; i < w; i++) {
                        image.setRGB(i, j, (x + i) * 31 ^ (y + j) * 17);
                    }
                }
                return image;
            }
        };
        System.gc();
        long before = used();
        long[] most = new long[1];
        double[] lastLook = new double[1];
        PyramidFile file = PyramidWriter.write(path, source, PyramidOptions.jpeg(), fraction -> {
            if (fraction - lastLook[0] > 0.1) {
                lastLook[0] = fraction;
                System.gc();
                most[0] = Math.max(most[0], used() - before);
            }
        });
        System.out.println(width + " x " + height + ": " + (most[0] >> 20) + " MB held, file " + file.bytes());
        assertTrue(most[0] < allowed, most[0] + " bytes held");
    }

    private static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private void assertOnly(Path path) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(path), files.toList());
        }
    }

    private static void assertSame(Pattern source, BufferedImage read, int left, int top) {
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

    /** A channel on a disk with little room. */
    private record SmallDisk(FileChannel file, long room) implements SeekableByteChannel {
        @Override
        public int write(ByteBuffer bytes) throws IOException {
            if (file.position() + bytes.remaining() > room) {
                throw new IOException("No space left on device");
            }
            return file.write(bytes);
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            return file.read(into);
        }

        @Override
        public long position() throws IOException {
            return file.position();
        }

        @Override
        public SeekableByteChannel position(long at) throws IOException {
            file.position(at);
            return this;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public SeekableByteChannel truncate(long size) throws IOException {
            file.truncate(size);
            return this;
        }

        @Override
        public boolean isOpen() {
            return file.isOpen();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
