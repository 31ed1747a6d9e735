package slidefield.field;

import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.HostMemory;
import slidefield.nn.Parameter;
import slidefield.nn.Storage;
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
    private final Parameter table;

    private final HashGridKernel kernel;

    /** The plain loops read the memory of the processor's own float32 arrays; all else takes the reference. */
    private final boolean fast;

    private HashGrid(HashGridOptions options, INDArray table, HashGridKernel kernel) {
        this.options = options;
        this.kernel = kernel;
        this.table = new Parameter(table);
        this.fast = HostMemory.holds(table);
    }

    /**
     * A fresh grid in memory, entries uniform in (-1e-4, 1e-4).
     *
     * @param options its size
     * @param type FLOAT, or DOUBLE for gradient checks
     * @param seed of the entries
     */
    public static HashGrid create(HashGridOptions options, DataType type, long seed) {
        return create(options, type, seed, Storage.MEMORY, new HashGridKernel(options));
    }

    /** A fresh grid that shares the kernel, and with it the room for a step's work, with other slides' grids. */
    static HashGrid create(HashGridOptions options, DataType type, long seed, Storage storage, HashGridKernel kernel) {
        return new HashGrid(options, HashTable.create(options, type, seed, storage), kernel);
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
        return fast ? encodeFast(tape, window, value) : encodePlainly(tape, window, value);
    }

    private Tensor encodePlainly(Tape tape, Window window, INDArray value) {
        reference().forward(table.value(), window, points(value, window));
        Tensor entries = tape.parameter(table);
        return tape.node(value, List.of(entries), gradient -> {
            INDArray sums = tape.allocate(table.value().shape());
            reference().backward(points(gradient, window), window, sums);
            entries.accumulate(sums);
        });
    }

    private Tensor encodeFast(Tape tape, Window window, INDArray value) {
        GridPlan plan = kernel.plan(window);
        tape.onClose(() -> kernel.give(plan));
        boolean matters = table.trainable() || table.isBehind();
        Tensor entries = tape.parameter(table, matters ? plan.touch() : plan.chunks());
        kernel.forward(HostMemory.floats(entries.value()), plan, HostMemory.floats(value));
        return tape.node(value, List.of(entries), gradient -> {
            entries.accumulate(kernel.backward(HostMemory.floats(gradient), plan));
            tape.recycle(gradient);
        });
    }

    private INDArray points(INDArray array, Window window) {
        return array.reshape('c', window.points(), features());
    }

    HashGridKernel kernel() {
        return kernel;
    }

    HashGridReference reference() {
        return new HashGridReference(options.plan(), options.features());
    }

    @Override
    public Map<String, Parameter> parameters() {
        return Map.of("table", table);
    }
}
