package slidefield.nn;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.indexer.FloatIndexer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import slidefield.io.InputException;

/**
 * Float32 arrays that live in files mapped into memory: the system keeps of them in memory what is in use, and writes
 * out and drops the rest when memory is short, so together they may exceed it. What was never written takes no room.
 * A file has no name once it is mapped (on Windows: until the process ends); its room is free again when its array
 * is collected or the process ends, however that comes.
 */
public final class MappedStorage implements Storage {
    private static final String PREFIX = ".slidefield-";
    private static final String SUFFIX = ".table";

    private final Path folder;

    /**
     * @param folder where the files are; on a disk, since some systems keep their temporary folder in memory
     */
    public MappedStorage(Path folder) {
        this.folder = folder;
    }

    /** Whether a file was made here, and has its name still because its process was killed at that moment. */
    public static boolean isLeftover(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(PREFIX) && name.endsWith(SUFFIX);
    }

    /**
     * @throws InputException if the folder's disk has not enough room, or a file cannot be made there
     * @throws IllegalArgumentException if the type is not FLOAT
     */
    @Override
    public INDArray zeros(DataType type, long... shape) {
        if (type != DataType.FLOAT) {
            throw new IllegalArgumentException("mapped arrays are FLOAT, found " + type);
        }
        long length = 1;
        for (long size : shape) {
            length = Math.multiplyExact(length, size);
        }
        long bytes = Math.multiplyExact(length, Float.BYTES);
        if (bytes > Integer.MAX_VALUE) {
            throw new InputException("an array of " + bytes + " bytes is more than one file mapping holds ("
                    + Integer.MAX_VALUE + "); choose a smaller log2Table or fewer levels");
        }
        FloatPointer pointer = new FloatPointer(map(bytes));
        return Nd4j.create(Nd4j.createBuffer(pointer, DataType.FLOAT, length, FloatIndexer.create(pointer)), shape);
    }

    private FloatBuffer map(long bytes) {
        Path file = folder.resolve(PREFIX + UUID.randomUUID() + SUFFIX);
        try {
            long room = Files.getFileStore(folder).getUsableSpace();
            if (room < bytes) {
                throw new InputException(folder + " has " + (room >> 20) + " MB of room, and a slide's arrays need "
                        + (bytes >> 20) + " MB more; make room, or set training.tablesOnDisk=never");
            }
            try (FileChannel channel = FileChannel.open(
                    file,
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.SPARSE,
                    StandardOpenOption.DELETE_ON_CLOSE)) {
                return channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes)
                        .order(ByteOrder.nativeOrder())
                        .asFloatBuffer();
            }
        } catch (IOException failure) {
            throw new InputException(
                    "cannot map an array of " + bytes + " bytes in " + folder + ": " + failure.getMessage(), failure);
        }
    }
}
