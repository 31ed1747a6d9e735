package slidefield.swipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import slidefield.fit.Check;

/**
 * What SwIPE is trained on, see {@link SwipeLoss}. The paper and the released code differ in the form of the Dice loss, in how
 * the loss under overreach comes in, and in what is kept small.
 *
 * @param dice form of the Dice loss
 * @param alpha weight of the patch decoder's loss, the rest being the image decoder's; 0.5 in both
 * @param overreach how the loss under stochastic patch overreach comes in
 * @param beta its weight: 0.1 in both
 * @param penalty what is kept small
 * @param lambda weight of that: 1e-4 in the paper, 1e-5 in the code
 */
public record SwipeLossOptions(
        OccupancyLoss.Dice dice, double alpha, Overreach overreach, double beta, Penalty penalty, double lambda) {
    /** How the loss under stochastic patch overreach joins the patch decoder's. */
    public enum Overreach {
        /** Beside all others: + beta L_SPO (the paper). */
        @JsonProperty("added")
        ADDED,
        /** As a share of the patch decoder's: alpha ((1 - beta) L_occ(P) + beta L_SPO) (the code). */
        @JsonProperty("shared")
        SHARED
    }

    /** What the last term is of. */
    public enum Penalty {
        /** The embeddings: |z^P|^2 of each point's patch, mean over the points, + |z^I|^2, mean over the images (the paper). */
        @JsonProperty("embeddings")
        EMBEDDINGS,
        /** The logits of both decoders: the sum of their squares over all points (the code). */
        @JsonProperty("logits")
        LOGITS
    }

    /** @throws IllegalArgumentException if a weight is out of range or a choice is missing */
    public SwipeLossOptions {
        Check.share("alpha", alpha);
        Check.share("beta", beta);
        Check.atLeast("lambda", lambda, 0);
        if (dice == null || overreach == null || penalty == null) {
            throw new IllegalArgumentException("dice must be squared or counted, overreach added or shared, penalty"
                    + " embeddings or logits; found " + dice + ", " + overreach + ", " + penalty);
        }
    }

    /** Sections 2.3 and 3.1: L = L_PI + 0.1 L_SPO + 1e-4 (|z^P|^2 + |z^I|^2), Dice with squares. */
    public static SwipeLossOptions paper() {
        return new SwipeLossOptions(OccupancyLoss.Dice.SQUARED, 0.5, Overreach.ADDED, 0.1, Penalty.EMBEDDINGS, 1e-4);
    }

    /** The authors' code: 0.5 (0.9 L_occ(P) + 0.1 L_SPO) + 0.5 L_occ(I) + 1e-5 (sum of squared logits). */
    public static SwipeLossOptions released() {
        return new SwipeLossOptions(OccupancyLoss.Dice.COUNTED, 0.5, Overreach.SHARED, 0.1, Penalty.LOGITS, 1e-5);
    }
}
