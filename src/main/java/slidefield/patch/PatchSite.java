package slidefield.patch;

import slidefield.fit.Orientation;
import slidefield.fit.StainTransfer;

/**
 * Where a patch lies and how it is varied.
 *
 * @param slide index of the slide
 * @param x left column of the finest patch; may lie outside the slide
 * @param y top row of the finest patch; may lie outside the slide
 * @param lesion whether it was chosen for the lesion at its centre
 * @param orientation how it is laid down
 * @param stain how its colours change; null where they stay
 */
public record PatchSite(int slide, int x, int y, boolean lesion, Orientation orientation, StainTransfer stain) {}
