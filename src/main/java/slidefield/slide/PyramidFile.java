package slidefield.slide;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import slidefield.io.InputException;

/**
 * A slide file that was written.
 *
 * @param path where it is
 * @param levels how many levels it holds
 * @param bytes its size
 * @param sha256 of its content, 64 lower-case hexadecimal digits
 */
public record PyramidFile(Path path, int levels, long bytes, String sha256) {
    static PyramidFile of(Path path, int levels) {
        try (InputStream in = Files.newInputStream(path)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return new PyramidFile(
                    path, levels, Files.size(path), HexFormat.of().formatHex(digest.digest()));
        } catch (IOException e) {
            throw new InputException("cannot read back " + path + ": " + e.getMessage(), e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
