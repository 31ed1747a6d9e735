package slidefield.swipe;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import slidefield.io.InputException;

/**
 * What of a NIfTI-1 header (348 bytes; the format's own names in brackets) says how the voxels are stored.
 *
 * @param order of the bytes, told by the header's length field
 * @param kind of numbers
 * @param width voxels along x (dim[1])
 * @param height along y (dim[2])
 * @param depth along z (dim[3])
 * @param spacing millimetres between voxels (pixdim[1] to [3], in the unit of xyzt_units)
 * @param offset bytes before the first voxel (vox_offset)
 * @param slope of stored numbers (scl_slope); 1 where the header has none
 * @param intercept added to that (scl_inter)
 */
record NiftiHeader(
        ByteOrder order,
        NiftiNumber kind,
        int width,
        int height,
        int depth,
        double[] spacing,
        long offset,
        double slope,
        double intercept) {
    static final int BYTES = 348;

    /** Voxels that one array can hold. */
    private static final long MOST = Integer.MAX_VALUE - 8;

    /**
     * @param name of the file, for messages
     * @param bytes the first 348 of it
     * @throws InputException if they are no header of a volume that can be read
     */
    static NiftiHeader parse(String name, byte[] bytes) {
        ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (header.getInt(0) != BYTES) {
            header.order(ByteOrder.BIG_ENDIAN);
        }
        if (header.getInt(0) != BYTES) {
            int length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(0);
            throw bad(
                    name,
                    length == 540 || length == Integer.reverseBytes(540)
                            ? "is NIfTI-2; expected NIfTI-1: convert it"
                            : "is no NIfTI-1 file: its header says a length of " + length + "; expected 348");
        }
        requireMagic(name, bytes);
        int[] size = sizes(name, header);
        short code = header.getShort(70);
        NiftiNumber kind = NiftiNumber.of(code);
        if (kind == null) {
            throw bad(
                    name,
                    "stores voxels as type " + code + "; expected integers or floats (" + NiftiNumber.codes() + ")");
        }
        if (header.getShort(72) != 8 * kind.bytes()) {
            throw bad(
                    name,
                    "says " + header.getShort(72) + " bits a voxel for type " + code + "; expected " + 8 * kind.bytes()
                            + ": the header is damaged");
        }
        float offset = header.getFloat(108);
        if (!(offset >= BYTES && offset <= 1L << 40) || offset != Math.rint(offset)) {
            throw bad(name, "says that voxels begin at byte " + offset + "; expected a whole number from 352");
        }
        float slope = header.getFloat(112);
        float intercept = header.getFloat(116);
        boolean scaled = slope != 0 && Float.isFinite(slope);
        if (scaled && !Float.isFinite(intercept)) {
            throw bad(name, "scales voxels by " + slope + " and adds " + intercept + "; expected a number");
        }
        return new NiftiHeader(
                header.order(),
                kind,
                size[0],
                size[1],
                size[2],
                spacing(name, header),
                (long) offset,
                scaled ? slope : 1,
                scaled ? intercept : 0);
    }

    private static void requireMagic(String name, byte[] bytes) {
        String magic = new String(bytes, 344, 3, StandardCharsets.ISO_8859_1);
        if (magic.equals("ni1")) {
            throw bad(name, "is the header of a pair of files (.hdr and .img); expected one file (.nii): convert it");
        }
        if (!magic.equals("n+1") || bytes[347] != 0) {
            throw bad(name, "lacks NIfTI-1's mark 'n+1' at byte 344: another format, or damaged");
        }
    }

    private static int[] sizes(String name, ByteBuffer header) {
        int axes = header.getShort(40);
        if (axes < 1 || axes > 7) {
            throw bad(name, "says " + axes + " axes; expected 3: the header is damaged");
        }
        int[] size = {1, 1, 1};
        long voxels = 1;
        for (int axis = 1; axis <= axes; axis++) {
            int length = header.getShort(40 + 2 * axis);
            if (length < 1) {
                throw bad(name, "says " + length + " voxels along axis " + axis + "; expected at least 1");
            }
            if (axis > 3 && length > 1) {
                throw bad(name, "has " + length + " volumes (axis " + axis + "); expected one: take it apart");
            }
            if (axis <= 3) {
                size[axis - 1] = length;
                voxels *= length;
            }
        }
        if (voxels > MOST) {
            throw bad(
                    name,
                    "says " + size[0] + " x " + size[1] + " x " + size[2] + " voxels; at most " + MOST
                            + " can be held");
        }
        return size;
    }

    private static double[] spacing(String name, ByteBuffer header) {
        double unit =
                switch (header.get(123) & 7) {
                    case 1 -> 1000;
                    case 3 -> 1e-3;
                    default -> 1;
                };
        int axes = header.getShort(40);
        double[] spacing = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            // An axis that the header does not count has no spacing of its own.
            double stored = axis < axes ? Math.abs(header.getFloat(80 + 4 * axis)) : 1;
            spacing[axis] = unit * stored;
            if (!(stored > 0) || Double.isInfinite(stored)) {
                throw bad(
                        name,
                        "says a voxel size of " + stored + " along axis " + (axis + 1)
                                + "; expected millimetres above 0");
            }
        }
        return spacing;
    }

    /** How many voxels there are. */
    long voxels() {
        return (long) width * height * depth;
    }

    private static InputException bad(String name, String what) {
        return new InputException(name + " " + what);
    }
}
