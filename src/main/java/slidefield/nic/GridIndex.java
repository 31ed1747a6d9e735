package slidefield.nic;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import slidefield.io.Checksum;
import slidefield.io.InputException;
import slidefield.io.WholeFile;

/**
 * What {@code grid.json} of a compressed slide says: what was compressed and how, and which orientations are there whole, each
 * with a checksum per row of its grid. Written when the folder is begun, without orientations, and again once their arrays are on disk.
 *
 * <p>Immutable: thread-safe.
 *
 * @param format always {@value #FORMAT}
 * @param sha256 of this file, see {@link Checksum}
 * @param slide its name
 * @param width level-0 pixels
 * @param height level-0 pixels
 * @param slideMpp micrometres per level-0 pixel
 * @param encoder what it is called
 * @param identity tells it from others of the same name
 * @param patch P, pixels
 * @param colours of a pixel
 * @param options resolution, stride and tissue rule
 * @param rows of the grid of the slide as it lies
 * @param columns of that grid
 * @param code C, values of a code
 * @param tissue places of the grid whose code is not zero; -1 before they are known
 * @param rowChecksums by orientation CRC-32 of the bytes of every row of its (rearranged) grid
 */
record GridIndex(
        String format,
        String sha256,
        String slide,
        int width,
        int height,
        @JsonProperty("slide_mpp") double slideMpp,
        String encoder,
        String identity,
        int patch,
        int colours,
        CompressionOptions options,
        int rows,
        int columns,
        int code,
        long tissue,
        @JsonProperty("row_crc32") Map<String, List<Long>> rowChecksums) {
    /** Its name in the folder. */
    static final String FILE = "grid.json";

    static final String FORMAT = "slidefield compressed slide 1";

    private static final long LARGEST = 1L << 40;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .build();

    GridIndex {
        if (!FORMAT.equals(format)) {
            throw new IllegalArgumentException("expected the format \"" + FORMAT + "\", found \"" + format + "\"");
        }
        for (Object given : new Object[] {slide, encoder, identity, options, rowChecksums}) {
            Objects.requireNonNull(given, "a value is missing");
        }
        if (rows < 1
                || columns < 1
                || code < 1
                || patch < 1
                || colours < 1
                || (double) rows * columns * code * CodeBytes.WIDTH > LARGEST
                || (double) Math.max(rows, columns) * code * CodeBytes.WIDTH > Integer.MAX_VALUE - 64) {
            throw new IllegalArgumentException(
                    "a grid of " + rows + " x " + columns + " codes of " + code + " values is impossible");
        }
        for (Map.Entry<String, List<Long>> entry : rowChecksums.entrySet()) {
            int expected = GridOrientation.of(entry.getKey()).rows(rows, columns);
            if (entry.getValue() == null || entry.getValue().size() != expected) {
                throw new IllegalArgumentException("expected " + expected + " row_crc32 of " + entry.getKey());
            }
        }
        rowChecksums = new TreeMap<>(rowChecksums);
    }

    /** Whether an array is there whole. */
    boolean has(GridOrientation orientation) {
        return rowChecksums.containsKey(orientation.text());
    }

    /** The same with further arrays. */
    GridIndex with(Map<String, List<Long>> more, long encoded) {
        Map<String, List<Long>> all = new TreeMap<>(rowChecksums);
        all.putAll(more);
        return copy(sha256, encoded, all);
    }

    /** The same before anything was encoded: what an interrupted compression must agree in to go on. */
    GridIndex empty() {
        return copy(Checksum.BLANK, -1, Map.of());
    }

    /** The same slide and encoder, so far along. */
    private GridIndex copy(String checksum, long encoded, Map<String, List<Long>> checksums) {
        return new GridIndex(
                format, checksum, slide, width, height, slideMpp, encoder, identity, patch, colours, options, rows,
                columns, code, encoded, checksums);
    }

    /** Name of an orientation's array. */
    static String array(GridOrientation orientation) {
        return "codes-" + orientation.text() + ".npy";
    }

    /** Writes the file with its checksum. */
    void write(Path folder) {
        GridIndex blank = copy(Checksum.BLANK, tissue, rowChecksums);
        try {
            WholeFile.writeText(folder.resolve(FILE), Checksum.seal(JSON.writeValueAsString(blank) + "\n"));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** @throws InputException one line naming the file, if it is missing, damaged or of another kind */
    static GridIndex read(Path folder) {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new InputException(
                    folder + " is no compressed slide: it has no " + FILE + "; make one with compress");
        }
        try {
            byte[] bytes = Files.readAllBytes(file);
            GridIndex read = JSON.readValue(new String(bytes, StandardCharsets.UTF_8), GridIndex.class);
            if (read == null || read.sha256() == null || !Checksum.fits(bytes, read.sha256())) {
                throw damaged(file, "its checksum is that of another content", null);
            }
            return read;
        } catch (JsonProcessingException wrong) {
            throw damaged(file, wrong.getOriginalMessage(), wrong);
        } catch (IOException failure) {
            throw new InputException("cannot read " + file + ": " + failure.getMessage(), failure);
        }
    }

    private static InputException damaged(Path file, String why, Exception cause) {
        String line = String.valueOf(why).lines().findFirst().orElse("");
        return new InputException(file + " is damaged: " + line + "; compress the slide again with --force", cause);
    }
}
