package slidefield;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.io.Checksum;

/** One number for all arrays of a training: equal if every bit of every array is. */
public final class StateDigest {
    private StateDigest() {}

    /** SHA-256 of names, shapes and the bits of all values, in the order of the names. */
    public static String of(Map<String, INDArray> state) {
        MessageDigest digest = Checksum.digest();
        new TreeMap<>(state).forEach((name, array) -> {
            digest.update((name + Arrays.toString(array.shape())).getBytes(StandardCharsets.UTF_8));
            digest.update(bits(array.reshape('c', new long[] {array.length()})));
        });
        return Checksum.hex(digest);
    }

    private static byte[] bits(INDArray flat) {
        ByteBuffer bytes = ByteBuffer.allocate((int) flat.length() * 8).order(ByteOrder.LITTLE_ENDIAN);
        if (flat.dataType() == DataType.FLOAT) {
            for (float value : flat.toFloatVector()) {
                bytes.putFloat(value);
            }
        } else {
            for (double value : flat.toDoubleVector()) {
                bytes.putDouble(value);
            }
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }
}
