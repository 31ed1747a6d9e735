package slidefield.swipe;

import slidefield.fit.Check;

/**
 * What a rival is trained on, see {@link RivalLoss}.
 *
 * @param dice form of the Dice loss
 * @param coarse weight of the coarse segmentation's loss, of networks that have one; 0.1 in OSS-Net
 */
public record RivalLossOptions(OccupancyLoss.Dice dice, double coarse) {
    /** @throws IllegalArgumentException if the weight is out of range or the form is missing */
    public RivalLossOptions {
        Check.share("coarse", coarse);
        if (dice == null) {
            throw new IllegalArgumentException("dice must be squared or counted");
        }
    }
}
