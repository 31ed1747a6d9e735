package slidefield.nic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slidefield.fit.RunFolder.IfExists;
import slidefield.io.Float16;
import slidefield.io.InputException;
import slidefield.nic.PictureFixture.Sums;
import slidefield.slide.Slide;

/** Compressed slides on disk: what is read is what was encoded, whatever happened while it was written. */
class SlideCompressionTest {
    private static final CompressionOptions OPTIONS = new CompressionOptions(0.5, 8, TissueRule.MASK);
    private static final List<GridOrientation> PLAIN = List.of(GridOrientation.NONE_0);

    @TempDir
    private Path folder;

    private Slide slide;
    private Path out;

    @BeforeEach
    void draw() {
        // three bands of sixteen rows, the last one of fewer
        slide = PictureFixture.slide(folder, "tall", PictureFixture.picture(60, 300, 7));
        out = folder.resolve("out");
    }

    private static Sums encoder() {
        return new Sums(8, 4, 5);
    }

    private CompressedSlide compress(PatchEncoder encoder, List<GridOrientation> orientations, IfExists choice) {
        return new SlideCompression(encoder, OPTIONS)
                .compress(slide, "tall", out, orientations, choice, fraction -> assertTrue(fraction <= 1));
    }

    private static Map<String, String> files(Path folder) {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                found.put(file.getFileName().toString(), Arrays.toString(Files.readAllBytes(file)));
            }
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
        return found;
    }

    @Test
    void whatIsReadIsWhatWasEncodedIn16Bits() {
        // given
        CompressedSlide made = compress(encoder(), GridOrientation.all(), IfExists.REFUSE);
        GridEncoding grid = new GridEncoding(new SlidePixels(slide, 0.5, TissueRule.MASK), encoder(), 8);
        // when
        CompressedSlide read = CompressedSlide.open(out);
        // then
        assertEquals(GridOrientation.all(), read.orientations());
        assertEquals(made.tissue(), read.tissue());
        for (GridOrientation orientation : GridOrientation.all()) {
            CodeGrid expected = grid.grid(orientation);
            CodeGrid found = read.read(orientation);
            assertEquals(expected.rows(), found.rows());
            for (int i = 0; i < found.values().length; i++) {
                assertEquals(Float16.value(Float16.bits(expected.values()[i])), found.values()[i]);
            }
        }
        long tissue = 0;
        CodeGrid plain = read.read(GridOrientation.NONE_0);
        for (int i = 0; i < plain.rows() * plain.columns(); i++) {
            tissue += plain.tissue(i / plain.columns(), i % plain.columns()) ? 1 : 0;
        }
        assertEquals(tissue, read.tissue());
        assertTrue(tissue > 0 && tissue < 38 * 8);
        assertEquals(3 * 64 / 4.0, read.compressionFactor());
        assertEquals(9, files(out).size(), files(out).keySet().toString());
        assertEquals("tall (38 x 8 codes of 4 values)", read.toString());
    }

    @Test
    void theArrayIsNumPys() throws IOException {
        CompressedSlide made = compress(encoder(), PLAIN, IfExists.REFUSE);
        byte[] bytes = Files.readAllBytes(made.file(GridOrientation.NONE_0));
        String header = new String(bytes, 10, 118, StandardCharsets.US_ASCII);
        assertArrayEquals(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0}, Arrays.copyOf(bytes, 10));
        assertEquals("{'descr': '<f2', 'fortran_order': False, 'shape': (38, 8, 4), }", header.strip());
        assertEquals('\n', header.charAt(117));
        assertEquals(128 + 38 * 8 * 4 * 2, bytes.length);
    }

    @Test
    void aPartIsThePartOfTheWholeAndZerosOutside() {
        CompressedSlide made = compress(encoder(), GridOrientation.all(), IfExists.REFUSE);
        CodeGrid whole = made.read(GridOrientation.VERTICAL_90);
        for (int[] box : new int[][] {{2, 3, 4, 20}, {-3, -2, 20, 50}, {5, 30, 6, 15}, {100, 0, 2, 2}, {0, -9, 1, 3}}) {
            CodeGrid part = made.crop(GridOrientation.VERTICAL_90, box[0], box[1], box[2], box[3]);
            for (int i = 0; i < box[2] * box[3]; i++) {
                int row = box[0] + i / box[3];
                int column = box[1] + i % box[3];
                boolean inside = row >= 0 && row < whole.rows() && column >= 0 && column < whole.columns();
                for (int k = 0; k < 4; k++) {
                    float expected = inside ? whole.values()[(row * whole.columns() + column) * 4 + k] : 0;
                    assertEquals(expected, part.values()[4 * i + k]);
                }
            }
        }
        assertThrows(InputException.class, () -> made.crop(GridOrientation.NONE_0, 0, 0, 1 << 20, 1 << 20));
    }

    @Test
    void oneThatWasKilledGoesOnToTheSameBits() {
        // given
        compress(encoder(), GridOrientation.all(), IfExists.REFUSE);
        Map<String, String> whole = files(out);
        int all = 0;
        for (int limit : new int[] {1, 600, 1100}) {
            // when it is killed at once, in the second band, in the third
            out = folder.resolve("killed" + limit);
            Sums killed = encoder();
            killed.limit = limit;
            assertThrows(IllegalStateException.class, () -> compress(killed, GridOrientation.all(), IfExists.REFUSE));
            assertTrue(assertThrows(InputException.class, () -> CompressedSlide.open(out))
                    .getMessage()
                    .contains("not compressed to the end"));
            Sums again = encoder();
            compress(again, GridOrientation.all(), IfExists.RESUME);
            // then
            assertEquals(whole, files(out));
            all = Math.max(all, again.encoded);
            assertTrue(limit == 1 || again.encoded < all, "it began anew: " + again.encoded + " of " + all);
        }
    }

    @Test
    void aJournalThatIsCutOrDamagedIsEncodedAgainFromThere() throws IOException {
        // given
        compress(encoder(), PLAIN, IfExists.REFUSE);
        Map<String, String> whole = files(out);
        for (int damage = 0; damage < 4; damage++) {
            out = folder.resolve("damaged" + damage);
            Sums killed = encoder();
            killed.limit = 130;
            assertThrows(IllegalStateException.class, () -> compress(killed, PLAIN, IfExists.REFUSE));
            Path journal = out.resolve("codes-none-0.npy.journal");
            byte[] bytes = Files.readAllBytes(journal);
            assertEquals(2 * (16 * 8 * 4 * 2 + 8), bytes.length, "two bands are wanted");
            switch (damage) {
                case 0 -> bytes[30] ^= 1;
                case 1 -> bytes[bytes.length - 20] ^= 64;
                case 2 -> bytes = Arrays.copyOf(bytes, bytes.length - 3);
                default -> bytes = Arrays.copyOf(bytes, bytes.length + 5000);
            }
            Files.write(journal, bytes);
            // when
            compress(encoder(), PLAIN, IfExists.RESUME);
            // then
            assertEquals(whole, files(out), "damage " + damage);
        }
    }

    @Test
    void everyDamageToAnArrayIsNoticed() throws IOException {
        CompressedSlide made = compress(encoder(), PLAIN, IfExists.REFUSE);
        Path file = made.file(GridOrientation.NONE_0);
        byte[] good = Files.readAllBytes(file);
        for (int at : new int[] {0, 20, 127, 128, 129, good.length / 2, good.length - 1}) {
            byte[] bytes = good.clone();
            bytes[at] ^= 16;
            Files.write(file, bytes);
            damaged(file, () -> made.read(GridOrientation.NONE_0));
        }
        for (int length : new int[] {0, 100, 128, good.length - 1, good.length + 1}) {
            Files.write(file, Arrays.copyOf(good, length));
            damaged(file, () -> made.read(GridOrientation.NONE_0));
        }
        // what lies elsewhere does not disturb a part
        byte[] bytes = good.clone();
        bytes[good.length - 1] ^= 16;
        Files.write(file, bytes);
        assertEquals(4, made.crop(GridOrientation.NONE_0, 3, 2, 4, 5).rows());
        Files.delete(file);
        assertTrue(assertThrows(InputException.class, () -> made.read(GridOrientation.NONE_0))
                .getMessage()
                .contains("is missing"));
    }

    @Test
    void everyDamageToTheIndexIsNoticed() throws IOException {
        compress(encoder(), PLAIN, IfExists.REFUSE);
        Path file = out.resolve("grid.json");
        byte[] good = Files.readAllBytes(file);
        for (int at = 0; at < good.length; at += 7) {
            byte[] bytes = good.clone();
            bytes[at] ^= 2;
            Files.write(file, bytes);
            damaged(file, () -> CompressedSlide.open(out));
        }
        Files.write(file, Arrays.copyOf(good, good.length / 2));
        damaged(file, () -> CompressedSlide.open(out));
        // it can be replaced all the same
        compress(encoder(), PLAIN, IfExists.REPLACE);
        assertArrayEquals(good, Files.readAllBytes(file));
    }

    private static void damaged(Path file, org.junit.jupiter.api.function.Executable reading) {
        InputException refusal = assertThrows(InputException.class, reading);
        assertTrue(refusal.getMessage().startsWith(file + " is damaged: "), refusal.getMessage());
        assertEquals(1, refusal.getMessage().lines().count(), refusal.getMessage());
    }

    @Test
    void orientationsAreAddedWithoutTouchingThoseThere() {
        compress(encoder(), GridOrientation.all(), IfExists.REFUSE);
        Map<String, String> whole = files(out);
        out = folder.resolve("added");
        compress(encoder(), PLAIN, IfExists.REFUSE);
        Sums again = encoder();
        compress(again, GridOrientation.all(), IfExists.RESUME);
        assertEquals(whole, files(out));
        Sums nothing = encoder();
        compress(nothing, GridOrientation.all(), IfExists.RESUME);
        assertEquals(0, nothing.encoded);
        assertTrue(again.encoded > 0);
    }

    @Test
    void aKilledReplacementLeavesNoJournalOfBefore() throws IOException {
        // given a compression with another encoder that was killed, and its replacement
        Sums other = new Sums(8, 4, 6);
        other.limit = 130;
        assertThrows(IllegalStateException.class, () -> compress(other, PLAIN, IfExists.REFUSE));
        assertTrue(Files.size(out.resolve("codes-none-0.npy.journal")) > 0);
        Sums killed = encoder();
        killed.limit = 1;
        assertThrows(IllegalStateException.class, () -> compress(killed, PLAIN, IfExists.REPLACE));
        // when
        Sums again = encoder();
        compress(again, PLAIN, IfExists.RESUME);
        // then
        Sums fresh = encoder();
        out = folder.resolve("fresh");
        compress(fresh, PLAIN, IfExists.REFUSE);
        assertEquals(fresh.encoded, again.encoded);
        assertEquals(files(out), files(folder.resolve("out")));
    }

    @Test
    void whatIsThereIsNotOverwrittenUnasked() throws IOException {
        assertTrue(said(IfExists.RESUME, encoder(), OPTIONS).contains("holds no compressed slide to go on with"));
        compress(encoder(), PLAIN, IfExists.REFUSE);
        Map<String, String> before = files(out);
        assertTrue(said(IfExists.REFUSE, encoder(), OPTIONS).contains("holds a compressed slide already"));
        assertTrue(said(IfExists.RESUME, new Sums(8, 4, 6), OPTIONS).contains("was compressed otherwise"));
        assertTrue(said(IfExists.RESUME, encoder(), new CompressionOptions(0.5, 4, TissueRule.MASK))
                .contains("was compressed otherwise"));
        assertTrue(said(IfExists.RESUME, encoder(), new CompressionOptions(0.5, 8, TissueRule.ALL))
                .contains("was compressed otherwise"));
        assertEquals(before, files(out));
        out = folder.resolve("mine");
        Files.createDirectories(out);
        Files.writeString(out.resolve("notes.txt"), "mine");
        assertTrue(said(IfExists.REPLACE, encoder(), OPTIONS).contains("is no compressed slide"));
        assertFalse(Files.exists(out.resolve("grid.json")));
        // what a killed process left half-written does not count
        out = folder.resolve("left");
        Files.createDirectories(out);
        Files.writeString(out.resolve(".grid.json.part"), "half");
        compress(encoder(), PLAIN, IfExists.REFUSE);
        assertEquals(before, files(out));
    }

    private String said(IfExists choice, PatchEncoder encoder, CompressionOptions options) {
        return assertThrows(
                        InputException.class,
                        () -> new SlideCompression(encoder, options)
                                .compress(slide, "tall", out, PLAIN, choice, fraction -> {}))
                .getMessage();
    }

    @Test
    void codesThat16BitsDoNotHoldAreRefused() {
        PatchEncoder large = new Sums(8, 4, 5) {
            @Override
            public float[] encode(float[] patches) {
                float[] codes = super.encode(patches);
                codes[1] = 1e6f;
                return codes;
            }
        };
        assertTrue(assertThrows(InputException.class, () -> compress(large, PLAIN, IfExists.REFUSE))
                .getMessage()
                .contains("1000000.0, which 16 bits do not hold"));
    }
}
