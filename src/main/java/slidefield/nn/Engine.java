package slidefield.nn;

import java.util.concurrent.atomic.AtomicBoolean;
import org.nd4j.linalg.api.buffer.DataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slidefield.io.InputException;
import slidefield.nn.kernels.ArrayPool;
import slidefield.nn.kernels.GraphicsCard;
import slidefield.nn.kernels.Kernels;
import slidefield.nn.kernels.Nd4jKernels;
import slidefield.nn.kernels.OneDnnKernels;
import slidefield.nn.kernels.RoundingKernels;

/**
 * Where and in which precision arrays live: kernels that do the arithmetic, and an arena of arrays that its tapes
 * share, one after the other. Holds no randomness. Not thread safe: one engine per thread.
 */
public final class Engine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final AtomicBoolean ANNOUNCED = new AtomicBoolean();

    private final Kernels kernels;
    private final DataType imageType;
    private final ArrayPool arena;

    private Engine(Kernels kernels, DataType imageType) {
        this.kernels = kernels;
        this.imageType = imageType;
        this.arena = new ArrayPool(kernels.type());
    }

    /**
     * @return {@link #preferred(Precision)} in float32
     * @throws slidefield.io.InputException if this build is one for a graphics card and there is none that it can use
     */
    public static Engine preferred() {
        return preferred(Precision.F32);
    }

    /**
     * @param precision of images
     * @return a new engine with the fastest kernels that load here, named once in the log
     * @throws InputException if they do not compute in that precision here
     */
    public static Engine preferred(Precision precision) {
        Engine engine = of(fastest(), precision);
        if (ANNOUNCED.compareAndSet(false, true)) {
            LOG.info("arithmetic by {} kernels in {}", engine.kernels.name(), precision.text());
        }
        return engine;
    }

    /**
     * @param type FLOAT or DOUBLE
     * @return a new engine with the reference kernels
     */
    public static Engine reference(DataType type) {
        return new Engine(new Nd4jKernels(type), type);
    }

    /**
     * @param precision of images
     * @return a new engine in FLOAT with the reference kernels
     */
    public static Engine reference(Precision precision) {
        return precision == Precision.F32
                ? reference(DataType.FLOAT)
                : new Engine(new RoundingKernels(), precision.type());
    }

    /** An engine with the given kernels, or the reason why they cannot. */
    static Engine of(Kernels kernels, Precision precision) {
        if (!kernels.computes(precision.type())) {
            String name = kernels.name();
            kernels.close();
            throw new InputException("the precision " + precision.text()
                    + " needs oneDNN and a processor that multiplies bf16 (AVX-512 BF16, AMX or AVX-VNNI 2); the "
                    + name + " kernels here do not compute in it: take the precision f32");
        }
        return new Engine(kernels, precision.type());
    }

    private static Kernels fastest() {
        if (GraphicsCard.wanted()) {
            GraphicsCard.require();
            return new Nd4jKernels(DataType.FLOAT);
        }
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

    /** @return the type of parameters, their gradients, encodings, targets and losses */
    public DataType type() {
        return kernels.type();
    }

    /** @return the type to compute layers in: that of images between an encoding and a loss, and their gradients */
    public DataType imageType() {
        return imageType;
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
