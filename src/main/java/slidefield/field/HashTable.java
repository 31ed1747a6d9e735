package slidefield.field;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.indexer.FloatIndexer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import slidefield.io.InputException;

/** Where a slide's table of trained entries lives: in memory, or in a file that is mapped into memory. */
final class HashTable {
    /** Entries start uniform in (-1e-4, 1e-4), as tiny-cuda-nn's grid does. */
    private static final double INITIAL = 1e-4;

    private HashTable() {}

    /** A fresh table in memory, entries x F. */
    static INDArray inMemory(HashGridOptions options, DataType type, long seed) {
        INDArray table = Nd4j.createUninitialized(type, shape(options), 'c');
        Random random = new Random(seed);
        if (type == DataType.FLOAT) {
            fill(floats(table), random);
        } else {
            for (long i = 0; i < table.length(); i++) {
                table.putScalar(i, draw(random));
            }
        }
        return table;
    }

    /**
     * A fresh table whose float32 entries live in a file: the system keeps in memory only what is in use, so many
     * slides' tables may exceed the memory together.
     *
     * @throws InputException if the file cannot be made at that size
     */
    static INDArray mapped(HashGridOptions options, long seed, Path file) {
        INDArray table = map(options, file);
        fill(floats(table), new Random(seed));
        return table;
    }

    /** The table of an existing or new file, as its bytes are. */
    static INDArray map(HashGridOptions options, Path file) {
        long bytes = Math.multiplyExact(options.parameterCount(), Float.BYTES);
        if (bytes > Integer.MAX_VALUE) {
            throw new InputException("a table of " + bytes + " bytes is more than one file mapping holds ("
                    + Integer.MAX_VALUE + "); choose a smaller log2Table or fewer levels");
        }
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer mapping = channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes);
            FloatPointer pointer =
                    new FloatPointer(mapping.order(ByteOrder.nativeOrder()).asFloatBuffer());
            return Nd4j.create(
                    Nd4j.createBuffer(pointer, DataType.FLOAT, options.parameterCount(), FloatIndexer.create(pointer)),
                    shape(options));
        } catch (IOException failure) {
            throw new InputException(
                    "cannot map a table of " + bytes + " bytes to " + file + ": " + failure.getMessage(), failure);
        }
    }

    /** The memory of a float32 array as a buffer that reads and writes it. */
    static FloatBuffer floats(INDArray array) {
        return array.data().asNioFloat();
    }

    private static long[] shape(HashGridOptions options) {
        return new long[] {options.parameterCount() / options.features(), options.features()};
    }

    private static void fill(FloatBuffer table, Random random) {
        for (int i = 0; i < table.capacity(); i++) {
            table.put(i, (float) draw(random));
        }
    }

    private static double draw(Random random) {
        return INITIAL * (2 * random.nextDouble() - 1);
    }
}
