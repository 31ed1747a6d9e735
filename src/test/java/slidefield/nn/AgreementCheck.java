package slidefield.nn;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.GradientCheck.Case;
import slidefield.nn.GradientCheck.Subject;
import slidefield.nn.GradientCheck.Worst;

/**
 * The check that every case of {@link GradientCheck} also goes through: what the fast kernels compute of it, its value
 * and all its gradients, is what the reference computes. In float32 the reference is that in DOUBLE, so that fast paths
 * which both kernels share are compared too; in bf16 it is the reference that rounds.
 */
public final class AgreementCheck implements AutoCloseable {
    /** Leaves that are weights, not images: they stay in float32. */
    private static final Set<String> WEIGHTS = Set.of("w", "bias");

    /** Classes whose operations take float32 alone: an image is cast before them. */
    private static final Set<String> FLOAT32_ONLY = Set.of("Losses", "CrossEntropyDice", "PatchLoss");

    /** A gradient this much smaller than the largest of its pass is nothing but rounding. */
    private static final double FLOOR = 0.1;

    private final Precision precision;
    private final Engine fast;
    private final Engine reference;

    /**
     * @param precision of the images
     * @throws slidefield.io.InputException if no fast kernels compute in that precision here
     */
    public AgreementCheck(Precision precision) {
        this(precision, Engine.preferred(precision));
    }

    /** Checks other kernels than the fast ones. */
    AgreementCheck(Precision precision, Engine fast) {
        this.precision = precision;
        this.fast = fast;
        this.reference = precision == Precision.F32 ? Engine.reference(DataType.DOUBLE) : Engine.reference(precision);
    }

    @Override
    public void close() {
        fast.close();
        reference.close();
    }

    /** The largest accepted distance of an array from the reference's, as a share of the reference's length. */
    public double tolerance() {
        return precision == Precision.F32 ? 1e-5 : 2e-2;
    }

    /**
     * @param checked the case
     * @param seed of all its values
     * @throws AssertionError naming the worst array and the seed
     */
    public void check(Case checked, long seed) {
        Worst worst = worst(checked, seed);
        if (!(worst.difference() <= tolerance()) && !(worst.difference() <= 2 * rounding(checked, seed))) {
            throw new AssertionError(checked + " in " + precision.text() + " (seed " + seed + "): distance "
                    + worst.difference() + " at " + worst.where());
        }
    }

    /** What float32 itself loses in a deep network: the distance of the reference in float32 from that in DOUBLE. */
    private double rounding(Case checked, long seed) {
        if (precision != Precision.F32) {
            return 0;
        }
        try (Engine engine = Engine.reference(DataType.FLOAT)) {
            return worst(checked, seed, engine).difference();
        }
    }

    /**
     * @param checked the case
     * @param seed of all its values
     * @return the largest distance of an array from the reference's, over the reference's length
     */
    Worst worst(Case checked, long seed) {
        return worst(checked, seed, fast);
    }

    private Worst worst(Case checked, long seed, Engine other) {
        Map<String, double[]> found = pass(checked, other, seed);
        Map<String, double[]> expected = pass(checked, reference, seed);
        double largest = expected.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("gradient"))
                .mapToDouble(entry -> size(entry.getValue()))
                .max()
                .orElseThrow();
        Worst worst = new Worst(0, "nowhere");
        for (Map.Entry<String, double[]> entry : expected.entrySet()) {
            double[] exact = entry.getValue();
            double scale = Math.max(size(exact), FLOOR * largest);
            double distance = size(difference(exact, found.get(entry.getKey()))) / scale;
            if (!(distance <= worst.difference())) {
                worst = new Worst(distance, entry.getKey());
            }
        }
        return worst;
    }

    /** The result and every gradient of one pass, by name. */
    private static Map<String, double[]> pass(Case checked, Engine engine, long seed) {
        Subject subject = checked.build().build(new Init(engine.type(), seed));
        boolean images = !FLOAT32_ONLY.contains(checked.covers().replaceFirst("\\..*", ""));
        Map<String, double[]> arrays = new LinkedHashMap<>();
        try (Tape tape = engine.record()) {
            Map<String, Tensor> leaves = new LinkedHashMap<>();
            subject.leaves().forEach((name, value) -> leaves.put(name, tape.variable(value)));
            Map<String, Tensor> given = new LinkedHashMap<>();
            leaves.forEach((name, leaf) -> given.put(
                    name, images && !WEIGHTS.contains(name) ? Arithmetic.cast(leaf, engine.imageType()) : leaf));
            Tensor result = Arithmetic.cast(subject.function().apply(tape, given), engine.type());
            arrays.put("result", doubles(result.value()));
            tape.backward(GradientCheck.weighted(result, seed));
            leaves.forEach((name, leaf) -> arrays.put("gradient of " + name, doubles(leaf.gradient())));
            subject.parameters()
                    .forEach((name, p) -> arrays.put("gradient of parameter " + name, doubles(p.gradient())));
        }
        return arrays;
    }

    private static double[] doubles(INDArray array) {
        return array.reshape('c', new long[] {array.length()})
                .castTo(DataType.DOUBLE)
                .toDoubleVector();
    }

    private static double[] difference(double[] a, double[] b) {
        double[] difference = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            difference[i] = a[i] - b[i];
        }
        return difference;
    }

    /** The root of the mean square. */
    private static double size(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value * value;
        }
        return Math.sqrt(sum / values.length);
    }
}
