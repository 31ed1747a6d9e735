package slidefield.swipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
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
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slidefield.io.InputException;

/** Files that are no volumes, or no whole ones. */
class DamagedNiftiTest {
    private static final boolean LONG = System.getProperty("long") != null;

    @TempDir
    Path folder;

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
            refused(() -> Volume.read(write(folder, file, compressed)), "volume.nii", expected);
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
        refused(() -> Volume.read(write(folder, pair, false)), "pair of files");
        ByteBuffer series = bytes(1);
        series.putShort(40, (short) 4).putShort(48, (short) 5);
        refused(() -> Volume.read(write(folder, series, false)), "has 5 volumes");
        ByteBuffer scaled = bytes(1);
        scaled.putFloat(112, 2).putFloat(116, Float.NaN);
        refused(() -> Volume.read(write(folder, scaled, false)), "adds NaN");
        ByteBuffer nan = file(NiftiNumber.FLOAT32, 16, ByteOrder.LITTLE_ENDIAN);
        nan.putFloat(352 + 4 * 4, Float.NaN);
        refused(() -> Volume.read(write(folder, nan, false)), "the value NaN at voxel (1, 1, 0)");
        ByteBuffer behind = ByteBuffer.allocate(2 << 20);
        behind.put(bytes(1).array());
        refused(() -> Volume.read(write(folder, behind, true)), "goes on after its voxels");
    }

    @Test
    void aHeaderCannotAskForMoreThanTheFileCouldHold() throws IOException {
        // given a small compressed file that claims 2^31 - 1 voxels at most
        ByteBuffer file = bytes(1);
        for (int axis = 1; axis <= 3; axis++) {
            file.putShort(40 + 2 * axis, (short) 32767);
        }
        refused(() -> Volume.read(write(folder, file, true)), "32767 x 32767 x 32767 voxels; at most");
        file.putShort(46, (short) 1);
        refused(() -> Volume.read(write(folder, file, true)), "its file cannot hold them");
        // and one that is empty but for its header: deflate could make 350 KB of it
        file.putShort(42, (short) 200).putShort(44, (short) 200).putShort(46, (short) 1);
        refused(() -> Volume.read(write(folder, file, true)), "is cut short");
    }

    @Test
    void cutAndDamagedFilesAreReadRightOrRefused() throws IOException {
        // given a volume, plain and compressed, and its values
        ByteBuffer file = file(NiftiNumber.INT16, 4, ByteOrder.LITTLE_ENDIAN);
        Random random = new Random(11);
        for (int i = 0; i < 12; i++) {
            file.putShort(352 + 2 * i, (short) random.nextInt());
        }
        byte[] plain = Files.readAllBytes(write(folder, file, false));
        byte[] packed = Files.readAllBytes(write(folder, file, true));
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
            byte[] whole = Files.readAllBytes(write(folder, bytes(5, 4, 3, 2, 1), compressed));
            for (int length = 0; length < whole.length; length++) {
                Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, length));
                refused(() -> Volume.read(cut), "cut");
            }
        }
    }
}
