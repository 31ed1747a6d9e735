package slidefield.swipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.fit.Targets;
import slidefield.nn.Activations;
import slidefield.nn.Arithmetic;
import slidefield.nn.Losses;
import slidefield.nn.Shapes;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;
import slidefield.nn.kernels.Kernels;

/**
 * L_occ, SwIPE's loss of points (section 2.3): half cross-entropy and half Dice. With one logit the occupancy is its
 * sigmoid and the target is foreground or background; with more it is their softmax over the classes, background among
 * them, and the Dice loss is the mean over the classes. Both parts are over all points at once.
 */
public final class OccupancyLoss {
    private static final double SMOOTHING = 1;

    private OccupancyLoss() {}

    /** The Dice loss's two forms. */
    public enum Dice {
        /** 1 - (2 sum(o p) + 1) / (sum(o^2) + sum(p^2) + 1): the paper's formula, with squares. */
        @JsonProperty("squared")
        SQUARED,
        /** 1 - (2 tp + 1) / (2 tp + fp + fn + 1), soft counts: the released code's, without squares. */
        @JsonProperty("counted")
        COUNTED
    }

    /**
     * The loss of predicted occupancies.
     *
     * @param points their logits, points x C: one column for foreground, or one per class with background first
     * @param classes the class of each point: 0 or 1 for one column, otherwise below C
     * @param dice which form
     * @return 0.5 CE + 0.5 Dice, a scalar
     * @throws IllegalArgumentException if shapes or class numbers do not fit
     */
    public static Tensor of(Tensor points, int[] classes, Dice dice) {
        requirePoints(points, classes);
        Tensor logits = Arithmetic.cast(points, points.tape().engine().type());
        Tensor entropy;
        Tensor overlap;
        if (logits.size(1) == 1) {
            INDArray target = indicator(logits, classes, 1);
            entropy = Losses.bceWithLogits(logits, target);
            overlap = dice(Activations.sigmoid(logits), target, dice);
        } else {
            entropy = Losses.crossEntropy(logits, classes);
            overlap = meanDice(Activations.softmax(logits), classes, dice);
        }
        return Arithmetic.scale(Arithmetic.add(entropy, overlap), 0.5);
    }

    private static Tensor meanDice(Tensor probability, int[] classes, Dice dice) {
        int count = (int) probability.size(1);
        Tensor sum = null;
        for (int c = 0; c < count; c++) {
            INDArray target = indicator(probability, classes, c);
            Tensor one = dice(Shapes.channels(probability, c, c + 1), target, dice);
            sum = sum == null ? one : Arithmetic.add(sum, one);
        }
        return Arithmetic.scale(sum, 1.0 / count);
    }

    private static Tensor dice(Tensor probability, INDArray target, Dice dice) {
        return dice == Dice.SQUARED
                ? Losses.vNetDice(probability, target, SMOOTHING)
                : softDice(probability, target, SMOOTHING);
    }

    /**
     * Dice of soft counts: 1 - (2 sum(p g) + eps) / (sum(p) + sum(g) + eps), which is 1 - (2 tp + eps) / (2 tp + fp + fn
     * + eps) with tp = sum(p g), fp = sum(p (1 - g)) and fn = sum((1 - p) g).
     *
     * @param probability p, any shape, in [0, 1]
     * @param target g, the same shape, in [0, 1]
     * @param smoothing eps, positive
     * @return the loss, 0 for a perfect prediction
     */
    static Tensor softDice(Tensor probability, INDArray target, double smoothing) {
        Tape tape = probability.tape();
        Kernels kernels = tape.kernels();
        INDArray p = probability.value();
        double above = 2 * kernels.dot(p, target) + smoothing;
        double below = kernels.sum(p) + kernels.sum(target) + smoothing;
        INDArray loss = tape.allocate(1);
        kernels.fill(loss, 1 - above / below);
        return tape.node(loss, List.of(probability), g -> {
            double upstream = g.getDouble(0);
            tape.recycle(g);
            INDArray gradient = tape.allocate(p.shape());
            kernels.fill(gradient, 1);
            kernels.combine(upstream * above / (below * below), gradient, -2 * upstream / below, target, gradient);
            probability.accumulate(gradient);
        });
    }

    /** 1 where a point is of the class, points x 1. */
    private static INDArray indicator(Tensor like, int[] classes, int ofClass) {
        float[] values = new float[classes.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = classes[i] == ofClass ? 1 : 0;
        }
        return Targets.array(like.tape(), values, classes.length, 1);
    }

    private static void requirePoints(Tensor logits, int[] classes) {
        if (logits.shape().length != 2 || logits.size(0) != classes.length) {
            throw new IllegalArgumentException("expected logits of " + classes.length + " points x classes, found "
                    + Arrays.toString(logits.shape()));
        }
        long known = Math.max(2, logits.size(1));
        for (int c : classes) {
            if (c < 0 || c >= known) {
                throw new IllegalArgumentException("expected classes from 0 to " + (known - 1) + ", found " + c);
            }
        }
    }
}
