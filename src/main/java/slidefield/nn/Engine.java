package slidefield.nn;

import java.util.concurrent.atomic.AtomicBoolean;
import org.nd4j.linalg.api.buffer.DataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slidefield.nn.kernels.ArrayPool;
import slidefield.nn.kernels.Kernels;
import slidefield.nn.kernels.Nd4jKernels;
import slidefield.nn.kernels.OneDnnKernels;

/**
 * Where and in which precision arrays live: kernels that do the arithmetic, and an arena of arrays that its tapes
 * share, one after the other. Holds no randomness. Not thread safe: one engine per thread.
 */
public final class Engine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final AtomicBoolean ANNOUNCED = new AtomicBoolean();

    private final Kernels kernels;
    private final ArrayPool arena;

    private Engine(Kernels kernels) {
        this.kernels = kernels;
        this.arena = new ArrayPool(kernels.type());
    }

    /**
     * @return a new engine in FLOAT with the fastest kernels that load here, named once in the log
     */
    public static Engine preferred() {
        Kernels kernels = fastest();
        if (ANNOUNCED.compareAndSet(false, true)) {
            LOG.info("arithmetic by {} kernels in {}", kernels.name(), kernels.type());
        }
        return new Engine(kernels);
    }

    /**
     * @param type FLOAT or DOUBLE
     * @return a new engine with the reference kernels
     */
    public static Engine reference(DataType type) {
        return new Engine(new Nd4jKernels(type));
    }

    private static Kernels fastest() {
        try {
            return new OneDnnKernels();
        } catch (LinkageError | IllegalStateException absent) {
            if (!ANNOUNCED.get()) {
                LOG.info("oneDNN does not load here ({}): the reference is used", absent.getMessage());
            }
            return new Nd4jKernels(DataType.FLOAT);
        }
    }

    /** @return the arithmetic */
    public Kernels kernels() {
        return kernels;
    }

    /** @return the type of every array on this engine's tapes */
    public DataType type() {
        return kernels.type();
    }

    /** @return a tape that records for {@link Tape#backward} */
    public Tape record() {
        return new Tape(this, true);
    }

    /** @return a tape for values only: nothing on it needs a gradient */
    public Tape inference() {
        return new Tape(this, false);
    }

    /** @return bytes that the arena holds, lent to tapes and free */
    public long arenaBytes() {
        return arena.bytes();
    }

    ArrayPool arena() {
        return arena;
    }

    /** Frees the arena's and the kernels' memory, except what an open tape still uses; the engine stays usable. */
    @Override
    public void close() {
        arena.close();
        kernels.close();
    }
}
