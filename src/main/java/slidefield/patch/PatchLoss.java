package slidefield.patch;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.Activations;
import slidefield.nn.Arithmetic;
import slidefield.nn.CrossEntropyDice;
import slidefield.nn.Losses;
import slidefield.nn.Tensor;

/** What a patch network is trained on. */
public enum PatchLoss {
    /** Binary cross entropy, mean over the pixels (Gu et al. 2018, section 3.2). */
    @JsonProperty("bce")
    BCE,
    /** The same plus V-Net's Dice loss over all pixels of a batch: step 2's loss of a field (WSI-INR section 2). */
    @JsonProperty("bce+dice")
    BCE_DICE,
    /** Half of cross entropy and half of Dice, both over lesion and background ({@link CrossEntropyDice#binary}). */
    @JsonProperty("transunet")
    TRANSUNET;

    /**
     * @param logits N x H x W x 1
     * @param target the same shape, 1 where lesion
     * @return the loss
     */
    Tensor of(Tensor logits, INDArray target) {
        return switch (this) {
            case BCE -> Losses.bceWithLogits(logits, target);
            case BCE_DICE -> Arithmetic.add(
                    Losses.bceWithLogits(logits, target), Losses.vNetDice(Activations.sigmoid(logits), target, 1));
            case TRANSUNET -> CrossEntropyDice.binary(logits, target);
        };
    }
}
