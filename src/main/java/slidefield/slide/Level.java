package slidefield.slide;

/**
 * One stored level of a slide's pyramid.
 *
 * @param width pixels
 * @param height pixels
 * @param downsample level-0 pixels per pixel of this level (1 for level 0)
 */
public record Level(int width, int height, double downsample) {}
