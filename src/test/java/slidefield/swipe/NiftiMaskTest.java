package slidefield.swipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Masks that are written and read again. */
class NiftiMaskTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void aMaskHasItsVolumesVoxelsAndOrientation(boolean little, boolean compressed) throws IOException {
        // given a scaled volume of shorts with an orientation
        ByteOrder order = little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        ByteBuffer file = NiftiFixture.file(NiftiNumber.INT16, 4, order);
        file.putFloat(112, 2.5f).putFloat(116, -7).putFloat(124, 99).putShort(254, (short) 1);
        for (int i = 0; i < 12; i++) {
            file.putFloat(280 + 4 * i, i - 3.5f);
        }
        Path volume = NiftiFixture.write(folder, file, compressed);
        byte[] classes = {0, 1, 2, 3, 0, 1, 2, 3, 127, 0, 0, 1};
        // when
        Path mask = folder.resolve(compressed ? "mask.nii.gz" : "mask.nii");
        NiftiMask.write(volume, classes, mask);
        // then
        Volume read = Volume.read(mask);
        Volume.read(volume).requireSameVoxels(read);
        for (int i = 0; i < classes.length; i++) {
            assertEquals(classes[i], read.values()[i]);
        }
        byte[] header = Nifti.header(mask);
        for (int at : new int[] {0, 3, 40, 41, 42, 43, 76, 79, 80, 83, 123, 254, 255, 280, 283, 324, 327, 344, 347}) {
            assertEquals(file.get(at), header[at], "byte " + at);
        }
        ByteBuffer written = ByteBuffer.wrap(header).order(order);
        assertEquals(1, written.getFloat(112));
        assertEquals(0, written.getFloat(116));
        assertEquals(0, written.getFloat(124));
        if (!compressed) {
            assertEquals(352 + 12, Files.size(mask));
            assertArrayEquals(new byte[4], Arrays.copyOfRange(Files.readAllBytes(mask), 348, 352));
        }
    }

    @Test
    void theSameMaskIsTheSameFile() throws IOException {
        Path volume = NiftiFixture.write(folder, NiftiFixture.bytes(1, 2), true);
        NiftiMask.write(volume, new byte[12], folder.resolve("a.nii.gz"));
        NiftiMask.write(volume, new byte[12], folder.resolve("b.nii.gz"));
        assertEquals(-1, Files.mismatch(folder.resolve("a.nii.gz"), folder.resolve("b.nii.gz")));
    }

    @Test
    void whatDoesNotFitIsRefused() throws IOException {
        Path volume = NiftiFixture.write(folder, NiftiFixture.bytes(1, 2), false);
        Path mask = folder.resolve("mask.nii");
        assertThrows(IllegalArgumentException.class, () -> NiftiMask.write(volume, new byte[11], mask));
        SwipeTestData.refused(() -> NiftiMask.write(folder.resolve("none.nii"), new byte[12], mask), "no file");
        SwipeTestData.refused(() -> NiftiMask.write(folder, new byte[12], mask), "is a folder");
        Files.write(folder.resolve("short.nii"), new byte[20]);
        SwipeTestData.refused(() -> NiftiMask.write(folder.resolve("short.nii"), new byte[12], mask), "has 20 bytes");
        assertTrue(List.of(folder.toFile().list()).stream().noneMatch(name -> name.startsWith("mask")));
    }
}
