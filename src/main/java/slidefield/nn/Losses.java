package slidefield.nn;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.kernels.Kernels;

/** Losses against a target array and a penalty on parameters, each a scalar of shape [1]. */
public final class Losses {
    private Losses() {}

    /**
     * Mean squared error over all elements.
     *
     * @param prediction any shape
     * @param target the same shape
     * @return mean of (prediction - target)^2
     */
    public static Tensor mse(Tensor prediction, INDArray target) {
        INDArray wanted = target(prediction, target);
        Tape tape = prediction.tape();
        Kernels kernels = tape.kernels();
        INDArray difference = tape.allocate(prediction.shape());
        kernels.combine(1, prediction.value(), -1, wanted, difference);
        double n = wanted.length();
        return Arithmetic.scalar(tape, kernels.dot(difference, difference) / n, prediction, upstream -> {
            kernels.combine(2 * upstream / n, difference, 0, null, difference);
            prediction.accumulate(difference);
        });
    }

    /**
     * Binary cross-entropy of sigmoid(logits), mean over all elements, stable for large logits.
     *
     * @param logits any shape
     * @param target the same shape, in [0, 1]
     * @return mean of max(x, 0) - x t + log(1 + exp(-|x|))
     */
    public static Tensor bceWithLogits(Tensor logits, INDArray target) {
        INDArray wanted = target(logits, target);
        Tape tape = logits.tape();
        Kernels kernels = tape.kernels();
        INDArray gradient = logits.needsGradient() ? tape.allocate(logits.shape()) : null;
        double n = wanted.length();
        double sum = kernels.binaryCrossEntropy(logits.value(), wanted, gradient);
        return Arithmetic.scalar(tape, sum / n, logits, upstream -> {
            kernels.combine(upstream / n, gradient, 0, null, gradient);
            logits.accumulate(gradient);
        });
    }

    /**
     * Cross-entropy of the softmax of logits, mean over the rows, stable for large logits.
     *
     * @param logits N x C, of the engine's type
     * @param classes of each row, from 0 and below C
     * @return mean of log(sum_c exp(x_c)) - x of the row's class
     * @throws IllegalArgumentException if there is not one class a row, or one is out of range
     */
    public static Tensor crossEntropy(Tensor logits, int[] classes) {
        Shapes.require(
                logits.shape().length == 2 && logits.size(0) == classes.length,
                "logits of " + classes.length + " rows",
                logits.shape());
        Tape tape = logits.tape();
        int width = Math.toIntExact(logits.size(1));
        double[] x = logits.value()
                .reshape('c', new long[] {logits.value().length()})
                .toDoubleVector();
        double sum = 0;
        for (int i = 0; i < classes.length; i++) {
            if (classes[i] < 0 || classes[i] >= width) {
                throw new IllegalArgumentException(
                        "expected classes from 0 to " + (width - 1) + ", found " + classes[i]);
            }
            double most = Double.NEGATIVE_INFINITY;
            for (int c = 0; c < width; c++) {
                most = Math.max(most, x[i * width + c]);
            }
            double weights = 0;
            for (int c = 0; c < width; c++) {
                weights += Math.exp(x[i * width + c] - most);
            }
            sum += most + Math.log(weights) - x[i * width + classes[i]];
        }
        double count = classes.length;
        return Arithmetic.scalar(tape, sum / count, logits, upstream -> {
            INDArray gradient = tape.allocate(logits.shape());
            tape.kernels().transformer().softmax(logits.value(), gradient);
            INDArray wanted = tape.allocate(logits.shape());
            markClasses(tape, classes, wanted);
            tape.kernels().combine(upstream / count, gradient, -upstream / count, wanted, gradient);
            tape.recycle(wanted);
            logits.accumulate(gradient);
        });
    }

    /** 1 at every row's class, 0 elsewhere. */
    private static void markClasses(Tape tape, int[] classes, INDArray into) {
        tape.kernels().fill(into, 0);
        int width = Math.toIntExact(into.size(1));
        FloatBuffer floats = HostMemory.holds(into) ? HostMemory.floats(into) : null;
        for (int i = 0; i < classes.length; i++) {
            if (floats != null) {
                floats.put(i * width + classes[i], 1);
            } else {
                into.putScalar(i, classes[i], 1);
            }
        }
    }

    /**
     * {@link #vNetDice(Tensor, INDArray, double)} with a smoothing of 1.
     *
     * @param probability any shape, in [0, 1]
     * @param target the same shape, in [0, 1]
     * @return the loss
     */
    public static Tensor vNetDice(Tensor probability, INDArray target) {
        return vNetDice(probability, target, 1);
    }

    /**
     * V-Net's Dice loss (Milletari et al. 2016, sec. 3), over all elements at once:
     * 1 - (2 sum(p g) + eps) / (sum(p^2) + sum(g^2) + eps).
     *
     * @param probability p, any shape, in [0, 1]
     * @param target g, the same shape, in [0, 1]
     * @param smoothing eps, positive; makes an empty prediction of an empty target perfect
     * @return the loss, 0 for a perfect prediction
     */
    public static Tensor vNetDice(Tensor probability, INDArray target, double smoothing) {
        if (!(smoothing > 0) || Double.isInfinite(smoothing)) {
            throw new IllegalArgumentException("Dice: smoothing must be positive, found " + smoothing);
        }
        INDArray wanted = target(probability, target);
        Tape tape = probability.tape();
        Kernels kernels = tape.kernels();
        INDArray p = probability.value();
        double above = 2 * kernels.dot(p, wanted) + smoothing;
        double below = kernels.dot(p, p) + kernels.dot(wanted, wanted) + smoothing;
        return Arithmetic.scalar(tape, 1 - above / below, probability, upstream -> {
            INDArray gradient = tape.allocate(probability.shape());
            kernels.combine(2 * upstream * above / (below * below), p, -2 * upstream / below, wanted, gradient);
            probability.accumulate(gradient);
        });
    }

    /**
     * The sum of all squared values, R(W) = ||W||^2 of MRN (Gu et al. 2018, eq. 1). Its gradient is 2 W, so that
     * {@code lambda / 2} times it does to parameters what Adam's weight decay of lambda does (not decoupled), which costs
     * less where the value itself is not wanted.
     *
     * @param tape to compute on
     * @param parameters at least one
     * @return the sum
     */
    public static Tensor squaredNorm(Tape tape, Collection<Parameter> parameters) {
        Kernels kernels = tape.kernels();
        List<Tensor> leaves = parameters.stream().map(tape::parameter).toList();
        INDArray sum = tape.allocate(1);
        kernels.fill(
                sum,
                leaves.stream()
                        .mapToDouble(leaf -> kernels.dot(leaf.value(), leaf.value()))
                        .sum());
        return tape.node(sum, leaves, g -> {
            double upstream = g.getDouble(0);
            tape.recycle(g);
            for (Tensor leaf : leaves) {
                if (leaf.needsGradient()) {
                    INDArray gradient = tape.allocate(leaf.shape());
                    kernels.combine(2 * upstream, leaf.value(), 0, null, gradient);
                    leaf.accumulate(gradient);
                }
            }
        });
    }

    private static INDArray target(Tensor prediction, INDArray target) {
        Shapes.require(
                Arrays.equals(prediction.shape(), target.shape()),
                "a target of " + Shapes.text(prediction.shape()),
                target.shape());
        Arithmetic.requireType(prediction.tape().engine().type(), prediction);
        return prediction.tape().constant(target).value();
    }
}
