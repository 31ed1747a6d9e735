package slidefield.slide;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import slidefield.fuzz.Reader;
import slidefield.fuzz.Spoilt;
import slidefield.fuzz.Tries;

/** Whatever bytes a slide or image holds, it is read or refused; and what the writer writes reads back to the bit. */
class ImageFuzzTest {
    /** Whole numbers at the edge, in both byte orders; and the beginnings of the formats' parts. */
    private static final List<String> WORDS = List.of(
            "\u0000",
            "\u0000\u0000\u0000\u0000",
            "\u0001\u0000\u0000\u0000",
            "\u007f\u007f\u007f\u007f",
            "\u0000\u0001\u0000\u0001",
            "IDAT",
            "PLTE",
            "tRNS",
            "zTXt",
            "iCCP",
            "IHDR",
            "II*\u0000",
            "MM\u0000*",
            "\u0008\u0000\u0008\u0000",
            "NETSCAPE2.0");

    /** Files that once were neither read nor refused. */
    private static final List<String> // A TIFF of samples of 0 bits: divided by zero.
            KEPT = List.of(
                    "TU0AKgAAAAgADAEAAAMAAAABAAkAAAEBAAMAAAABAAcAAAECAAMAAAADAAAAoAADAAMAAAABAAEAAAEGAAMAAAABAAIAAAERAAQAAAABAAAAuA"
                            + "EVAAMAAAABAAMAAAEWAAMAAAABAAcAAAEXAAQAAAABAAAAAAC9ARoABQAAAAEAAACoARsABQAAAAEAAACwASgAAwAAAAEAAQAAAAAAAAAAAAgA"
                            + "CAAIAAAAAAABAAAAAQAAAAEAAAABuxrVGbicaPsOaE35NSzMCUa4VSzxqKuF977ZtfMIAZDlJxm49rVbKNob8JsEjdeu8ntd6TQM7+SdfLHCZa"
                            + "036fl4WPbxKMp6S0dSXnbzgajp3U1yHbAEigzrxUHWlVatqO66CtQQKCCQwv0cYNHZn7yqI8d84Rdgsegcc0GDziNoAT4EAUlU2i1KhewvBf65"
                            + "vnXEtHuIJFuZRmhce1KLE0ydi2fxnE+6k7zX9HZXNHU2Rilkn5TFMLEXL0j2");

    private static final Reader SLIDES = new Reader("tif", ImageFuzzTest::read);
    private static final Reader IMPORTS = new Reader(
            "tif",
            file -> ImageImport.run(
                    file,
                    null,
                    file.resolveSibling("out"),
                    new ImportOptions(
                            1, java.util.Optional.of(new ImportOptions.Crop(0, 0, 5, 4)), PyramidOptions.deflate()),
                    done -> {}));

    /** All levels from their corners, as far as 256 pixels: a file may well say that it is large. */
    private static void read(Path file) {
        try (Slide slide = Slides.open(file)) {
            for (int level = 0; level < slide.levels().size(); level++) {
                Level stored = slide.levels().get(level);
                slide.read(level, 0, 0, Math.min(256, stored.width()), Math.min(256, stored.height()));
            }
            slide.mpp();
            slide.associatedImages();
        }
    }

    @BeforeContainer
    static void library() {
        SlideTestData.needsOpenSlide();
    }

    private static byte[] pyramid(PyramidOptions.Compression compression) {
        return ValidFile.written(
                new PyramidTestPattern(48, 40, false),
                new PyramidOptions(OptionalDouble.of(0.5), compression, 80, 16, 16, false));
    }

    @Provide
    Arbitrary<Spoilt> pyramids() {
        return Spoilt.arbitrary(
                WORDS, pyramid(PyramidOptions.Compression.DEFLATE), pyramid(PyramidOptions.Compression.JPEG));
    }

    @Provide
    Arbitrary<Spoilt> images() {
        return Spoilt.arbitrary(
                WORDS,
                ValidFile.image(SlideTestData.noise(9, 7, 1), "png"),
                ValidFile.image(SlideTestData.noise(9, 7, 1), "jpg"),
                ValidFile.image(SlideTestData.noise(9, 7, 1), "bmp"),
                ValidFile.image(SlideTestData.noise(9, 7, 1), "gif"),
                ValidFile.image(SlideTestData.noise(9, 7, 1), "tif"));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    @Tries(full = 10_000, small = 200)
    void anyBytesLikeAPyramidAreReadOrRefused(@ForAll("pyramids") Spoilt spoilt) {
        SLIDES.check(spoilt);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    @Tries(full = 10_000, small = 200)
    void anyBytesLikeAnImageAreReadOrRefused(@ForAll("images") Spoilt spoilt) {
        SLIDES.check(spoilt);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    @Tries(full = 10_000, small = 100)
    void anyBytesAreImportedOrRefused(@ForAll("images") Spoilt spoilt) {
        IMPORTS.check(spoilt);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    @Tries(full = 10_000, small = 100)
    void anyBytesLikeAPyramidAreImportedOrRefused(@ForAll("pyramids") Spoilt spoilt) {
        IMPORTS.check(spoilt);
    }

    @Example
    void theKeptCasesAreReadOrRefused() {
        SLIDES.check(new Spoilt(pyramid(PyramidOptions.Compression.JPEG)));
        IMPORTS.check(new Spoilt(ValidFile.image(SlideTestData.noise(9, 7, 1), "gif")));
        for (String kept : KEPT) {
            SLIDES.check(Spoilt.of(kept));
            IMPORTS.check(Spoilt.of(kept));
        }
    }

    @Provide
    Arbitrary<PyramidOptions> options() {
        return Combinators.combine(
                        Arbitraries.doubles().between(0.05, 100).injectNull(0.2),
                        Arbitraries.of(16, 32, 64, 256),
                        Arbitraries.of(16, 64, 512),
                        Arbitraries.of(true, false))
                .as((mpp, tile, coarsest, grey) -> new PyramidOptions(
                        mpp == null ? OptionalDouble.empty() : OptionalDouble.of(mpp),
                        PyramidOptions.Compression.DEFLATE,
                        90,
                        tile,
                        coarsest,
                        grey));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    @Tries(full = 2_000, small = 30)
    void whatIsWrittenReadsBackToTheBit(
            @ForAll("options") PyramidOptions options,
            @ForAll @net.jqwik.api.constraints.IntRange(min = 1, max = 200) int width,
            @ForAll @net.jqwik.api.constraints.IntRange(min = 1, max = 200) int height,
            @ForAll long seed)
            throws IOException {
        // given
        BufferedImage noise = SlideTestData.noise(width, height, seed);
        int[] pixels = Pixels.of(noise);
        for (int i = 0; options.grey() && i < pixels.length; i++) {
            pixels[i] = (pixels[i] & 0xFF) * 0x010101;
        }
        Path file = Files.createTempFile("pyramid", ".tif");
        try {
            // when
            PyramidWriter.write(file, new Whole(noise, options.grey()), options, done -> {});
            try (Slide slide = Slides.open(file)) {
                // then
                assertEquals(new Level(width, height, 1), slide.levels().get(0));
                int[] read = Pixels.of(slide.read(0, 0, 0, width, height));
                assertArrayEquals(pixels, read, "seed " + seed);
                options.mpp().ifPresent(mpp -> assertEquals(mpp, slide.mpp().orElseThrow(), 1e-6 * mpp));
                assertEquals(options.mpp().isPresent(), slide.mpp().isPresent());
            }
        } finally {
            Files.delete(file);
        }
    }

    private record Whole(BufferedImage image, boolean grey) implements PixelSource {
        @Override
        public int width() {
            return image.getWidth();
        }

        @Override
        public int height() {
            return image.getHeight();
        }

        @Override
        public BufferedImage read(int x, int y, int w, int h) {
            if (!grey) {
                return SlideTestData.slide(image).read(0, x, y, w, h);
            }
            BufferedImage part = new BufferedImage(w, h, BufferedImage.TYPE_BYTE_GRAY);
            for (int j = 0; j < h; j++) {
                for (int i = 0; i < w; i++) {
                    part.getRaster().setSample(i, j, 0, image.getRGB(x + i, y + j) & 0xFF);
                }
            }
            return part;
        }
    }

    @AfterContainer
    static void say() {
        System.out.println("slides: " + SLIDES + "; imports: " + IMPORTS);
    }
}
