package slidefield.nn;

import org.nd4j.linalg.api.ndarray.INDArray;

/** TransUNet's loss (Chen et al. 2021, the authors' code), for a lesion and what is not lesion. */
public final class CrossEntropyDice {
    /** Of the Dice loss, in the authors' code. */
    private static final double SMOOTHING = 1e-5;

    private CrossEntropyDice() {}

    /**
     * Half the cross-entropy plus half the mean Dice loss of both classes, with squares in its denominator. A lesion
     * logit is the difference of two classes' logits, so this is what the authors compute for two classes.
     *
     * @param logits of the lesion, any shape, of the engine's type
     * @param target the same shape, in [0, 1]
     * @return the loss, 0 for a perfect prediction
     */
    public static Tensor binary(Tensor logits, INDArray target) {
        Tape tape = logits.tape();
        Tensor entropy = Losses.bceWithLogits(logits, target);
        Tensor lesion = Losses.vNetDice(Activations.sigmoid(logits), target, SMOOTHING);
        INDArray rest = tape.allocate(target.shape());
        tape.kernels().fill(rest, 1);
        tape.kernels().combine(1, rest, -1, tape.constant(target).value(), rest);
        Tensor background = Losses.vNetDice(Activations.sigmoid(Arithmetic.scale(logits, -1)), rest, SMOOTHING);
        Tensor dice = Arithmetic.scale(Arithmetic.add(lesion, background), 0.25);
        return Arithmetic.add(Arithmetic.scale(entropy, 0.5), dice);
    }
}
