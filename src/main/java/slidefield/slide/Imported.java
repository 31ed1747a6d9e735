package slidefield.slide;

import java.nio.file.Path;

/**
 * An image that became a slide: what a manifest entry needs.
 *
 * @param slide the pyramidal TIFF
 * @param maskOrNull its mask as a grey pyramidal TIFF of the same size, or null
 * @param width level-0 pixels
 * @param height level-0 pixels
 * @param mpp micrometres per level-0 pixel
 * @param bytes size of the slide's file
 * @param sha256 of the slide's file
 * @param notice what the user should know, in one line; empty where there is nothing
 */
public record Imported(
        Path slide, Path maskOrNull, int width, int height, double mpp, long bytes, String sha256, String notice) {}
