package slidefield.data;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import slidefield.io.WholeFile;

/**
 * Where a file of the data root came from and what it was then; kept beside it as {@code NAME.origin.json}. A file
 * whose checksum no manifest knows is compared with it, so that a later change is noticed.
 *
 * @param source the address it was fetched from, or how it was drawn
 * @param bytes its size
 * @param sha256 of its bytes
 * @param version the server's name for this version (ETag or Last-Modified), or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Origin(String source, long bytes, String sha256, String version) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The record beside a file, whether there or not. */
    public static Path file(Path of) {
        return of.resolveSibling(of.getFileName() + ".origin.json");
    }

    /** What is recorded beside a file; empty where nothing is, or nothing that can be read. */
    public static Optional<Origin> of(Path file) {
        Path record = file(file);
        if (!Files.isRegularFile(record)) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(JSON.readValue(Files.readString(record), Origin.class))
                    .filter(origin -> origin.source != null && origin.sha256 != null);
        } catch (IOException unreadable) {
            // Nothing is known then, as if there were none: the data file itself is not touched.
            return Optional.empty();
        }
    }

    /**
     * Writes the record beside a file.
     *
     * @throws slidefield.io.InputException if it cannot be written
     */
    void write(Path file) {
        try {
            String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n";
            WholeFile.writeText(file(file), text);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
