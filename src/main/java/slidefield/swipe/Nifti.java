package slidefield.swipe;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import slidefield.io.InputException;
import slidefield.io.UnpackedFile;

/**
 * Reads NIfTI-1 volumes, {@code .nii} and gzip-compressed {@code .nii.gz} (told apart by their first bytes). Before memory is
 * taken for the voxels, the sizes in the header are held against the file's length: a damaged header cannot ask for
 * more than the file could ever hold.
 */
final class Nifti {
    /** Bytes of voxels that are converted at once; a multiple of every number's size. */
    private static final int PIECE = 1 << 16;

    /** Bytes after the voxels that are put up with. */
    private static final long MOST_BEHIND = 1 << 20;

    private static final String EXPECTED = "a NIfTI-1 file (.nii or .nii.gz)";

    private Nifti() {}

    /**
     * Reads a volume.
     *
     * @param file one volume of integers or floats
     * @return its values, scaled as the header says, in the file's order of voxels
     * @throws InputException if there is no such file, it is no NIfTI-1, damaged, cut short, of another kind, too large
     *     for the memory left, or holds a value that is no finite number
     */
    static Volume read(Path file) {
        return UnpackedFile.read(file, EXPECTED, Nifti::read);
    }

    /**
     * Reads a header.
     *
     * @param file one volume of integers or floats
     * @return its first 348 bytes, which {@link NiftiHeader#parse} takes
     * @throws InputException if there is no such file, or it does not begin as a NIfTI-1
     */
    static byte[] header(Path file) {
        return UnpackedFile.read(file, EXPECTED, (name, stream, most) -> header(name, stream));
    }

    private static byte[] header(String name, InputStream stream) throws IOException {
        byte[] first = stream.readNBytes(NiftiHeader.BYTES);
        if (first.length < NiftiHeader.BYTES) {
            throw new InputException(
                    name + " has " + first.length + " bytes; expected at least the 348 of a NIfTI-1" + " header");
        }
        return first;
    }

    /** @param most bytes that the stream can give at most */
    private static Volume read(String name, InputStream stream, long most) throws IOException {
        NiftiHeader header = NiftiHeader.parse(name, header(name, stream));
        long voxels = header.voxels();
        long needed = header.offset() + voxels * header.kind().bytes();
        if (needed > most) {
            throw new InputException(name + " says " + header.width() + " x " + header.height() + " x "
                    + header.depth() + " voxels of " + header.kind().bytes() + " bytes from byte " + header.offset()
                    + ": its file cannot hold them; it is cut short or its header damaged");
        }
        UnpackedFile.requireMemory(name, 4 * voxels);
        stream.skipNBytes(header.offset() - NiftiHeader.BYTES);
        float[] values = values(name, stream, header);
        requireEnd(name, stream);
        return new Volume(
                name,
                header.width(),
                header.height(),
                header.depth(),
                header.spacing()[0],
                header.spacing()[1],
                header.spacing()[2],
                values);
    }

    private static float[] values(String name, InputStream stream, NiftiHeader header) throws IOException {
        float[] values = new float[(int) header.voxels()];
        byte[] piece = new byte[PIECE];
        ByteBuffer numbers = ByteBuffer.wrap(piece).order(header.order());
        int size = header.kind().bytes();
        int at = 0;
        while (at < values.length) {
            int count = Math.min(PIECE / size, values.length - at);
            if (stream.readNBytes(piece, 0, count * size) < count * size) {
                throw new EOFException();
            }
            numbers.clear();
            for (int i = 0; i < count; i++) {
                float value = (float) (header.kind().read(numbers) * header.slope() + header.intercept());
                if (!Float.isFinite(value)) {
                    throw new InputException(name + " has the value " + value + " at voxel " + place(at + i, header)
                            + "; expected finite numbers: replace it, or get the file again");
                }
                values[at + i] = value;
            }
            at += count;
        }
        return values;
    }

    private static String place(int voxel, NiftiHeader header) {
        return "(" + voxel % header.width() + ", " + voxel / header.width() % header.height() + ", "
                + voxel / header.width() / header.height() + ")";
    }

    /** Reads on to the end, which is where gzip checks what it gave. */
    private static void requireEnd(String name, InputStream stream) throws IOException {
        byte[] piece = new byte[PIECE];
        long behind = 0;
        for (int count = stream.read(piece); count > 0; count = stream.read(piece)) {
            behind += count;
            if (behind > MOST_BEHIND) {
                throw new InputException(name + " goes on after its voxels; its header does not fit them");
            }
        }
    }
}
