package slidefield.nic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ForkJoinPool;
import java.util.function.DoubleConsumer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import slidefield.ChildJvm;
import slidefield.cli.Main;
import slidefield.fit.RunFolder.IfExists;
import slidefield.io.InputException;
import slidefield.nn.Engine;
import slidefield.nn.Precision;
import slidefield.slide.Slide;

/** A network's codes of a slide have the same bits, however many threads there are and wherever it was stopped. */
class CompressionBitsTest {
    private static final CompressionOptions OPTIONS = new CompressionOptions(0.5, 16, TissueRule.MASK);
    private static final List<GridOrientation> TWO = List.of(GridOrientation.NONE_0, GridOrientation.VERTICAL_90);

    /** Codes of this many values of patches of 16 pixels. */
    private static final BiGanEncoderOptions SIZES = new BiGanEncoderOptions(16, 3, 1, 2, 16, 24);

    @TempDir
    static Path shared;

    private static TrainedEncoder network;
    private static Slide slide;
    private static CompressedSlide whole;

    @TempDir
    private Path folder;

    @BeforeAll
    static void compressOnce() {
        network = new TrainedEncoder(SIZES, EncoderFixture.trained(SIZES, 3));
        network.save(shared.resolve(TrainedEncoder.FILE));
        // five bands, and two lots of blocks in each
        slide = PictureFixture.slide(shared, "s", PictureFixture.picture(1400, 1160, 7));
        whole = compress(Precision.F32, shared.resolve("whole"), IfExists.REFUSE, fraction -> {});
    }

    private static CompressedSlide compress(Precision precision, Path out, IfExists choice, DoubleConsumer progress) {
        try (PatchEncoder encoder = network.encoder(Engine.preferred(precision))) {
            return new SlideCompression(encoder, OPTIONS).compress(slide, "s", out, TWO, choice, progress);
        }
    }

    private static void assertSame(Path out) throws IOException {
        for (String name : List.of("grid.json", "codes-none-0.npy", "codes-vertical-90.npy")) {
            assertArrayEquals(
                    Files.readAllBytes(shared.resolve("whole").resolve(name)),
                    Files.readAllBytes(out.resolve(name)),
                    name);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void withAnyNumberOfThreadsThatRead(int threads) throws Exception {
        Path out = folder.resolve("out");
        ForkJoinPool pool = new ForkJoinPool(threads);
        try {
            pool.submit(() -> compress(Precision.F32, out, IfExists.REFUSE, fraction -> {}))
                    .get();
        } finally {
            pool.shutdown();
        }
        assertSame(out);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void withAnyNumberOfThreadsThatCompute(int threads) throws Exception {
        Path errors = folder.resolve("err.txt");
        Process child = ChildJvm.start(
                null,
                Map.of("OMP_NUM_THREADS", Integer.toString(threads)),
                Main.class,
                errors,
                "compress",
                shared.resolve("s.png").toString(),
                "--slide-mpp=0.5",
                "--orientations",
                "--encoder",
                shared.resolve(TrainedEncoder.FILE).toString(),
                "--out",
                folder.toString());
        try (var said = ChildJvm.output(child)) {
            assertTrue(said.lines().count() > 1);
        }
        assertEquals(0, child.waitFor(), Files.readString(errors));
        CompressedSlide found = CompressedSlide.open(folder.resolve("s"));
        for (GridOrientation orientation : TWO) {
            assertArrayEquals(
                    whole.read(orientation).values(), found.read(orientation).values(), 0);
        }
    }

    @Test
    void stoppedInEveryBandAndWhileABandIsWritten() throws IOException {
        for (boolean late : new boolean[] {false, true}) {
            Path out = folder.resolve("late-" + late);
            int stops = 0;
            boolean done = false;
            while (!done) {
                // given one that is stopped in its second band; late: when that band is encoded and goes to the disk
                double[] from = {-1};
                DoubleConsumer stop = fraction -> {
                    from[0] = from[0] < 0 ? fraction : from[0];
                    int bands = (int) Math.round(1e6 * (fraction - from[0]) * 5) / 1_000_000;
                    boolean between = Math.abs(fraction * 5 - Math.rint(fraction * 5)) > 1e-6;
                    if (late ? bands == 2 && !between : bands == 1 && between) {
                        Thread.currentThread().interrupt();
                    }
                };
                try {
                    compress(Precision.F32, out, IfExists.RESUME_OR_BEGIN, stop);
                    done = true;
                } catch (CancellationException stopped) {
                    assertFalse(Thread.interrupted(), "the interrupt was not taken");
                    assertTrue(assertThrows(InputException.class, () -> CompressedSlide.open(out))
                            .getMessage()
                            .contains("not compressed to the end"));
                    stops++;
                }
            }
            // then every run did one band
            assertEquals(4, stops, "late: " + late);
            assertSame(out);
        }
    }

    @Test
    void codesInBf16AreThoseInFloat32UpToRounding() throws IOException {
        try (Engine engine = Engine.preferred(Precision.BF16)) {
            assertEquals(Precision.BF16.type(), engine.imageType());
        } catch (InputException none) {
            Assumptions.abort(none.getMessage());
        }
        // when
        Path out = folder.resolve("bf16");
        CompressedSlide narrow = compress(Precision.BF16, out, IfExists.REFUSE, fraction -> {});
        // then
        float[] expected = whole.read(GridOrientation.NONE_0).values();
        float[] found = narrow.read(GridOrientation.NONE_0).values();
        double difference = 0;
        double all = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += Math.pow(expected[i] - found[i], 2);
            all += Math.pow(expected[i], 2);
        }
        double relative = Math.sqrt(difference / all);
        assertTrue(relative > 0 && relative < 1e-2, "relative difference " + relative);
        assertEquals(whole.tissue(), narrow.tissue());
        // and the two are not mixed
        assertTrue(
                assertThrows(InputException.class, () -> compress(Precision.F32, out, IfExists.RESUME, fraction -> {}))
                        .getMessage()
                        .contains("was compressed otherwise (slide, encoder, precision"));
        Path again = folder.resolve("again");
        compress(Precision.BF16, again, IfExists.REFUSE, fraction -> {});
        assertArrayEquals(
                Files.readAllBytes(out.resolve("codes-vertical-90.npy")),
                Files.readAllBytes(again.resolve("codes-vertical-90.npy")));
    }
}
