package slidefield.patch;

import java.util.Random;
import slidefield.fit.Check;
import slidefield.fit.Orientation;
import slidefield.fit.StainTransfer;

/**
 * How training patches are varied: the same change for every scale of a patch, and for its label where it moves pixels.
 *
 * @param flips whether patches are mirrored
 * @param quarterTurns whether they are turned
 * @param stain largest relative change of the stain's strength, as a share ({@link StainTransfer#random})
 * @param brightness largest relative change of the light
 */
public record Augmentation(boolean flips, boolean quarterTurns, double stain, double brightness) {
    /** Patches as they are. */
    public static final Augmentation NONE = new Augmentation(false, false, 0, 0);

    private static final double[] SAME = {1, 1, 1};

    public Augmentation {
        Check.below("stain", stain, 0, 1);
        Check.below("brightness", brightness, 0, 1);
    }

    /** How a patch is laid down. */
    Orientation orientation(Random random) {
        return Orientation.random(flips, quarterTurns, random);
    }

    /** How a patch's colours change; null where they stay. */
    StainTransfer colours(Random random) {
        if (stain == 0 && brightness == 0) {
            return null;
        }
        StainTransfer dye = stain == 0 ? new StainTransfer(SAME, new double[3]) : StainTransfer.random(stain, random);
        return brightness == 0 ? dye : dye.underLight(1 + brightness * (2 * random.nextDouble() - 1));
    }
}
