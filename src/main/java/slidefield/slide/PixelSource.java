package slidefield.slide;

import java.awt.image.BufferedImage;

/**
 * Pixels on demand: what {@link PyramidWriter} turns into a slide file. The whole image need never be in memory; the
 * writer asks for tiles from left to right, row of tiles by row of tiles, each pixel once.
 *
 * <p>The writer reads from one thread only: a source need not be thread-safe.
 */
public interface PixelSource {
    /** Pixels from left to right. */
    int width();

    /** Pixels from top to bottom. */
    int height();

    /**
     * Reads one region, which lies inside the image.
     *
     * @param x left edge in pixels
     * @param y top edge in pixels
     * @param width pixels to read
     * @param height pixels to read
     * @return {@code height x width} pixels with 8 bits per sample, RGB or grey ({@link BufferedImage#TYPE_BYTE_GRAY})
     * @throws slidefield.io.InputException if the pixels cannot be had
     */
    BufferedImage read(int x, int y, int width, int height);
}
