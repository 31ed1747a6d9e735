package slidefield.swipe;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Small NIfTI-1 files. */
final class NiftiFixture {
    private NiftiFixture() {}

    /** A volume of 3 x 2 x 2 voxels of 0.5 x 1 x 2 mm that begin at byte 352. */
    static ByteBuffer file(NiftiNumber kind, int code, ByteOrder order) {
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

    static ByteBuffer bytes(int... values) {
        ByteBuffer file = file(NiftiNumber.UINT8, 2, ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < values.length; i++) {
            file.put(352 + i, (byte) values[i]);
        }
        return file;
    }

    static Path write(Path folder, ByteBuffer file, boolean compressed) throws IOException {
        Path path = folder.resolve(compressed ? "volume.nii.gz" : "volume.nii");
        try (OutputStream out =
                compressed ? new GZIPOutputStream(Files.newOutputStream(path)) : Files.newOutputStream(path)) {
            out.write(file.array());
        }
        return path;
    }
}
