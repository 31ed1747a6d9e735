package slidefield.nic;

import java.nio.charset.StandardCharsets;

/**
 * The start of files in NumPy's format (version 1.0): a magic word, the length of what follows, and a Python dictionary with type,
 * order and shape, padded to a multiple of 64 bytes. The values follow, little-endian and row-major.
 */
final class Npy {
    private static final int ALIGNED = 64;
    private static final int FIXED = 10;

    private Npy() {}

    /**
     * @param type NumPy's name of it: {@code <f2}, {@code <f4}
     * @param shape of the array
     * @return the bytes before its values
     */
    static byte[] header(String type, long... shape) {
        StringBuilder text = new StringBuilder("{'descr': '").append(type).append("', 'fortran_order': False, 'shape': (");
        for (int i = 0; i < shape.length; i++) {
            text.append(i == 0 ? "" : ", ").append(shape[i]);
        }
        text.append(shape.length == 1 ? ",), }" : "), }");
        while ((FIXED + text.length() + 1) % ALIGNED != 0) {
            text.append(' ');
        }
        byte[] dictionary = text.append('\n').toString().getBytes(StandardCharsets.US_ASCII);
        byte[] header = new byte[FIXED + dictionary.length];
        byte[] magic = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) dictionary.length, (byte) (dictionary.length >> 8)};
        System.arraycopy(magic, 0, header, 0, FIXED);
        System.arraycopy(dictionary, 0, header, FIXED, dictionary.length);
        return header;
    }
}
