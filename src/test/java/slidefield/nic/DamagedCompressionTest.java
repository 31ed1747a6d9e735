package slidefield.nic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slidefield.LongRun;
import slidefield.fit.RunFolder.IfExists;
import slidefield.io.InputException;
import slidefield.nic.PictureFixture.Sums;
import slidefield.nn.Engine;
import slidefield.slide.Slide;

/** Flipped bits and cuts anywhere in what compression reads: refused in one line or encoded again, never other codes. */
class DamagedCompressionTest {
    private static final List<GridOrientation> PLAIN = List.of(GridOrientation.NONE_0);
    private static final int MOST = 10_000;
    private static final String ARRAY = "codes-none-0.npy";

    @TempDir
    private Path folder;

    private final Random random = new Random(3);
    private Slide slide;
    private Path out;
    private byte[] array;
    private byte[] index;

    @BeforeEach
    void compressOnce() throws IOException {
        // two bands of sixteen rows
        slide = PictureFixture.slide(folder, "s", PictureFixture.picture(40, 250, 7));
        out = folder.resolve("out");
        compress(new Sums(8, 3, 5), IfExists.REFUSE);
        array = Files.readAllBytes(out.resolve(ARRAY));
        index = Files.readAllBytes(out.resolve(GridIndex.FILE));
    }

    private void compress(Sums encoder, IfExists choice) {
        new SlideCompression(encoder, new CompressionOptions(0.5, 8, TissueRule.MASK))
                .compress(slide, "s", out, PLAIN, choice, fraction -> {});
    }

    /** Does something with a spoilt copy of these bytes. */
    private interface Spoilt {
        void with(byte[] bytes, String damage) throws IOException;
    }

    /** All bits one by one, and all lengths; a sample of both where the full counts are not asked for, or the file is large. */
    private void spoil(byte[] good, int few, Spoilt then) throws IOException {
        int bits = LongRun.count(Math.min(8 * good.length, MOST), few);
        for (int i = 0; i < bits; i++) {
            int bit = bits == 8 * good.length ? i : random.nextInt(8 * good.length);
            byte[] bytes = good.clone();
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            then.with(bytes, "bit " + bit % 8 + " of byte " + bit / 8);
        }
        int lengths = LongRun.count(Math.min(good.length, MOST / 8), few / 4);
        for (int i = 0; i < lengths; i++) {
            int length = lengths == good.length ? i : random.nextInt(good.length);
            then.with(Arrays.copyOf(good, length), "cut to " + length + " bytes");
        }
        then.with(Arrays.copyOf(good, good.length + 1), "a byte more");
    }

    private static String refused(Path file, org.junit.jupiter.api.function.Executable reading, String damage) {
        String said = assertThrows(InputException.class, reading, damage).getMessage();
        assertTrue(said.startsWith(file.toString()), damage + ": " + said);
        assertEquals(1, said.lines().count(), damage + ": " + said);
        return said;
    }

    @Test
    void anArrayIsRefused() throws IOException {
        CompressedSlide made = CompressedSlide.open(out);
        Path file = out.resolve(ARRAY);
        spoil(array, 200, (bytes, damage) -> {
            Files.write(file, bytes);
            refused(file, () -> made.read(GridOrientation.NONE_0), damage);
            if (bytes.length != array.length) {
                // nor does a compression that goes on take it for one
                refused(file, () -> compress(new Sums(8, 3, 5), IfExists.RESUME), damage);
            }
        });
        Files.delete(file);
        String said = refused(file, () -> compress(new Sums(8, 3, 5), IfExists.RESUME), "missing");
        assertTrue(said.contains("is missing; compress the slide again with --force"), said);
        compress(new Sums(8, 3, 5), IfExists.REPLACE);
        assertArrayEquals(array, Files.readAllBytes(file));
    }

    @Test
    void anIndexIsRefused() throws IOException {
        Path file = out.resolve(GridIndex.FILE);
        spoil(index, 100, (bytes, damage) -> {
            Files.write(file, bytes);
            refused(file, () -> CompressedSlide.open(out), damage);
            refused(file, () -> compress(new Sums(8, 3, 5), IfExists.RESUME), damage);
        });
        // what is another encoder's is not this one's, though its file is whole
        out = folder.resolve("other");
        compress(new Sums(8, 3, 6), IfExists.REFUSE);
        refused(out, () -> compress(new Sums(8, 3, 5), IfExists.RESUME), "of another encoder");
    }

    @Test
    void aJournalIsEncodedAgainFromTheDamageOn() throws IOException {
        // given one that was stopped in the second of two bands
        Sums whole = new Sums(8, 3, 5);
        compress(whole, IfExists.REPLACE);
        out = folder.resolve("stopped");
        Sums stopped = new Sums(8, 3, 5);
        stopped.limit = whole.encoded - 1;
        assertThrows(IllegalStateException.class, () -> compress(stopped, IfExists.REFUSE));
        Path file = out.resolve(ARRAY + ".journal");
        byte[] journal = Files.readAllBytes(file);
        byte[] begun = Files.readAllBytes(out.resolve(GridIndex.FILE));
        assertEquals(16 * 5 * 3 * 2 + 8, journal.length, "one band is wanted");
        int[] kept = {0};
        spoil(journal, 40, (bytes, damage) -> {
            Files.deleteIfExists(out.resolve(ARRAY));
            Files.write(out.resolve(GridIndex.FILE), begun);
            Files.write(file, bytes);
            // when
            Sums encoder = new Sums(8, 3, 5);
            compress(encoder, IfExists.RESUME);
            // then
            assertArrayEquals(array, Files.readAllBytes(out.resolve(ARRAY)), damage);
            assertArrayEquals(index, Files.readAllBytes(out.resolve(GridIndex.FILE)), damage);
            kept[0] += encoder.encoded < whole.encoded ? 1 : 0;
        });
        assertEquals(1, kept[0], "only a byte behind the last whole band does no harm");
    }

    @Test
    void anEncoderIsRefusedOrSaidToBeAnother() throws IOException {
        // given a published encoder's file, which has no checksums
        Path file = folder.resolve("encoder.h5");
        new KerasFile().write(file);
        byte[] good = Files.readAllBytes(file);
        String identity;
        float[] codes;
        float[] patches;
        try (PatchEncoder encoder = KerasEncoder.open(file, Engine.preferred())) {
            identity = encoder.identity();
            patches = EncoderFixture.patches(encoder, 2, 5);
            codes = encoder.encode(patches);
        }
        int[] read = {0};
        spoil(good, 100, (bytes, damage) -> {
            Files.write(file, bytes);
            try (PatchEncoder encoder = KerasEncoder.open(file, Engine.preferred())) {
                if (encoder.identity().equals(identity)) {
                    assertArrayEquals(codes, encoder.encode(patches), damage);
                }
                read[0]++;
            } catch (InputException refusal) {
                String said = refusal.getMessage();
                assertTrue(said.startsWith(file.toString()), damage + ": " + said);
                assertEquals(1, said.lines().count(), damage + ": " + said);
            } catch (RuntimeException | Error other) {
                throw new AssertionError(damage + ": " + other, other);
            }
        });
        assertTrue(read[0] > 0, "flips in weights are seen only by the encoder's identity");
    }
}
