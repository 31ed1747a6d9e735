package slidefield.nn;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import slidefield.io.Checksum;
import slidefield.io.Float16;
import slidefield.io.InputException;
import slidefield.io.WholeFile;
import slidefield.nn.SafeTensorsHeader.Entry;
import slidefield.nn.kernels.Nd4jRuntime;

/**
 * Files of named arrays in the safetensors format: 8 bytes with the header's length (little-endian), a JSON
 * header padded with spaces to a multiple of 8, then the values, little-endian and row-major, without gaps.
 *
 * <p>Writing is deterministic: the same arrays and metadata give the same bytes. Arrays are laid out as the
 * format's own library does, wider types first and by name within a type; metadata keys are sorted.
 *
 * <p>The metadata hold a {@link Checksum} of the whole file, {@value #CHECKSUM}. A file that has one is read only if it is
 * right; files of other programs have none and are read as they are.
 */
public final class SafeTensors {
    /** The key of the metadata that is the checksum's; not among the metadata that are given or read. */
    static final String CHECKSUM = "slidefield.sha256";

    private static final int CHUNK = 1 << 16;

    private SafeTensors() {}

    /**
     * What a file holds.
     *
     * @param tensors arrays by name, in the order of the file
     * @param metadata free text by name, empty if there is none
     */
    public record Contents(Map<String, INDArray> tensors, Map<String, String> metadata) {}

    /**
     * Writes a file as a whole or not at all.
     *
     * @param file to write
     * @param tensors FLOAT or DOUBLE arrays by name
     * @param metadata free text by name
     * @throws InputException if the file cannot be written
     * @throws IllegalArgumentException if an array is of another type, or the metadata hold a checksum
     */
    public static void write(Path file, Map<String, INDArray> tensors, Map<String, String> metadata) {
        if (metadata.containsKey(CHECKSUM) || metadata.containsValue(Checksum.BLANK)) {
            throw new IllegalArgumentException(
                    "metadata without a checksum are expected: " + CHECKSUM + " is made here");
        }
        Map<String, String> sealed = new TreeMap<>(metadata);
        sealed.put(CHECKSUM, Checksum.BLANK);
        Map<String, Entry> entries = SafeTensorsHeader.layOut(tensors);
        byte[] header = SafeTensorsHeader.encode(entries, sealed);
        long size = 8L + header.length;
        for (Entry entry : entries.values()) {
            size += entry.end() - entry.begin();
        }
        WholeFile.write(file, size, temporary -> {
            MessageDigest digest = Checksum.digest();
            try (FileChannel channel = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING)) {
                ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
                write(channel, digest, length.putLong(header.length).flip());
                write(channel, digest, ByteBuffer.wrap(header));
                for (String name : entries.keySet()) {
                    writeValues(channel, digest, tensors.get(name));
                }
                byte[] checksum = Checksum.hex(digest).getBytes(StandardCharsets.US_ASCII);
                channel.position(8L + Checksum.find(header, Checksum.BLANK));
                writeFully(channel, ByteBuffer.wrap(checksum));
            }
        });
    }

    private static void writeValues(FileChannel channel, MessageDigest digest, INDArray array) throws IOException {
        INDArray flat = array.reshape('c', new long[] {array.length()});
        ByteBuffer bytes = ByteBuffer.allocateDirect(CHUNK * 8).order(ByteOrder.LITTLE_ENDIAN);
        for (long start = 0; start < flat.length(); start += CHUNK) {
            long end = Math.min(flat.length(), start + CHUNK);
            INDArray part = flat.get(NDArrayIndex.interval(start, end));
            bytes.clear();
            if (array.dataType() == DataType.FLOAT) {
                for (float value : part.toFloatVector()) {
                    bytes.putFloat(value);
                }
            } else {
                for (double value : part.toDoubleVector()) {
                    bytes.putDouble(value);
                }
            }
            write(channel, digest, bytes.flip());
        }
    }

    private static void write(FileChannel channel, MessageDigest digest, ByteBuffer bytes) throws IOException {
        digest.update(bytes.duplicate());
        writeFully(channel, bytes);
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /**
     * Reads a whole file. F32 and F64 are read as they are, F16 and BF16 widened to FLOAT without loss. The header
     * is checked completely (sizes, types, shapes, offsets without gaps or overlaps, up to the end of the file), and the
     * checksum where there is one, before memory is taken for a single value.
     *
     * @param file to read
     * @return its arrays and metadata
     * @throws InputException if the file is missing, damaged, holds other types or more than fits into memory
     */
    public static Contents read(Path file) {
        Map<String, INDArray> tensors = new LinkedHashMap<>();
        Map<String, String> metadata = readInto(file, header -> requireRoom(file, header), header -> {
            header.entries().forEach((name, entry) -> tensors.put(name, create(entry)));
            return tensors;
        });
        return new Contents(tensors, metadata);
    }

    /** Values that are widened when they are read take more memory than the file. */
    private static void requireRoom(Path file, SafeTensorsHeader header) {
        long bytes = 0;
        for (Entry entry : header.entries().values()) {
            bytes += (entry.end() - entry.begin()) / entry.width() * Math.max(entry.width(), Float.BYTES);
        }
        long room = Pointer.maxBytes();
        if (room > 0 && bytes > room) {
            throw new InputException("cannot read " + file + ": its arrays take " + bytes
                    + " bytes, and arrays together may take " + room + "; raise the limit with SLIDEFIELD_OFFHEAP");
        }
    }

    /**
     * Reads into arrays that {@code places} chooses, and gives the metadata.
     *
     * @param check given the header first, before all of the file is read for its checksum
     * @param places given the header once the checksum is right
     */
    private static Map<String, String> readInto(
            Path file, Consumer<SafeTensorsHeader> check, Function<SafeTensorsHeader, Map<String, INDArray>> places) {
        Nd4jRuntime.prepare();
        if (!Files.isRegularFile(file)) {
            throw new InputException("expected a safetensors file, found none at " + file);
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            byte[] start = readStart(file, channel);
            SafeTensorsHeader header = SafeTensorsHeader.decode(
                    file,
                    new String(start, 8, start.length - 8, StandardCharsets.UTF_8),
                    channel.size() - start.length);
            check.accept(header);
            Map<String, String> metadata = new LinkedHashMap<>(header.metadata());
            String checksum = metadata.remove(CHECKSUM);
            if (checksum == null) {
                requireNone(file, metadata);
            } else if (!Checksum.fits(channel, start, checksum)) {
                throw SafeTensorsHeader.damaged(file, "its checksum " + CHECKSUM + " is that of another content");
            }
            Map<String, INDArray> into = places.apply(header);
            channel.position(start.length);
            for (Map.Entry<String, Entry> entry : header.entries().entrySet()) {
                readValues(channel, entry.getValue(), into.get(entry.getKey()));
            }
            return metadata;
        } catch (IOException failure) {
            throw new InputException("cannot read " + file + ": " + failure.getMessage(), failure);
        }
    }

    /**
     * Reads a whole file into arrays that are there already: at no time are the values in memory twice.
     *
     * @param file to read
     * @param arrays FLOAT or DOUBLE arrays by name; filled
     * @param check given the shapes that the file holds by name, before the first array is changed; throws if they
     *     are not those of the arrays
     * @throws InputException if the file is missing, damaged or holds other types
     */
    public static void read(Path file, Map<String, INDArray> arrays, Consumer<Map<String, long[]>> check) {
        readInto(
                file,
                header -> {
                    Map<String, long[]> shapes = new LinkedHashMap<>();
                    header.entries().forEach((name, entry) -> shapes.put(name, entry.shape()));
                    check.accept(shapes);
                },
                header -> arrays);
    }

    /** Our own files have a checksum since the second version of their formats; what lost it is damaged. */
    private static void requireNone(Path file, Map<String, String> metadata) {
        String format = metadata.getOrDefault("format", "");
        if (format.startsWith("slidefield ") && !format.endsWith(" 1")) {
            throw SafeTensorsHeader.damaged(file, "it is a \"" + format + "\" without its checksum " + CHECKSUM);
        }
    }

    /** The length of the header and the header. */
    private static byte[] readStart(Path file, FileChannel channel) throws IOException {
        long size = channel.size();
        if (size < 8) {
            throw SafeTensorsHeader.damaged(file, "expected at least 8 bytes, found " + size);
        }
        ByteBuffer lengthBytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        readFully(channel, lengthBytes);
        long length = lengthBytes.getLong(0);
        if (length < 2 || length > SafeTensorsHeader.MAX_LENGTH || length > size - 8) {
            throw SafeTensorsHeader.damaged(
                    file, "a header of " + length + " bytes does not fit a file of " + size + " bytes");
        }
        ByteBuffer start = ByteBuffer.allocate(8 + (int) length);
        start.put(lengthBytes.flip());
        readFully(channel, start);
        return start.array();
    }

    private static INDArray create(Entry entry) {
        DataType type = entry.type().equals("F64") ? DataType.DOUBLE : DataType.FLOAT;
        return entry.shape().length == 0
                ? Nd4j.scalar(type, 0)
                : Nd4j.createUninitializedDetached(type, 'c', entry.shape());
    }

    private static void readValues(FileChannel channel, Entry entry, INDArray array) throws IOException {
        INDArray flat = array.reshape('c', new long[] {array.length()});
        int width = entry.width();
        ByteBuffer bytes = ByteBuffer.allocateDirect(CHUNK * width).order(ByteOrder.LITTLE_ENDIAN);
        for (long start = 0; start < flat.length(); start += CHUNK) {
            int count = (int) Math.min(CHUNK, flat.length() - start);
            readFully(channel, bytes.clear().limit(count * width));
            try (INDArray part = decode(entry.type(), bytes.flip(), count)) {
                flat.get(NDArrayIndex.interval(start, start + count)).assign(part);
            }
        }
    }

    private static void readFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new EOFException("the file ends early");
            }
        }
    }

    private static INDArray decode(String type, ByteBuffer bytes, int count) {
        if (type.equals("F64")) {
            double[] values = new double[count];
            bytes.asDoubleBuffer().get(values);
            return Nd4j.createFromArray(values);
        }
        float[] values = new float[count];
        switch (type) {
            case "F32" -> bytes.asFloatBuffer().get(values);
            case "F16" -> {
                for (int i = 0; i < count; i++) {
                    values[i] = Float16.value(bytes.getShort(2 * i));
                }
            }
            case "BF16" -> {
                for (int i = 0; i < count; i++) {
                    values[i] = Float.intBitsToFloat(bytes.getShort(2 * i) << 16);
                }
            }
            default -> throw new IllegalStateException(type);
        }
        return Nd4j.createFromArray(values);
    }
}
