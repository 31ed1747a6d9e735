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
    private final Map<String, Module> children = new LinkedHashMap<>();

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
        if (name.isEmpty() || name.contains(".") || own.containsKey(name) || children.containsKey(name)) {
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

    /** @return the live arrays of all parameters by dotted name, as {@link SafeTensors#write} takes them */
    public final Map<String, INDArray> values() {
        Map<String, INDArray> values = new LinkedHashMap<>();
        parameters().forEach((name, parameter) -> values.put(name, parameter.value()));
        return values;
    }

    /**
     * Copies values into the parameters; all are checked before the first is changed.
     *
     * @param values one array per parameter, by dotted name, of the same shape; converted to the parameter's type
     * @throws InputException if a name is missing or unknown or a shape differs
     */
    public final void load(Map<String, INDArray> values) {
        Map<String, Parameter> all = parameters();
        for (String name : values.keySet()) {
            if (!all.containsKey(name)) {
                throw new InputException("expected the parameters " + all.keySet() + ", found the unknown \"" + name
                        + "\": the file belongs to another network");
            }
        }
        all.forEach((name, parameter) -> {
            INDArray value = values.get(name);
            if (value == null) {
                throw new InputException(
                        "expected the parameter \"" + name + "\", found none: the file belongs to another network");
            }
            if (!Arrays.equals(value.shape(), parameter.value().shape())) {
                throw new InputException(
                        "expected " + Shapes.text(parameter.value().shape()) + " for the parameter \"" + name
                                + "\", found " + Shapes.text(value.shape()) + ": the file belongs to another network");
            }
        });
        all.forEach((name, parameter) -> parameter.value().assign(values.get(name)));
    }
}
