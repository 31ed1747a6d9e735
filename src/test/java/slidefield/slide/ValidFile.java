package slidefield.slide;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.Supplier;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Whole and valid files of every kind that is read, to be spoilt. Each is made once. */
enum ValidFile {
    PYRAMID("tif", BadFile.Use.READ, () -> pyramid(PyramidOptions.Compression.DEFLATE)),
    JPEG_PYRAMID("tif", BadFile.Use.READ, () -> pyramid(PyramidOptions.Compression.JPEG)),
    STRIPS("tif", BadFile.Use.READ, () -> image(SlideTestData.noise(64, 48, 1), "tif")),
    GREY16_TIFF("tif", BadFile.Use.READ, () -> image(grey16(), "tif")),
    ALPHA_TIFF("tif", BadFile.Use.READ, () -> image(alpha(), "tif")),
    FLOAT_TIFF("tif", BadFile.Use.READ, () -> image(floats(), "tif")),
    PNG("png", BadFile.Use.READ, () -> image(SlideTestData.noise(64, 48, 1), "png")),
    PNG16("png", BadFile.Use.READ, () -> image(grey16(), "png")),
    JPG("jpg", BadFile.Use.READ, () -> image(SlideTestData.noise(64, 48, 1), "jpg")),
    CMYK_JPG("jpg", BadFile.Use.READ, ValidFile::cmyk),
    BMP("bmp", BadFile.Use.READ, () -> image(SlideTestData.noise(64, 48, 1), "bmp")),
    BMP565("bmp", BadFile.Use.READ, () -> image(green(), "bmp")),
    GIF("gif", BadFile.Use.READ, () -> image(SlideTestData.noise(64, 48, 1), "gif")),
    XML(
            "xml",
            BadFile.Use.LESIONS,
            () -> text("<?xml version=\"1.0\"?>\n<ASAP_Annotations><Annotations>"
                    + "<Annotation Name=\"a\" Type=\"Polygon\" PartOfGroup=\"Tumor\"><Coordinates>\n"
                    + "<Coordinate Order=\"0\" X=\"10\" Y=\"10\"/><Coordinate Order=\"1\" X=\"30\" Y=\"10\"/>"
                    + "<Coordinate Order=\"2\" X=\"30\" Y=\"30\"/><Coordinate Order=\"3\" X=\"10\" Y=\"30\"/>"
                    + "</Coordinates></Annotation></Annotations><AnnotationGroups/></ASAP_Annotations>\n")),
    JSON(
            "geojson",
            BadFile.Use.LESIONS,
            () -> text("{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\","
                    + "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[10,10],[30,10],[30,30],[10,30],[10,10]]]},"
                    + "\"properties\":{\"classification\":{\"name\":\"Tumor\"}}}]}\n")),
    MASK("png", BadFile.Use.LESIONS, () -> image(mask(100, 80), "png")),
    PYRAMID_MASK("tif", BadFile.Use.LESIONS, ValidFile::pyramidMask);

    private final String ending;
    private final BadFile.Use use;
    private final Supplier<byte[]> maker;
    private byte[] bytes;

    ValidFile(String ending, BadFile.Use use, Supplier<byte[]> maker) {
        this.ending = ending;
        this.use = use;
        this.maker = maker;
    }

    String ending() {
        return ending;
    }

    BadFile.Use use() {
        return use;
    }

    synchronized byte[] bytes() {
        if (bytes == null) {
            bytes = maker.get();
        }
        return bytes.clone();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** 300 x 200 and 150 x 100 in tiles of 64, 0.5 um per pixel. */
    private static byte[] pyramid(PyramidOptions.Compression compression) {
        return written(
                new PyramidTestPattern(300, 200, false),
                new PyramidOptions(OptionalDouble.of(0.5), compression, 90, 64, 64, false));
    }

    private static byte[] pyramidMask() {
        return written(
                new PyramidTestPattern(100, 80, true),
                new PyramidOptions(OptionalDouble.of(0.5), PyramidOptions.Compression.DEFLATE, 90, 64, 64, true));
    }

    static byte[] written(PixelSource source, PyramidOptions options) {
        try {
            Path file = Files.createTempFile("valid", ".tif");
            try {
                PyramidWriter.write(file, source, options, done -> {});
                return Files.readAllBytes(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static byte[] png(BufferedImage image) {
        return image(image, "png");
    }

    static byte[] image(BufferedImage image, String format) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, format, out)) {
                throw new IllegalStateException("no writer for " + format);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return out.toByteArray();
    }

    /** White within 10 ... 29 in x and y, else black. */
    static BufferedImage mask(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 10; y < 30; y++) {
            for (int x = 10; x < 30; x++) {
                image.getRaster().setSample(x, y, 0, 255);
            }
        }
        return image;
    }

    private static BufferedImage grey16() {
        BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_USHORT_GRAY);
        for (int x = 0; x < 64; x++) {
            for (int y = 0; y < 48; y++) {
                image.getRaster().setSample(x, y, 0, 127 * 257);
            }
        }
        return image;
    }

    /** Colours of 5, 6 and 5 bits, all of them the brightest green. */
    private static BufferedImage green() {
        BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_USHORT_565_RGB);
        for (int i = 0; i < 64 * 48; i++) {
            image.setRGB(i % 64, i / 64, 0x00FF00);
        }
        return image;
    }

    private static BufferedImage alpha() {
        BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(1, 0, 0xFF102030);
        return image;
    }

    private static BufferedImage floats() {
        ComponentColorModel model = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_GRAY), false, false, 1, DataBuffer.TYPE_FLOAT);
        WritableRaster raster = model.createCompatibleWritableRaster(64, 48);
        return new BufferedImage(model, raster, false, null);
    }

    /** A JPEG of four channels, as Photoshop writes CMYK. */
    private static byte[] cmyk() {
        WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 64, 48, 4, null);
        byte[] samples = new byte[64 * 48 * 4];
        new Random(1).nextBytes(samples);
        raster.setDataElements(0, 0, 64, 48, samples);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(raster, List.of(), null), null);
            stream.flush();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }
}
