package slidefield.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A SHA-256 that a file holds of itself, as 64 hexadecimal digits somewhere in its first bytes: the digest of the whole
 * file with these digits as zeros. So it covers every byte, those around it included, and a file that is changed
 * anywhere is noticed.
 */
public final class Checksum {
    /** What stands in the checksum's place while it is computed. */
    public static final String BLANK = "0".repeat(64);

    private static final int BUFFER = 1 << 16;

    private Checksum() {}

    /** A fresh SHA-256. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** 64 lower-case hexadecimal digits; the digest begins anew. */
    public static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Fills the checksum of a text that holds {@link #BLANK} exactly once. */
    public static String seal(String text) {
        int at = text.indexOf(BLANK);
        if (at < 0 || text.indexOf(BLANK, at + 1) >= 0) {
            throw new IllegalArgumentException("one place for a checksum is expected");
        }
        MessageDigest digest = digest();
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        return text.substring(0, at) + hex(digest) + text.substring(at + BLANK.length());
    }

    /**
     * Whether a file's content is what its checksum was computed of.
     *
     * @param content the whole file
     * @param checksum as the file says
     */
    public static boolean fits(byte[] content, String checksum) {
        int at = find(content, checksum);
        if (at < 0) {
            return false;
        }
        byte[] blank = content.clone();
        Arrays.fill(blank, at, at + checksum.length(), (byte) '0');
        MessageDigest digest = digest();
        digest.update(blank);
        return hex(digest).equals(checksum);
    }

    /**
     * The same for a file that need not fit into memory; reads it from its first byte to its last.
     *
     * @param channel the file, open to read
     * @param start its first bytes, those with the checksum among them
     * @param checksum as the file says
     * @throws IOException if it cannot be read
     */
    public static boolean fits(SeekableByteChannel channel, byte[] start, String checksum) throws IOException {
        int at = find(start, checksum);
        if (at < 0) {
            return false;
        }
        byte[] blank = start.clone();
        Arrays.fill(blank, at, at + checksum.length(), (byte) '0');
        MessageDigest digest = digest();
        digest.update(blank);
        channel.position(start.length);
        ByteBuffer bytes = ByteBuffer.allocateDirect(BUFFER);
        while (channel.read(bytes.clear()) >= 0) {
            digest.update(bytes.flip());
        }
        return hex(digest).equals(checksum);
    }

    /**
     * Where the checksum's digits are.
     *
     * @param content that may hold them
     * @param checksum 64 digits, or what a damaged file has in their place
     * @return the first byte, -1 if they are not there as JSON writes them
     */
    public static int find(byte[] content, String checksum) {
        byte[] digits = ('"' + checksum + '"').getBytes(StandardCharsets.UTF_8);
        if (checksum.length() != BLANK.length()) {
            return -1;
        }
        for (int at = 0; at + digits.length <= content.length; at++) {
            if (Arrays.equals(content, at, at + digits.length, digits, 0, digits.length)) {
                return at + 1;
            }
        }
        return -1;
    }
}
