package slidefield.swipe;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import slidefield.io.InputException;
import slidefield.io.WholeFile;

/**
 * Writes the classes of a volume's voxels as a NIfTI-1 file of one byte a voxel. Everything else in the header, the
 * orientation among it, is that of the volume's own file, so that viewers lay one over the other.
 */
public final class NiftiMask {
    /** The format's code of unsigned bytes ({@code datatype}). */
    private static final short UNSIGNED_BYTE = 2;
    /** The format's code of labels ({@code intent_code}). */
    private static final short LABEL = 1002;
    /** The header, and four bytes that say that no extension follows. */
    private static final int OFFSET = NiftiHeader.BYTES + 4;

    private NiftiMask() {}

    /**
     * Writes a mask.
     *
     * @param volume the volume's own file, NIfTI-1
     * @param classes a class number a voxel, in the file's order
     * @param mask receives it; compressed if its name ends with {@code .gz}
     * @throws InputException if the volume's file cannot be read or the mask not written
     * @throws IllegalArgumentException if there are not as many classes as voxels
     */
    public static void write(Path volume, byte[] classes, Path mask) {
        byte[] stored = Nifti.header(volume);
        NiftiHeader parsed = NiftiHeader.parse(volume.toString(), stored);
        if (parsed.voxels() != classes.length) {
            throw new IllegalArgumentException("expected " + parsed.voxels() + " classes, found " + classes.length);
        }
        ByteBuffer header = ByteBuffer.allocate(OFFSET).order(parsed.order());
        header.put(stored);
        header.putShort(68, LABEL);
        header.putShort(70, UNSIGNED_BYTE);
        header.putShort(72, (short) Byte.SIZE);
        header.putFloat(108, OFFSET);
        header.putFloat(112, 1);
        header.putFloat(116, 0);
        // the range that a viewer shows: none given
        header.putFloat(124, 0);
        header.putFloat(128, 0);
        boolean compressed = mask.toString().endsWith(".gz");
        WholeFile.write(mask, temporary -> {
            try (OutputStream file = Files.newOutputStream(temporary);
                    OutputStream out = compressed ? new GZIPOutputStream(file) : file) {
                out.write(header.array());
                out.write(classes);
            }
        });
    }
}
