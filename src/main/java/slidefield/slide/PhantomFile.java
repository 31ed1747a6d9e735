package slidefield.slide;

import java.nio.file.Path;

/**
 * A synthetic slide on disk.
 *
 * @param name the slide's name
 * @param slide its pyramidal TIFF
 * @param annotation its lesions as ASAP XML; null where they were not written
 * @param seed what it was drawn from
 * @param width level-0 pixels
 * @param height level-0 pixels
 * @param mpp micrometres per level-0 pixel
 * @param lesionFraction lesion area over tissue area
 * @param bytes size of the slide's file
 * @param sha256 of the slide's file
 */
public record PhantomFile(
        String name,
        Path slide,
        Path annotation,
        long seed,
        int width,
        int height,
        double mpp,
        double lesionFraction,
        long bytes,
        String sha256) {}
