package slidefield.nn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.kernels.Kernels;

/**
 * A record of operations in the order they ran, played backwards for gradients, and the owner of the arrays made
 * on the way. One tape is one step: open it, compute, {@link #backward}, let the optimiser step, close it. All
 * its arrays then serve the next tape, so nothing of a tape may be used after it closed.
 */
public final class Tape implements AutoCloseable {
    private final Engine engine;
    private final boolean records;
    private final List<Node> nodes = new ArrayList<>();
    private final Map<Parameter, Tensor> parameters = new IdentityHashMap<>();
    private final Set<INDArray> lent = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<INDArray> adopted = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<Runnable> endings = new ArrayList<>();
    private long multiplyAdds;
    private boolean played;
    private boolean closed;

    private record Node(Tensor output, Consumer<INDArray> backward) {}

    Tape(Engine engine, boolean records) {
        this.engine = engine;
        this.records = records;
    }

    /** @return the engine that opened this tape */
    public Engine engine() {
        return engine;
    }

    /** @return the engine's arithmetic */
    public Kernels kernels() {
        return engine.kernels();
    }

    /**
     * @param shape of the array
     * @return an array with arbitrary content, row-major, of the engine's type; valid until the tape closes
     */
    public INDArray allocate(long... shape) {
        return allocate(engine.type(), shape);
    }

    /**
     * @param type the engine's type or its image type; another one for notes that are no tensor's value
     * @param shape of the array
     * @return an array with arbitrary content, row-major; valid until the tape closes
     */
    public INDArray allocate(DataType type, long... shape) {
        requireOpen();
        INDArray array = engine.arena().take(type, shape);
        lent.add(array);
        return array;
    }

    /**
     * Gives an array of {@link #allocate} back before the tape closes: for work arrays of custom operations.
     *
     * @param array not used by anybody any more; left alone if it did not come from this tape
     */
    public void recycle(INDArray array) {
        if (!adopted.contains(array) && lent.remove(array)) {
            engine.arena().give(array);
        }
    }

    /**
     * @param value of the engine's type or its image type; stays the caller's and must not change while the tape is open
     * @return a leaf without a gradient
     */
    public Tensor constant(INDArray value) {
        return leaf(dense(value), false);
    }

    /**
     * @param value of the engine's type or its image type; stays the caller's
     * @return a leaf that wants a gradient if the tape records
     */
    public Tensor variable(INDArray value) {
        return leaf(dense(value), records);
    }

    /**
     * @param parameter any
     * @return its leaf, the same one each time; it wants a gradient if trainable and the tape records
     */
    public Tensor parameter(Parameter parameter) {
        parameter.settle();
        return settled(parameter);
    }

    /**
     * @param parameter any
     * @param read the chunks of its array that will be read; the others may be out of date
     * @return its leaf, the same one each time
     */
    public Tensor parameter(Parameter parameter, Chunks read) {
        parameter.value(read);
        return settled(parameter);
    }

    private Tensor settled(Parameter parameter) {
        Tensor known = parameters.get(parameter);
        if (known == null) {
            parameter.gradient(null);
            known = leaf(parameter.array(), records && parameter.trainable());
            parameters.put(parameter, known);
        }
        return known;
    }

    private Tensor leaf(INDArray value, boolean needsGradient) {
        requireOpen();
        requireType(value);
        return new Tensor(this, value, needsGradient);
    }

    /**
     * Adds an operation: the extension point for what this package does not have. The result needs a gradient if
     * the tape records and any input needs one; only then is {@code backward} kept.
     *
     * @param value the result, usually from {@link #allocate}
     * @param inputs the tensors it depends on, all of this tape
     * @param backward gets d loss / d value, an array that is its own to change, to pass on to one input or to
     *     {@link #recycle}; calls {@link Tensor#accumulate} of the inputs that need a gradient
     * @return the result's tensor
     */
    public Tensor node(INDArray value, List<Tensor> inputs, Consumer<INDArray> backward) {
        requireOpen();
        requireType(value);
        boolean needsGradient = false;
        for (Tensor input : inputs) {
            if (input.tape() != this) {
                throw new IllegalArgumentException("an input lives on another tape");
            }
            needsGradient |= input.needsGradient();
        }
        Tensor output = new Tensor(this, value, needsGradient);
        if (needsGradient) {
            nodes.add(new Node(output, backward));
        }
        return output;
    }

    /** Counts what an operation multiplies, each time with an addition. */
    void countMultiplyAdds(long count) {
        multiplyAdds += count;
    }

    /**
     * How much was computed forwards on this tape so far: the multiply-adds of convolutions (padding counts as pixels),
     * matrix products and attention. What papers call FLOPs is mostly this number. Normalisation, activations, pooling and
     * resampling are not in it, nor is {@link #backward}.
     *
     * @return multiplications, each with an addition
     */
    public long multiplyAdds() {
        return multiplyAdds;
    }

    /**
     * Computes the gradient of a loss with respect to every leaf that wants one. Once per tape.
     *
     * @param scalarLoss one element
     * @throws NonFiniteException if the loss is NaN or infinite; no gradient is set
     * @throws IllegalStateException if nothing that the loss depends on wants a gradient, or on a second call
     */
    public void backward(Tensor scalarLoss) {
        requireOpen();
        if (played) {
            throw new IllegalStateException("backward ran on this tape already: record a new one");
        }
        double loss = scalarLoss.scalar();
        if (!Double.isFinite(loss)) {
            throw new NonFiniteException(loss);
        }
        if (scalarLoss.tape() != this || !scalarLoss.needsGradient()) {
            throw new IllegalStateException("the loss depends on nothing on this tape that wants a gradient");
        }
        played = true;
        INDArray one = allocate(scalarLoss.shape());
        kernels().fill(one, 1);
        scalarLoss.accumulate(one);
        for (int i = nodes.size() - 1; i >= 0; i--) {
            INDArray gradient = nodes.get(i).output().takeGradient();
            if (gradient != null) {
                nodes.get(i).backward().accept(gradient);
            }
        }
        parameters.forEach(Parameter::gradientOf);
    }

    /**
     * @param ending run when the tape closes: gives back what lives as long as this step, other than arrays
     */
    public void onClose(Runnable ending) {
        requireOpen();
        endings.add(ending);
    }

    /** Takes all arrays back into the arena; the gradients of parameters are gone. Closing twice does nothing. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        parameters.forEach(Parameter::forget);
        endings.forEach(Runnable::run);
        endings.clear();
        lent.forEach(engine.arena()::give);
        lent.clear();
        adopted.clear();
        nodes.clear();
        parameters.clear();
    }

    /** Marks an array as some tensor's gradient. */
    void adopt(INDArray gradient) {
        requireOpen();
        if (!adopted.add(gradient)) {
            throw new IllegalArgumentException("this array is the gradient of a tensor already: accumulate a copy");
        }
    }

    void disown(INDArray gradient) {
        adopted.remove(gradient);
    }

    /** Whether the elements lie in row-major order without gaps. */
    static boolean isDense(INDArray value) {
        // ND4J's own check takes several leading axes of one element for gaps
        long distance = 1;
        for (int axis = value.rank() - 1; axis >= 0; axis--) {
            if (value.size(axis) != 1 && value.stride(axis) != distance) {
                return false;
            }
            distance *= value.size(axis);
        }
        return value.ordering() == 'c';
    }

    private INDArray dense(INDArray value) {
        if (isDense(value)) {
            return value;
        }
        requireType(value);
        INDArray copy = allocate(value.dataType(), value.shape());
        copy.assign(value);
        return copy;
    }

    private void requireType(INDArray value) {
        if (value.dataType() != engine.type() && value.dataType() != engine.imageType()) {
            String expected = engine.type() + (engine.imageType() == engine.type() ? "" : " or " + engine.imageType());
            throw new IllegalArgumentException(
                    "arrays of " + expected + " are expected on this tape, found " + value.dataType());
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the tape is closed");
        }
    }
}
