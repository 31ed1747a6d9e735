package slidefield.nic;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import slidefield.io.Float16;
import slidefield.io.InputException;

/** Codes as the 16-bit numbers that are stored of them, little-endian. */
final class CodeBytes {
    /** Bytes of a value. */
    static final int WIDTH = 2;

    private CodeBytes() {}

    /**
     * @param codes values
     * @param count of them that are taken, from the first
     * @param encoder for the message
     * @throws InputException if one is no number, or too large for 16 bits
     */
    static byte[] of(float[] codes, int count, String encoder) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(count, WIDTH)).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            if (!(Math.abs(codes[i]) < Float16.LIMIT)) {
                throw new InputException("the encoder " + encoder + " gave a code with the value " + codes[i]
                        + ", which 16 bits do not hold; train it anew, or scale its last layer");
            }
            bytes.putShort(Float16.bits(codes[i]));
        }
        return bytes.array();
    }

    /** All values of these bytes. */
    static float[] values(byte[] bytes) {
        float[] values = new float[bytes.length / WIDTH];
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < values.length; i++) {
            values[i] = Float16.value(buffer.getShort());
        }
        return values;
    }
}
