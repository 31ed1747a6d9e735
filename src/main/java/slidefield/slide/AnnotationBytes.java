package slidefield.slide;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import slidefield.io.InputException;

/**
 * The content of an annotation that is text.
 *
 * @param bytes the whole file, unzipped
 * @param isXml XML if true, else JSON
 */
record AnnotationBytes(byte[] bytes, boolean isXml) {
    /** The largest annotation read, unzipped: a hundred times the largest of CAMELYON16. */
    static final int LIMIT = 256 << 20;

    /**
     * Reads a file if its first character that is not blank opens XML or JSON.
     *
     * @param file the annotation, gzipped or not
     * @return empty if the file is something else (an image)
     * @throws InputException if it is missing, unreadable, empty, too large or a damaged gzip
     */
    static Optional<AnnotationBytes> read(Path file) {
        return read(file, LIMIT);
    }

    /** The same with another limit, in bytes. */
    static Optional<AnnotationBytes> read(Path file, int limit) {
        byte[] head = Slides.head(file);
        boolean zipped = head.length > 1 && (head[0] & 0xFF) == 0x1F && (head[1] & 0xFF) == 0x8B;
        if (!zipped && first(head) == 0) {
            return Optional.empty();
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file);
                InputStream plain = zipped ? new GZIPInputStream(in) : in) {
            bytes = plain.readNBytes(limit + 1);
        } catch (IOException failure) {
            throw new InputException(file + " cannot be read: " + failure.getMessage(), failure);
        }
        if (bytes.length > limit) {
            throw new InputException(file + " is over " + (limit >> 20) + " MiB of text: too large for an annotation");
        }
        char first = first(bytes);
        if (first == 0) {
            throw new InputException(file + " holds neither XML nor JSON: expected an annotation");
        }
        return Optional.of(new AnnotationBytes(bytes, first == '<'));
    }

    /** The opening angle, curly or square bracket; 0 if anything but blanks and byte-order marks comes before. */
    private static char first(byte[] bytes) {
        ByteArrayInputStream in = new ByteArrayInputStream(bytes);
        for (int next = in.read(); next >= 0; next = in.read()) {
            boolean mark = next == 0xEF || next == 0xBB || next == 0xBF || next == 0xFE || next == 0xFF || next == 0;
            if (next == '<' || next == '{' || next == '[') {
                return (char) next;
            }
            if (!mark && !Character.isWhitespace(next)) {
                return 0;
            }
        }
        return 0;
    }
}
