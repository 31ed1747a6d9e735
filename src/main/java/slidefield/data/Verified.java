package slidefield.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import slidefield.io.InputException;

/** The check that a file is the one a manifest names: its size and its sha256. Reads in pieces of 1 MiB. */
public final class Verified {
    private Verified() {}

    /**
     * Checks a file; what is null is not checked.
     *
     * @param file to check
     * @param bytes expected size or null
     * @param sha256 expected, 64 hexadecimal digits in any case, or null
     * @throws InputException if the file differs (says which of both, expected and found) or cannot be read
     */
    public static void check(Path file, Long bytes, String sha256) {
        if (bytes != null && size(file) != bytes) {
            throw new InputException(
                    file + ": expected " + bytes + " bytes, found " + size(file) + "; remove it and fetch it again");
        }
        if (sha256 != null) {
            String found = sha256(file);
            if (!found.equalsIgnoreCase(sha256)) {
                throw new InputException(
                        file + ": expected sha256 " + sha256 + ", found " + found + "; remove it and fetch it again");
            }
        }
    }

    /**
     * Checks the slide and the annotation of an entry.
     *
     * @param entry says what is expected
     * @param data says where the files are
     * @throws InputException if a file is missing or differs
     */
    public static void check(SlideEntry entry, DataRoot data) {
        check(data.slide(entry), entry.bytes(), entry.sha256());
        data.annotation(entry).ifPresent(file -> check(file, entry.annotationBytes(), entry.annotationSha256()));
    }

    /** The file's size in bytes. */
    public static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException unreadable) {
            throw new InputException("cannot read " + file + ": " + unreadable.getMessage(), unreadable);
        }
    }

    /** The file's sha256 as 64 lower-case hexadecimal digits. */
    public static String sha256(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] piece = new byte[1 << 20];
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                digest.update(piece, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException unreadable) {
            throw new InputException("cannot read " + file + ": " + unreadable.getMessage(), unreadable);
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException("every Java has SHA-256", never);
        }
    }
}
