package slidefield.nic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slidefield.data.DataRoot;
import slidefield.io.InputException;

/** Digits from MNIST's files and from fonts. */
class DigitsTest {
    @TempDir
    Path folder;

    private static byte[] idx(int kind, int[] lengths, int values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * lengths.length + values);
        bytes.put(new byte[] {0, 0, (byte) kind, (byte) lengths.length});
        for (int length : lengths) {
            bytes.putInt(length);
        }
        for (int i = 0; i < values; i++) {
            bytes.put((byte) (i % 10));
        }
        return bytes.array();
    }

    private static byte[] packed(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream stream = new GZIPOutputStream(packed)) {
            stream.write(bytes);
        }
        return packed.toByteArray();
    }

    private Path file(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes);
    }

    private static void refused(Path file, int axes, String... words) {
        String message = assertThrows(InputException.class, () -> IdxFile.read(file, axes))
                .getMessage();
        assertEquals(1, message.lines().count(), message);
        assertTrue(message.contains(file.toString()), message);
        for (String word : words) {
            assertTrue(message.contains(word), message);
        }
    }

    @Test
    void digitsAreWhitenedAndThinned() {
        // given
        byte[] grey = new byte[10 * 28 * 28];
        byte[] labels = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
        int fourth = 3 * 28 * 28;
        grey[fourth] = 63;
        grey[fourth + 1] = (byte) 255;
        grey[fourth + 3] = 64;
        grey[fourth + 27 * 28 + 27] = (byte) 200;
        // when
        Digits digits = Digits.of("some", grey, labels);
        byte[] image = new byte[20 * 20];
        digits.paste(3, image, 20, 0, 0);
        // then
        assertEquals(63, image[0], "grey stays");
        assertEquals((byte) 255, image[1], "64 is white");
        assertEquals((byte) 255, image[9 * 20 + 9], "the last pixel of 28 is the tenth");
        assertEquals(3, count(image));
        byte[] patch = digits.patches().patches().get(3);
        assertEquals(63, patch[0]);
        assertEquals(2, count(patch), "the tenth row and column are left out");
        assertEquals(
                List.of(3, "3"),
                List.of(digits.patches().labels()[3], digits.patches().classes().get(3)));
    }

    private static int count(byte[] values) {
        int count = 0;
        for (byte value : values) {
            count += value != 0 ? 1 : 0;
        }
        return count;
    }

    @Test
    void whatIsOutsideTheImageIsCutOff() {
        // given
        Digits digits = DigitFixture.plain();
        for (int[] at :
                List.of(new int[] {-7, -2, 24}, new int[] {16, 18, 8}, new int[] {-10, 0, 0}, new int[] {20, 0, 0})) {
            byte[] image = new byte[20 * 20];
            // when
            digits.paste(5, image, 20, at[0], at[1]);
            // then
            assertEquals(at[2], count(image), Arrays.toString(at));
        }
    }

    @Test
    void filesAreReadPackedOrNot() throws IOException {
        // given
        byte[] images = idx(8, new int[] {10, 28, 28}, 7840);
        byte[] labels = idx(8, new int[] {10}, 10);
        // when
        Digits plain = DigitSets.mnist(file("a", images), file("b", labels), "n");
        Digits packed = DigitSets.mnist(file("c", packed(images)), file("d", packed(labels)), "n");
        // then
        assertEquals(10, plain.count());
        assertEquals(7, plain.label(7));
        assertArrayEquals(array(plain), array(packed));
    }

    private static byte[][] array(Digits digits) {
        return digits.patches().patches().toArray(byte[][]::new);
    }

    @Test
    void damagedFilesAreRefused() throws IOException {
        byte[] good = idx(8, new int[] {10, 28, 28}, 7840);
        byte[] packed = packed(good);
        refused(folder.resolve("none"), 3, "no file");
        refused(folder, 3, "folder");
        refused(file("empty", new byte[0]), 3, "does not begin");
        refused(file("text", "hello".getBytes(java.nio.charset.StandardCharsets.UTF_8)), 3, "does not begin");
        refused(file("floats", idx(13, new int[] {2, 2, 2}, 8)), 3, "kind 13");
        refused(file("axes", good), 1, "3 axes");
        refused(file("header", Arrays.copyOf(good, 9)), 3, "cut short");
        refused(file("cut", Arrays.copyOf(good, 7000)), 3, "cannot hold");
        refused(file("more", Arrays.copyOf(good, 7857)), 3, "goes on");
        refused(file("negative", idx(8, new int[] {-1, 28, 28}, 0)), 3, "4294967295");
        refused(file("zero", idx(8, new int[] {0, 28, 28}, 0)), 3, "an axis of 0");
        int large = Integer.MAX_VALUE;
        refused(file("huge", idx(8, new int[] {large, large, large}, 10)), 3, "cannot hold");
        refused(file("packed-huge", packed(idx(8, new int[] {60_000, 28, 28}, 10))), 3, "cannot hold");
        refused(file("packed-cut", Arrays.copyOf(packed, packed.length - 9)), 3, "cut short");
        byte[] flipped = packed.clone();
        flipped[packed.length - 6] ^= 4;
        refused(file("packed-flipped", flipped), 3, "damaged");
    }

    @Test
    void filesThatDoNotFitEachOtherAreRefused() throws IOException {
        // given
        Path images = file("i", idx(8, new int[] {10, 28, 28}, 7840));
        Path small = file("s", idx(8, new int[] {10, 14, 28}, 3920));
        Path labels = file("l", idx(8, new int[] {10}, 10));
        Path nine = file("n", idx(8, new int[] {9}, 9));
        byte[] wrong = idx(8, new int[] {10}, 10);
        wrong[8] = 77;
        byte[] twice = idx(8, new int[] {10}, 10);
        twice[17] = 1;
        // when / then
        assertTrue(message(small, labels).contains("28 x 14"));
        assertTrue(message(images, nine).contains("9 labels for the 10 images"));
        assertTrue(message(images, file("w", wrong)).contains("the label 77"));
        assertTrue(message(images, file("t", twice)).contains("no 9"));
    }

    private static String message(Path images, Path labels) {
        return assertThrows(InputException.class, () -> DigitSets.mnist(images, labels, "n"))
                .getMessage();
    }

    @Test
    void halfOfMnistIsNamed() throws IOException {
        // given
        file("mnist/t10k-images-idx3-ubyte", idx(8, new int[] {10, 28, 28}, 7840));
        // when
        String message = assertThrows(InputException.class, () -> DigitSets.find(DataRoot.of(folder), 1))
                .getMessage();
        // then
        assertTrue(message.contains("without its labels") && message.contains("t10k-images"), message);
    }

    @Test
    void oneSetOfDigitsIsDealtToTrainingAndTest() throws IOException {
        // given 20 digits that are told apart by their first pixel
        byte[] images = idx(8, new int[] {20, 28, 28}, 15680);
        for (int i = 0; i < 20; i++) {
            images[16 + i * 784] = (byte) (30 + i);
        }
        file("mnist/t10k-images-idx3-ubyte.gz", packed(images));
        file("mnist/t10k-labels-idx1-ubyte.gz", packed(idx(8, new int[] {20}, 20)));
        // when
        DigitSets sets = DigitSets.find(DataRoot.of(folder), 1);
        // then
        Set<Byte> all = new HashSet<>();
        for (Digits digits : List.of(sets.training(), sets.test())) {
            assertEquals(10, digits.count());
            for (int i = 0; i < digits.count(); i++) {
                assertTrue(all.add(array(digits)[i][0]), "a digit is on both sides");
            }
        }
        assertEquals(20, all.size());
    }

    @Test
    void mnistIsReadAsPublished() {
        // given
        DataRoot root = DataRoot.find();
        assumeTrue(
                root.existing("mnist/t10k-images-idx3-ubyte.gz").isPresent()
                        && root.existing("mnist/train-images-idx3-ubyte.gz").isEmpty(),
                "no mnist/t10k-images-idx3-ubyte.gz (alone) in the data root; set SLIDEFIELD_DATA");
        // when
        DigitSets sets = DigitSets.find(root, 1);
        // then
        assertEquals(5000, sets.training().count());
        assertEquals(5000, sets.test().count());
        assertEquals(
                List.of(7, 2, 1, 0, 4),
                List.of(
                        sets.training().label(0),
                        sets.training().label(1),
                        sets.training().label(2),
                        sets.training().label(3),
                        sets.training().label(4)));
    }

    @Test
    void fontsDrawDigitsThatVaryAndDifferBetweenTrainingAndTest() {
        // given / when
        DigitSets sets = RenderedDigits.of(3, 8);
        DigitSets again = RenderedDigits.of(3, 8);
        DigitSets other = RenderedDigits.of(4, 8);
        // then
        List<List<String>> fonts = RenderedDigits.sides();
        assertFalse(fonts.get(0).isEmpty() || fonts.get(1).isEmpty());
        assertTrue(Collections.disjoint(fonts.get(0), fonts.get(1)));
        assertArrayEquals(array(sets.training()), array(again.training()));
        assertFalse(Arrays.deepEquals(array(sets.training()), array(other.training())));
        Set<String> seen = new HashSet<>();
        for (Digits digits : List.of(sets.training(), sets.test())) {
            assertEquals(80, digits.count());
            for (byte[] one : array(digits)) {
                int white = 0;
                for (byte value : one) {
                    white += value == (byte) 255 ? 1 : 0;
                }
                assertTrue(white > 4 && white < 50, () -> "digit " + Arrays.toString(one));
                seen.add(Arrays.toString(one));
            }
        }
        assertTrue(seen.size() > 150, "of 160 digits " + seen.size() + " differ");
    }
}
