package slidefield.slide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import slidefield.io.InputException;

class ImageImportTest {
    private static final ImportOptions LOSSLESS = ImportOptions.of(0.5).withFormat(PyramidOptions.deflate());

    @TempDir
    Path folder;

    private Path image(String name, int width, int height, int type) throws IOException {
        BufferedImage image = new BufferedImage(width, height, type);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, 0xFF000000 | colour(x, y));
            }
        }
        return save(image, name);
    }

    private Path save(BufferedImage image, String name) throws IOException {
        Path path = folder.resolve(name);
        assertTrue(ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), path.toFile()), name);
        return path;
    }

    private static int colour(int x, int y) {
        return (x & 255) << 16 | (y & 255) << 8 | (x + y) / 4 & 255;
    }

    private static BufferedImage read(Path path, int width, int height) {
        try (PyramidTestOpenSlide slide = PyramidTestOpenSlide.open(path)) {
            return slide.read(0, 0, 0, width, height);
        }
    }

    private InputException refused(Path image, Path mask, ImportOptions options) {
        Path out = folder.resolve("refused");
        InputException failure =
                assertThrows(InputException.class, () -> ImageImport.run(image, mask, out, options, f -> {}));
        assertFalse(failure.getMessage().contains("\n"), failure.getMessage());
        assertTrue(!Files.exists(out) || isEmpty(out), "something was left in " + out);
        return failure;
    }

    private static boolean isEmpty(Path path) {
        try (Stream<Path> files = Files.list(path)) {
            return files.findAny().isEmpty();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.png", "a.bmp", "a.tif"})
    void everyPixelArrives(String name) throws IOException {
        // given
        Path source = image(name, 700, 600, BufferedImage.TYPE_INT_RGB);
        // when
        Imported slide = ImageImport.run(source, null, folder.resolve("out"), LOSSLESS, f -> {});
        // then
        assertEquals("a.tif", slide.slide().getFileName().toString());
        assertNull(slide.maskOrNull());
        assertEquals("", slide.notice());
        assertEquals(Files.size(slide.slide()), slide.bytes());
        BufferedImage read = read(slide.slide(), 700, 600);
        for (int y = 0; y < 600; y++) {
            for (int x = 0; x < 700; x++) {
                assertEquals(colour(x, y), read.getRGB(x, y) & 0xFFFFFF);
            }
        }
    }

    @Test
    void smallStripsGiveTheSamePixels() throws IOException {
        Path source = image("s.png", 300, 900, BufferedImage.TYPE_INT_RGB);
        try (ImportImage strips = new ImportImage(source, false, 8L * 300 * 260)) {
            BufferedImage part = strips.read(10, 100, 200, 700);
            assertEquals(colour(10, 100), part.getRGB(0, 0) & 0xFFFFFF);
            assertEquals(colour(209, 500), part.getRGB(199, 400) & 0xFFFFFF);
            assertEquals(colour(100, 799), part.getRGB(90, 699) & 0xFFFFFF);
        }
    }

    @Test
    void cropCutsImageAndMaskAlike() throws IOException {
        // given a mask of half the size, lesion right of column 300 of the image
        Path source = image("c.png", 600, 500, BufferedImage.TYPE_INT_RGB);
        BufferedImage mask = new BufferedImage(300, 250, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 300 * 250; i++) {
            mask.getRaster().setSample(i % 300, i / 300, 0, i % 300 < 150 ? 100 : 200);
        }
        // when
        Imported slide = ImageImport.run(
                source,
                save(mask, "m.png"),
                folder.resolve("out"),
                LOSSLESS.withCrop(ImportOptions.Crop.parse("250,100,200,150")),
                f -> {});
        // then
        assertEquals("the mask was rescaled from 300 x 250 to 600 x 500", slide.notice());
        assertEquals(colour(250, 100), read(slide.slide(), 200, 150).getRGB(0, 0) & 0xFFFFFF);
        BufferedImage read = read(slide.maskOrNull(), 200, 150);
        for (int x = 0; x < 200; x++) {
            assertEquals(x < 50 ? 0 : 0xFFFFFF, read.getRGB(x, 75) & 0xFFFFFF, "column " + x);
        }
    }

    @Test
    void greySixteenBitAndTransparentImagesBecomeRgb() throws IOException {
        // given 16-bit grey 0x8080, 8-bit grey 77 and half transparent black
        BufferedImage deep = new BufferedImage(40, 40, BufferedImage.TYPE_USHORT_GRAY);
        BufferedImage grey = new BufferedImage(40, 40, BufferedImage.TYPE_BYTE_GRAY);
        BufferedImage clear = new BufferedImage(40, 40, BufferedImage.TYPE_INT_ARGB);
        for (int i = 0; i < 1600; i++) {
            deep.getRaster().setSample(i % 40, i / 40, 0, 0x8080);
            grey.getRaster().setSample(i % 40, i / 40, 0, 77);
            clear.setRGB(i % 40, i / 40, 0x80000000);
        }
        // then
        assertEquals(0x808080, first(save(deep, "deep.png")));
        assertEquals(0x4D4D4D, first(save(grey, "grey.png")));
        assertEquals(0x7F7F7F, first(save(clear, "clear.png")));
    }

    private int first(Path image) {
        Imported slide = ImageImport.run(image, null, folder.resolve("out"), LOSSLESS, f -> {});
        return read(slide.slide(), 1, 1).getRGB(0, 0) & 0xFFFFFF;
    }

    @Test
    void maskOfAnotherShapeIsRefusedWithBothSizes() throws IOException {
        Path source = image("a.png", 600, 500, BufferedImage.TYPE_INT_RGB);
        Path mask = image("b.png", 600, 480, BufferedImage.TYPE_INT_RGB);
        String message = refused(source, mask, LOSSLESS).getMessage();
        assertTrue(message.contains("600 x 500") && message.contains("600 x 480"), message);
    }

    @Test
    void emptyMaskIsSaid() throws IOException {
        Path source = image("a.png", 60, 50, BufferedImage.TYPE_INT_RGB);
        Path mask = save(new BufferedImage(60, 50, BufferedImage.TYPE_BYTE_GRAY), "b.png");
        Imported slide = ImageImport.run(source, mask, folder.resolve("out"), LOSSLESS, f -> {});
        assertTrue(slide.notice().contains("no lesion"), slide.notice());
    }

    @Test
    void badInputIsOneLine() throws IOException {
        Path good = image("a.png", 400, 300, BufferedImage.TYPE_INT_RGB);
        refused(folder.resolve("missing.png"), null, LOSSLESS);
        refused(Files.writeString(folder.resolve("text.png"), "not an image"), null, LOSSLESS);
        refused(Files.createFile(folder.resolve("empty.jpg")), null, LOSSLESS);
        refused(good, null, LOSSLESS.withCrop(new ImportOptions.Crop(300, 0, 101, 10)));
        assertThrows(InputException.class, () -> ImportOptions.Crop.parse("1,2,3"));
        assertThrows(InputException.class, () -> ImportOptions.Crop.parse("1,2,x,4"));
        assertThrows(InputException.class, () -> new ImportOptions.Crop(0, 0, 0, 4));
        for (double mpp : new double[] {0, -1, 100.5, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThrows(InputException.class, () -> ImportOptions.of(mpp));
        }
        assertThrows(
                InputException.class,
                () -> ImageImport.run(
                        image("b.tif", 40, 30, BufferedImage.TYPE_INT_RGB), null, folder, LOSSLESS, f -> {}));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cut.png", "cut.jpg", "cut.bmp"})
    void cutOffFilesAreRefused(String name) throws IOException {
        byte[] whole = Files.readAllBytes(image(name, 400, 300, BufferedImage.TYPE_INT_RGB));
        for (double share : new double[] {0.02, 0.3, 0.7}) {
            Path cut = folder.resolve(name);
            Files.write(cut, Arrays.copyOf(whole, (int) (whole.length * share)));
            refused(cut, null, LOSSLESS);
        }
    }

    @Test
    void absurdHeaderTakesNoMemory() throws IOException {
        // given a PNG whose header claims 2147483647 x 2147483647 pixels
        byte[] bytes = Files.readAllBytes(image("big.png", 40, 30, BufferedImage.TYPE_INT_RGB));
        Arrays.fill(bytes, 16, 24, (byte) 0xFF);
        bytes[16] = 0x7F;
        bytes[20] = 0x7F;
        CRC32 crc = new CRC32();
        crc.update(bytes, 12, 17);
        for (int i = 0; i < 4; i++) {
            bytes[29 + i] = (byte) (crc.getValue() >> (24 - 8 * i));
        }
        Path path = Files.write(folder.resolve("absurd.png"), bytes);
        // then
        assertTrue(refused(path, null, LOSSLESS).getMessage().contains("2147483647"));
    }

    @Test
    void realBreastCancerRegionWithItsMask() {
        String root = System.getenv().getOrDefault("SLIDEFIELD_DATA", "../shared/data");
        Path image = Path.of(root, "bcss", "1008.jpg");
        Assumptions.assumeTrue(Files.exists(image), "no real data at " + image);
        // when
        Imported slide = ImageImport.run(
                image, Path.of(root, "bcss", "1008_mask.jpg"), folder.resolve("out"), ImportOptions.of(0.24), f -> {});
        // then
        assertEquals(3584, slide.width());
        assertEquals(2560, slide.height());
        assertEquals("", slide.notice());
        BufferedImage mask = read(slide.maskOrNull(), 3584, 2560);
        int lesion = 0;
        for (int i = 0; i < 3584 * 2560; i++) {
            lesion += (mask.getRGB(i % 3584, i / 3584) & 255) == 255 ? 1 : 0;
        }
        assertEquals(0.50, lesion / (3584.0 * 2560), 0.02);
    }
}
