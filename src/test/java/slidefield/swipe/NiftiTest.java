package slidefield.swipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static slidefield.swipe.SwipeTestData.refused;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import slidefield.io.InputException;

class NiftiTest {
    private static final boolean LONG = System.getProperty("long") != null;

    @TempDir
    Path folder;

    /** A volume of 3 x 2 x 2 voxels of 0.5 x 1 x 2 mm that begin at byte 352. */
    private static ByteBuffer file(NiftiNumber kind, int code, ByteOrder order) {
        ByteBuffer file = ByteBuffer.allocate(352 + 12 * kind.bytes()).order(order);
        file.putInt(0, 348);
        short[] dim = {3, 3, 2, 2, 1, 1, 1, 1};
        float[] pixdim = {1, 0.5f, 1, 2};
        for (int i = 0; i < 8; i++) {
            file.putShort(40 + 2 * i, dim[i]);
        }
        for (int i = 0; i < 4; i++) {
            file.putFloat(76 + 4 * i, pixdim[i]);
        }
        file.putShort(70, (short) code);
        file.putShort(72, (short) (8 * kind.bytes()));
        file.putFloat(108, 352);
        file.put(123, (byte) 10);
        file.put(344, new byte[] {'n', '+', '1', 0});
        return file;
    }

    private static ByteBuffer bytes(int... values) {
        ByteBuffer file = file(NiftiNumber.UINT8, 2, ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < values.length; i++) {
            file.put(352 + i, (byte) values[i]);
        }
        return file;
    }

    private Path write(ByteBuffer file, boolean compressed) throws IOException {
        Path path = folder.resolve(compressed ? "volume.nii.gz" : "volume.nii");
        try (OutputStream out =
                compressed ? new GZIPOutputStream(Files.newOutputStream(path)) : Files.newOutputStream(path)) {
            out.write(file.array());
        }
        return path;
    }

    @ParameterizedTest
    @EnumSource(NiftiNumber.class)
    void everyKindOfNumberIsReadInBothByteOrders(NiftiNumber kind) throws IOException {
        // given its smallest and largest numbers and others
        int code = List.of(2, 4, 8, 16, 64, 256, 512, 768, 1024, 1280).get(kind.ordinal());
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            ByteBuffer file = file(kind, code, order);
            float[] expected = new float[12];
            file.position(352);
            for (int i = 0; i < 12; i++) {
                switch (kind) {
                    case UINT8, INT8 -> file.put((byte) (i - 6));
                    case INT16, UINT16 -> file.putShort((short) (1000 * (i - 6)));
                    case INT32, UINT32 -> file.putInt(100_000_000 * (i - 6));
                    case INT64, UINT64 -> file.putLong(1_000_000_000_000_000_000L * (i - 6));
                    case FLOAT32 -> file.putFloat(1.5f * (i - 6));
                    case FLOAT64 -> file.putDouble(1.25 * (i - 6));
                    default -> throw new AssertionError(kind);
                }
                double value =
                        switch (kind) {
                            case UINT8 -> Math.floorMod(i - 6, 256);
                            case INT8 -> i - 6;
                            case INT16 -> 1000 * (i - 6);
                            case UINT16 -> Math.floorMod(1000 * (i - 6), 65536);
                            case INT32 -> 1e8 * (i - 6);
                            case UINT32 -> Math.floorMod(100_000_000L * (i - 6), 1L << 32);
                            case INT64 -> 1e18 * (i - 6);
                            case UINT64 -> i < 6 ? 1e18 * (i - 6) + Math.pow(2, 64) : 1e18 * (i - 6);
                            case FLOAT32 -> 1.5 * (i - 6);
                            case FLOAT64 -> 1.25 * (i - 6);
                        };
                expected[i] = (float) value;
            }
            for (boolean compressed : new boolean[] {false, true}) {
                // when
                Volume volume = Volume.read(write(file, compressed));
                // then
                assertArrayEquals(expected, volume.values());
                assertEquals(expected[1 + 3 * (0 + 2)], volume.at(1, 0, 1));
            }
        }
    }

    @Test
    void sizesSpacingsAndScalingAreThoseOfTheHeader() throws IOException {
        // given
        ByteBuffer file = bytes(0, 1, 2, 3);
        file.putFloat(112, 2).putFloat(116, -5);
        // when
        Volume volume = Volume.read(write(file, true));
        // then
        assertEquals(3, volume.width());
        assertEquals(2, volume.height());
        assertEquals(2, volume.depth());
        assertArrayEquals(
                new double[] {0.5, 1, 2}, new double[] {volume.spacingX(), volume.spacingY(), volume.spacingZ()});
        assertArrayEquals(new float[] {-5, -3, -1, 1, -5}, Arrays.copyOf(volume.values(), 5));
        // a slope of 0 or no number is none, and then the intercept is none either
        file.putFloat(112, 0);
        assertEquals(3, Volume.read(write(file, false)).values()[3]);
        file.putFloat(112, Float.NaN);
        assertEquals(3, Volume.read(write(file, false)).values()[3]);
        // metres and micrometres; a negative spacing is a mirrored axis
        file.put(123, (byte) 3).putFloat(80, -500);
        assertEquals(0.5, Volume.read(write(file, false)).spacingX(), 1e-9);
        // more axes of one voxel, fewer axes
        file.putShort(40, (short) 7);
        assertEquals(2, Volume.read(write(file, false)).depth());
        ByteBuffer flat = bytes(1);
        flat.putShort(40, (short) 2).putShort(46, (short) 9).putFloat(88, 0);
        assertEquals(1, Volume.read(write(flat, false)).depth());
    }

    @Test
    void anExtensionBeforeTheVoxelsIsSkipped() throws IOException {
        ByteBuffer file = bytes(7, 8, 9, 10);
        file.putFloat(108, 354);
        ByteBuffer longer = ByteBuffer.allocate(366).order(ByteOrder.LITTLE_ENDIAN);
        longer.put(file.array()).put(364, (byte) 33);
        assertEquals(9, Volume.read(write(longer, true)).values()[0]);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 4, 12345, is no NIfTI-1 file: its header says a length of 12345",
        "0, 4, 540, is NIfTI-2",
        "40, 2, 0, says 0 axes",
        "40, 2, 8, says 8 axes",
        "42, 2, -3, says -3 voxels along axis 1",
        "42, 2, 32767, its file cannot hold them",
        "46, 2, 0, says 0 voxels along axis 3",
        "70, 2, 128, stores voxels as type 128; expected integers or floats (2 uint8",
        "72, 2, 16, says 16 bits a voxel for type 2; expected 8",
        "80, 4, 0, says a voxel size of 0.0 along axis 1",
        "84, 4, 0x7FC00000, says a voxel size of NaN along axis 2",
        "108, 4, 0, says that voxels begin at byte 0.0",
        "108, 4, 0x7F800000, says that voxels begin at byte Infinity",
        "108, 4, 0x43B04000, says that voxels begin at byte 352.5",
        "108, 4, 0x4E000000, its file cannot hold them",
        "344, 4, 0, lacks NIfTI-1's mark",
    })
    void aDamagedHeaderIsNamed(int at, int bytes, String value, String expected) throws IOException {
        // given
        ByteBuffer file = bytes(1, 2, 3);
        long number = Long.decode(value);
        if (bytes == 2) {
            file.putShort(at, (short) number);
        } else {
            file.putInt(at, (int) number);
        }
        // when / then
        for (boolean compressed : new boolean[] {false, true}) {
            refused(() -> Volume.read(write(file, compressed)), "volume.nii", expected);
        }
    }

    @Test
    void otherFilesAreRefused() throws IOException {
        refused(() -> Volume.read(folder), "is a folder");
        refused(() -> Volume.read(folder.resolve("no.nii")), "no file", "no.nii");
        Path file = Files.write(folder.resolve("short.nii"), new byte[100]);
        refused(() -> Volume.read(file), "has 100 bytes; expected at least the 348");
        Files.write(file, new byte[0]);
        refused(() -> Volume.read(file), "has 0 bytes");
        ByteBuffer pair = bytes(1);
        pair.put(345, (byte) 'i');
        refused(() -> Volume.read(write(pair, false)), "pair of files");
        ByteBuffer series = bytes(1);
        series.putShort(40, (short) 4).putShort(48, (short) 5);
        refused(() -> Volume.read(write(series, false)), "has 5 volumes");
        ByteBuffer scaled = bytes(1);
        scaled.putFloat(112, 2).putFloat(116, Float.NaN);
        refused(() -> Volume.read(write(scaled, false)), "adds NaN");
        ByteBuffer nan = file(NiftiNumber.FLOAT32, 16, ByteOrder.LITTLE_ENDIAN);
        nan.putFloat(352 + 4 * 4, Float.NaN);
        refused(() -> Volume.read(write(nan, false)), "the value NaN at voxel (1, 1, 0)");
        ByteBuffer behind = ByteBuffer.allocate(2 << 20);
        behind.put(bytes(1).array());
        refused(() -> Volume.read(write(behind, true)), "goes on after its voxels");
    }

    @Test
    void aHeaderCannotAskForMoreThanTheFileCouldHold() throws IOException {
        // given a small compressed file that claims 2^31 - 1 voxels at most
        ByteBuffer file = bytes(1);
        for (int axis = 1; axis <= 3; axis++) {
            file.putShort(40 + 2 * axis, (short) 32767);
        }
        refused(() -> Volume.read(write(file, true)), "32767 x 32767 x 32767 voxels; at most");
        file.putShort(46, (short) 1);
        refused(() -> Volume.read(write(file, true)), "its file cannot hold them");
        // and one that is empty but for its header: deflate could make 350 KB of it
        file.putShort(42, (short) 200).putShort(44, (short) 200).putShort(46, (short) 1);
        refused(() -> Volume.read(write(file, true)), "is cut short");
    }

    @Test
    void cutAndDamagedFilesAreReadRightOrRefused() throws IOException {
        // given a volume, plain and compressed, and its values
        ByteBuffer file = file(NiftiNumber.INT16, 4, ByteOrder.LITTLE_ENDIAN);
        Random random = new Random(11);
        for (int i = 0; i < 12; i++) {
            file.putShort(352 + 2 * i, (short) random.nextInt());
        }
        byte[] plain = Files.readAllBytes(write(file, false));
        byte[] packed = Files.readAllBytes(write(file, true));
        Path path = folder.resolve("damaged");
        int n = LONG ? 40_000 : 400;
        int refusals = 0;
        for (int k = 0; k < n; k++) {
            // when some bytes are changed, or the end is missing
            byte[] bytes = (k % 2 == 0 ? plain : packed).clone();
            int changes = 1 + random.nextInt(3);
            for (int c = 0; c < changes; c++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            if (k % 5 == 0) {
                bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            }
            Files.write(path, bytes);
            // then it is read, or refused in one line; anything else fails the test
            try {
                assertNotNull(Volume.read(path).values());
            } catch (InputException refused) {
                refusals++;
                assertEquals(1, refused.getMessage().lines().count(), refused.getMessage());
                assertTrue(refused.getMessage().contains("damaged"), refused.getMessage());
            }
        }
        System.out.println("NIfTI: " + refusals + " of " + n + " damaged files refused");
        assertTrue(refusals > n / 4, "only " + refusals + " were refused");
    }

    @Test
    void everyCutOfAVolumeIsRefused() throws IOException {
        for (boolean compressed : new boolean[] {false, true}) {
            byte[] whole = Files.readAllBytes(write(bytes(5, 4, 3, 2, 1), compressed));
            for (int length = 0; length < whole.length; length++) {
                Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, length));
                refused(() -> Volume.read(cut), "cut");
            }
        }
    }

    @Test
    void labelsAreClassNumbersOnTheSameVoxels() throws IOException {
        Volume volume = Volume.read(write(bytes(0, 1, 2, 1), false));
        assertArrayEquals(new byte[] {0, 1, 2, 1}, Arrays.copyOf(volume.classes(List.of("a", "b")), 4));
        refused(() -> volume.classes(List.of("a")), "the value 2.0", "0 (background) to 1 (a)");
        ByteBuffer half = bytes(1);
        half.putFloat(112, 0.5f);
        refused(() -> Volume.read(write(half, false)).classes(List.of("a")), "the value 0.5");
        volume.requireSameVoxels(Volume.read(write(bytes(1), true)));
        ByteBuffer other = bytes(1);
        other.putFloat(88, 3);
        refused(
                () -> volume.requireSameVoxels(Volume.read(write(other, false))),
                "3 x 2 x 2 voxels of 0.5 x 1.0 x 3.0 mm",
                "2.0 mm",
                "same voxels");
    }

    @Test
    void hippocampusVolumesAreRead() throws IOException {
        // given the shared volumes: a few, or all
        Path images = SwipeTestData.real("hippocampus/images");
        int read = 0;
        try (Stream<Path> files = Files.list(images)) {
            for (Path file : files.sorted().limit(LONG ? 1000 : 5).toList()) {
                // when
                Volume volume = Volume.read(file);
                Volume labels = Volume.read(images.resolveSibling("labels").resolve(file.getFileName()));
                // then
                volume.requireSameVoxels(labels);
                int[] counts = new int[3];
                for (byte c : labels.classes(List.of("anterior", "posterior"))) {
                    counts[c]++;
                }
                assertTrue(counts[1] > 100 && counts[2] > 100 && counts[0] > 10_000, Arrays.toString(counts));
                assertEquals(1, volume.spacingZ(), 1e-6);
                read++;
            }
        }
        System.out.println("NIfTI: " + read + " hippocampus volumes read");
        assertTrue(read >= 5);
    }

    @ParameterizedTest
    @CsvSource({
        "hippocampus/images/hippocampus_003.nii.gz, 34, 52, 35, 1, 29866089.86869049, 542.2662963867188",
        "hippocampus/labels/hippocampus_001.nii.gz, 35, 51, 35, 1, 4572, 0",
        "ct/example_ct_sm.nii.gz, 122, 101, 30, 3, -130894872, -33",
        "ct/example_ct.nii.gz, 122, 101, 112, 3, -496851173, 49",
        "ct/example_seg.nii.gz, 122, 101, 30, 3, 2734697, 0",
    })
    void realVolumesHaveTheValuesThatAnotherReaderFinds(
            String name, int width, int height, int depth, double spacing, double sum, float at) {
        // given float32, uint8, int16 and int32, one with an extension; the numbers are those of a NumPy script
        Volume volume = Volume.read(SwipeTestData.real(name));
        // when / then
        assertEquals(List.of(width, height, depth), List.of(volume.width(), volume.height(), volume.depth()));
        assertEquals(spacing, volume.spacingX(), 1e-6);
        double found = 0;
        for (float value : volume.values()) {
            found += value;
        }
        assertEquals(sum, found, 1e-6 * Math.abs(sum));
        assertEquals(at, volume.at(30, 20, 10));
    }
}
