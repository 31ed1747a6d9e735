package slidefield.field;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.Parameter;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;

/**
 * Multi-resolution hash encoding of one slide (WSI-INR section 2, Eq. 1 and 2; Mueller et al. 2022): at every level
 * the point's cell is found, its four vertices look up their entries and the entries are interpolated bilinearly;
 * the levels' features are concatenated from the coarsest to the finest. Each slide has its own.
 *
 * <p>Encoding is thread-safe while no one trains the table.
 */
public final class HashGrid implements Encoding {
    private final HashGridOptions options;
    private final List<HashLevel> levels;
    private final Parameter table;

    private HashGrid(HashGridOptions options, INDArray table) {
        this.options = options;
        this.levels = options.plan();
        long[] expected = {options.parameterCount() / options.features(), options.features()};
        if (!Arrays.equals(expected, table.shape())) {
            throw new IllegalArgumentException("a hash grid of " + options + " needs a table of "
                    + Arrays.toString(expected) + ", got " + Arrays.toString(table.shape()));
        }
        this.table = new Parameter(table);
    }

    /**
     * A fresh grid in memory, entries uniform in (-1e-4, 1e-4).
     *
     * @param options its size
     * @param type FLOAT, or DOUBLE for gradient checks
     * @param seed of the entries
     */
    public static HashGrid create(HashGridOptions options, DataType type, long seed) {
        return new HashGrid(options, HashTable.inMemory(options, type, seed));
    }

    /**
     * A fresh grid whose table lives in a memory-mapped file.
     *
     * @param options its size
     * @param seed of the entries
     * @param file made, or overwritten
     */
    public static HashGrid mapped(HashGridOptions options, long seed, Path file) {
        return new HashGrid(options, HashTable.mapped(options, seed, file));
    }

    /**
     * A grid over given entries.
     *
     * @param options its size
     * @param table entries x F, used as it is
     */
    public static HashGrid of(HashGridOptions options, INDArray table) {
        return new HashGrid(options, table);
    }

    /** The grid's size. */
    public HashGridOptions options() {
        return options;
    }

    /** The trained entries, entries x F. */
    public Parameter table() {
        return table;
    }

    @Override
    public int features() {
        return options.levels() * options.features();
    }

    @Override
    public Tensor encode(Tape tape, Window window) {
        INDArray value = tape.allocate(1, window.height(), window.width(), features());
        boolean fast = runsFast();
        if (fast) {
            kernel().forward(HashTable.floats(table.value()), window, HashTable.floats(value));
        } else {
            reference().forward(table.value(), window, points(value, window));
        }
        Tensor entries = tape.parameter(table);
        return tape.node(value, List.of(entries), gradient -> {
            INDArray sums = tape.allocate(table.value().shape());
            if (fast) {
                kernel().backward(HashTable.floats(gradient), window, HashTable.floats(sums));
            } else {
                reference().backward(points(gradient, window), window, sums);
            }
            entries.accumulate(sums);
        });
    }

    /** The plain loops read the memory of the processor's own float32 arrays; all else takes the reference. */
    private boolean runsFast() {
        return table.value().dataType() == DataType.FLOAT && HostMemory.AVAILABLE;
    }

    private INDArray points(INDArray array, Window window) {
        return array.reshape('c', window.points(), features());
    }

    HashGridKernel kernel() {
        return new HashGridKernel(levels, options.features());
    }

    HashGridReference reference() {
        return new HashGridReference(levels, options.features());
    }

    @Override
    public Map<String, Parameter> parameters() {
        return Map.of("table", table);
    }
}
