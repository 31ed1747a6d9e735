package slidefield.nn;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.io.InputException;

/**
 * A part of a network: a function of one tensor with named parameters and named parts. Constructors register both
 * through {@link #parameter} and {@link #child}; the names, joined with dots ("cnn.0.weight"), are those in
 * checkpoints.
 */
public abstract class Module {
    private final Map<String, Parameter> own = new LinkedHashMap<>();
    private final Map<String, INDArray> buffers = new LinkedHashMap<>();
    private final Map<String, Module> children = new LinkedHashMap<>();
    private boolean training = true;

    /**
     * @param x input, on the tape that the result will be on
     * @return the result
     * @throws IllegalArgumentException if the shape of x does not fit
     */
    public abstract Tensor forward(Tensor x);

    /**
     * Registers a parameter of this module itself.
     *
     * @param name unique in this module, without dots
     * @param value initial value, owned by the parameter from now on
     * @return the parameter
     */
    protected final Parameter parameter(String name, INDArray value) {
        requireFree(name);
        Parameter parameter = new Parameter(value);
        own.put(name, parameter);
        return parameter;
    }

    /**
     * Registers an array that belongs to this module and is saved with it, but is not learnt: a running statistic.
     *
     * @param name unique in this module, without dots
     * @param value initial value, changed in place by the module
     * @return the array
     */
    protected final INDArray buffer(String name, INDArray value) {
        requireFree(name);
        buffers.put(name, value);
        return value;
    }

    /**
     * Registers a part.
     *
     * @param name unique in this module, without dots
     * @param module the part
     * @param <M> its class
     * @return the part
     */
    protected final <M extends Module> M child(String name, M module) {
        requireFree(name);
        children.put(name, module);
        return module;
    }

    private void requireFree(String name) {
        if (name.isEmpty()
                || name.contains(".")
                || own.containsKey(name)
                || buffers.containsKey(name)
                || children.containsKey(name)) {
            throw new IllegalArgumentException("a new name without dots is expected, found \"" + name + "\"");
        }
    }

    /** @return every parameter of this module and its parts by its dotted name, in the order of registration */
    public final Map<String, Parameter> parameters() {
        Map<String, Parameter> all = new LinkedHashMap<>();
        collect("", all);
        return all;
    }

    private void collect(String prefix, Map<String, Parameter> all) {
        own.forEach((name, parameter) -> all.put(prefix + name, parameter));
        children.forEach((name, module) -> module.collect(prefix + name + ".", all));
    }

    /**
     * What a penalty on large weights is meant for: the weights of convolutions and products, but no biases and nothing of
     * a normalisation.
     *
     * @return the {@link #parameters()} of more than one axis
     */
    public final Map<String, Parameter> weights() {
        Map<String, Parameter> weights = parameters();
        weights.values().removeIf(parameter -> parameter.array().rank() < 2);
        return weights;
    }

    /** @return the number of values in all parameters */
    public final long parameterCount() {
        return parameters().values().stream()
                .mapToLong(parameter -> parameter.value().length())
                .sum();
    }

    /**
     * @param on false freezes every parameter of this module and its parts, true thaws them
     */
    public final void trainable(boolean on) {
        parameters().values().forEach(parameter -> parameter.trainable(on));
    }

    /**
     * Layers that behave differently while they learn (batch normalisation, dropout) ask {@link #training()}. New
     * modules are in training.
     *
     * @param on true before training steps, false before validation and inference; for this module and its parts
     */
    public final void training(boolean on) {
        training = on;
        children.values().forEach(module -> module.training(on));
    }

    /** @return whether this module is in training */
    public final boolean training() {
        return training;
    }

    /**
     * @return the live arrays of all parameters and then all buffers by dotted name, as {@link SafeTensors#write} takes
     *     them
     */
    public final Map<String, INDArray> values() {
        Map<String, INDArray> values = new LinkedHashMap<>();
        parameters().forEach((name, parameter) -> values.put(name, parameter.value()));
        collectBuffers("", values);
        return values;
    }

    private void collectBuffers(String prefix, Map<String, INDArray> all) {
        buffers.forEach((name, buffer) -> all.put(prefix + name, buffer));
        children.forEach((name, module) -> module.collectBuffers(prefix + name + ".", all));
    }

    /**
     * Copies values into the parameters and buffers; all are checked before the first is changed.
     *
     * @param values one array per parameter and buffer, by dotted name, of the same shape; converted to its type
     * @throws InputException if a name is missing or unknown or a shape differs
     */
    public final void load(Map<String, INDArray> values) {
        Map<String, INDArray> all = values();
        for (String name : values.keySet()) {
            if (!all.containsKey(name)) {
                throw new InputException("expected the parameters " + all.keySet() + ", found the unknown \"" + name
                        + "\": the file belongs to another network");
            }
        }
        all.forEach((name, own) -> {
            INDArray value = values.get(name);
            if (value == null) {
                throw new InputException(
                        "expected the parameter \"" + name + "\", found none: the file belongs to another network");
            }
            if (!Arrays.equals(value.shape(), own.shape())) {
                throw new InputException("expected " + Shapes.text(own.shape()) + " for the parameter \"" + name
                        + "\", found " + Shapes.text(value.shape()) + ": the file belongs to another network");
            }
        });
        all.forEach((name, own) -> own.assign(values.get(name)));
    }
}
