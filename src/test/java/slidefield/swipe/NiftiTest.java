package slidefield.swipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static slidefield.swipe.NiftiFixture.bytes;
import static slidefield.swipe.NiftiFixture.file;
import static slidefield.swipe.NiftiFixture.write;
import static slidefield.swipe.SwipeTestData.refused;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NiftiTest {
    private static final boolean LONG = System.getProperty("long") != null;

    @TempDir
    Path folder;

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
                Volume volume = Volume.read(write(folder, file, compressed));
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
        Volume volume = Volume.read(write(folder, file, true));
        // then
        assertEquals(3, volume.width());
        assertEquals(2, volume.height());
        assertEquals(2, volume.depth());
        assertArrayEquals(
                new double[] {0.5, 1, 2}, new double[] {volume.spacingX(), volume.spacingY(), volume.spacingZ()});
        assertArrayEquals(new float[] {-5, -3, -1, 1, -5}, Arrays.copyOf(volume.values(), 5));
        // a slope of 0 or no number is none, and then the intercept is none either
        file.putFloat(112, 0);
        assertEquals(3, Volume.read(write(folder, file, false)).values()[3]);
        file.putFloat(112, Float.NaN);
        assertEquals(3, Volume.read(write(folder, file, false)).values()[3]);
        // metres and micrometres; a negative spacing is a mirrored axis
        file.put(123, (byte) 3).putFloat(80, -500);
        assertEquals(0.5, Volume.read(write(folder, file, false)).spacingX(), 1e-9);
        // more axes of one voxel, fewer axes
        file.putShort(40, (short) 7);
        assertEquals(2, Volume.read(write(folder, file, false)).depth());
        ByteBuffer flat = bytes(1);
        flat.putShort(40, (short) 2).putShort(46, (short) 9).putFloat(88, 0);
        assertEquals(1, Volume.read(write(folder, flat, false)).depth());
    }

    @Test
    void anExtensionBeforeTheVoxelsIsSkipped() throws IOException {
        ByteBuffer file = bytes(7, 8, 9, 10);
        file.putFloat(108, 354);
        ByteBuffer longer = ByteBuffer.allocate(366).order(ByteOrder.LITTLE_ENDIAN);
        longer.put(file.array()).put(364, (byte) 33);
        assertEquals(9, Volume.read(write(folder, longer, true)).values()[0]);
    }

    @Test
    void labelsAreClassNumbersOnTheSameVoxels() throws IOException {
        Volume volume = Volume.read(write(folder, bytes(0, 1, 2, 1), false));
        assertArrayEquals(new byte[] {0, 1, 2, 1}, Arrays.copyOf(volume.classes(List.of("a", "b")), 4));
        refused(() -> volume.classes(List.of("a")), "the value 2.0", "0 (background) to 1 (a)");
        ByteBuffer half = bytes(1);
        half.putFloat(112, 0.5f);
        refused(() -> Volume.read(write(folder, half, false)).classes(List.of("a")), "the value 0.5");
        volume.requireSameVoxels(Volume.read(write(folder, bytes(1), true)));
        ByteBuffer other = bytes(1);
        other.putFloat(88, 3);
        refused(
                () -> volume.requireSameVoxels(Volume.read(write(folder, other, false))),
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
