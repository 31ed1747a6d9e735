package slidefield.nn;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.LongRun;

/**
 * The one gradient check that every differentiable operation and module of every package goes through: in DOUBLE,
 * each gradient element against central differences. A result with several elements is first weighted with fixed
 * random numbers and summed.
 */
public final class GradientCheck {
    /** Largest accepted difference, relative to the larger of the two and to at least {@link #FLOOR}. */
    public static final double TOLERANCE = 1e-5;

    private static final double FLOOR = 1e-3;
    /** How far a value is moved to both sides. */
    static final double STEP = 1e-5;

    /**
     * What is tried in turn where an element differs: a smaller step crosses fewer kinks of ReLUs, which bend a difference
     * without there being anything wrong, and rounds more. A wrong gradient differs with all of them.
     */
    private static final double[] STEPS = {STEP, STEP / 10, STEP / 100};

    /** Arrays of so many elements are checked whole. */
    private static final int SMALL_ARRAY = LongRun.count(1000, 40);

    /** Of larger ones so many, drawn by the seed. */
    private static final int DRAWN = LongRun.count(1000, 16);

    private GradientCheck() {}

    /** What is checked: a tensor from leaves, which may also read parameters. */
    @FunctionalInterface
    public interface Function {
        /**
         * @param tape to compute on
         * @param leaves by the names of {@link Subject#leaves}
         * @return any shape
         */
        Tensor apply(Tape tape, Map<String, Tensor> leaves);
    }

    /**
     * A function with the values to check it at.
     *
     * @param leaves arrays of the type of {@link Build}'s init by name
     * @param parameters read by the function, by name
     * @param function what is checked
     */
    public record Subject(Map<String, INDArray> leaves, Map<String, Parameter> parameters, Function function) {}

    /** Makes a subject whose values come from a seed. */
    @FunctionalInterface
    public interface Build {
        /**
         * @param init values from the seed, DOUBLE for gradients, FLOAT for {@link AgreementCheck}
         * @return what to check
         */
        Subject build(Init init);
    }

    /**
     * @param covers the operation ("Losses.mse") or module class ("Conv2d") that this case stands for
     * @param name unique
     * @param build makes what is checked
     */
    public record Case(String covers, String name, Build build) {
        @Override
        public String toString() {
            return covers + ": " + name;
        }
    }

    /** The largest relative difference found, and where. */
    public record Worst(double difference, String where) {}

    /**
     * @param checked the case
     * @param seed of all its values
     * @throws AssertionError naming the worst element and the seed
     */
    public static void check(Case checked, long seed) {
        Worst worst = worst(checked, seed);
        if (!(worst.difference() <= TOLERANCE)) {
            throw new AssertionError(checked + " (seed " + seed + "): relative difference " + worst.difference()
                    + " at " + worst.where());
        }
    }

    /**
     * @param checked the case
     * @param seed of all its values
     * @return the largest difference between the tape's gradients and central differences, each element with the step that
     *     suits it best
     */
    public static Worst worst(Case checked, long seed) {
        return worst(checked, seed, STEPS);
    }

    /**
     * @param checked the case
     * @param seed of all its values
     * @param steps how far a value is moved to both sides; the next is tried where an element differs with the one before
     * @return the largest difference between the tape's gradients and central differences
     */
    public static Worst worst(Case checked, long seed, double... steps) {
        Subject subject = checked.build().build(new Init(DataType.DOUBLE, seed));
        Map<String, INDArray> places = new LinkedHashMap<>(subject.leaves());
        subject.parameters().forEach((name, parameter) -> places.put("parameter " + name, parameter.value()));
        try (Engine engine = Engine.reference(DataType.DOUBLE)) {
            Map<String, double[]> gradients = gradients(engine, subject, seed);
            Random random = new Random(seed);
            Worst worst = new Worst(0, "nowhere");
            for (Map.Entry<String, INDArray> place : places.entrySet()) {
                INDArray values = place.getValue()
                        .reshape('c', new long[] {place.getValue().length()});
                double[] gradient = gradients.get(place.getKey());
                int count = values.length() <= SMALL_ARRAY ? (int) values.length() : DRAWN;
                for (int k = 0; k < count; k++) {
                    int i = count == values.length() ? k : random.nextInt((int) values.length());
                    String where = place.getKey() + "[" + i + "]";
                    Worst found = new Worst(Double.POSITIVE_INFINITY, where);
                    for (int s = 0; s < steps.length && !(found.difference() <= TOLERANCE); s++) {
                        double numeric = slope(engine, subject, seed, values, i, steps[s]);
                        found = lesser(found, difference(where, gradient[i], numeric));
                    }
                    if (!(found.difference() <= worst.difference())) {
                        worst = found;
                    }
                }
            }
            return worst;
        }
    }

    private static Worst difference(String where, double tape, double numeric) {
        double scale = Math.max(FLOOR, Math.max(Math.abs(numeric), Math.abs(tape)));
        return new Worst(Math.abs(numeric - tape) / scale, where + ": tape " + tape + ", differences " + numeric);
    }

    /** One that is no number counts as more than any other. */
    private static Worst lesser(Worst one, Worst other) {
        return other.difference() <= one.difference() || Double.isNaN(one.difference()) ? other : one;
    }

    private static Map<String, double[]> gradients(Engine engine, Subject subject, long seed) {
        Map<String, double[]> gradients = new LinkedHashMap<>();
        try (Tape tape = engine.record()) {
            Map<String, Tensor> leaves = variables(tape, subject);
            tape.backward(scalar(tape, subject, leaves, seed));
            leaves.forEach((name, leaf) -> gradients.put(name, copy(name, leaf.gradient())));
            subject.parameters()
                    .forEach((name, parameter) -> gradients.put("parameter " + name, copy(name, parameter.gradient())));
        }
        return gradients;
    }

    private static double[] copy(String name, INDArray gradient) {
        if (gradient == null) {
            throw new AssertionError("no gradient reached " + name);
        }
        return gradient.reshape('c', new long[] {gradient.length()}).toDoubleVector();
    }

    private static double slope(Engine engine, Subject subject, long seed, INDArray values, int i, double step) {
        double middle = values.getDouble(i);
        values.putScalar(i, middle + step);
        double above = value(engine, subject, seed);
        values.putScalar(i, middle - step);
        double below = value(engine, subject, seed);
        values.putScalar(i, middle);
        return (above - below) / (2 * step);
    }

    private static double value(Engine engine, Subject subject, long seed) {
        try (Tape tape = engine.inference()) {
            return scalar(tape, subject, variables(tape, subject), seed).scalar();
        }
    }

    private static Map<String, Tensor> variables(Tape tape, Subject subject) {
        Map<String, Tensor> leaves = new LinkedHashMap<>();
        subject.leaves().forEach((name, value) -> leaves.put(name, tape.variable(value)));
        return leaves;
    }

    private static Tensor scalar(Tape tape, Subject subject, Map<String, Tensor> leaves, long seed) {
        return weighted(subject.function().apply(tape, leaves), seed);
    }

    /** The sum of a result's elements times random numbers from a seed; a single element is left as it is. */
    static Tensor weighted(Tensor result, long seed) {
        if (result.value().length() == 1) {
            return result;
        }
        Tape tape = result.tape();
        INDArray weights = new Init(tape.engine().type(), seed + 1).uniform(1, result.shape());
        return Arithmetic.sum(Arithmetic.multiply(result, tape.constant(weights)));
    }
}
