package slidefield.slide;

import java.util.OptionalDouble;
import slidefield.io.InputException;

/**
 * How {@link PyramidWriter} stores a slide.
 *
 * @param mpp micrometres per level-0 pixel, in (0, {@value #MAX_MPP}]; empty writes no resolution tags
 * @param compression of the tiles
 * @param quality JPEG quality, 1 to 100; ignored by deflate
 * @param tile side of the square tiles in pixels, a multiple of 16 from 16 to 4096; smaller in slides that are smaller
 * @param coarsest levels are added, each half of the previous, until the long side is at most this many pixels or
 *     the next level's short side would be less than a tile
 * @param grey one 8-bit sample per pixel instead of RGB
 */
public record PyramidOptions(
        OptionalDouble mpp, Compression compression, int quality, int tile, int coarsest, boolean grey) {
    /** The largest pixel size that makes sense for a microscope, in micrometres. */
    public static final double MAX_MPP = 100;

    /** How the tiles are compressed. */
    public enum Compression {
        /** Lossless (zlib with horizontal differencing): masks, probabilities, references. */
        DEFLATE,
        /** Lossy, a fifth of the size: stained tissue. */
        JPEG
    }

    /** Refuses impossible values with a line that names the option. */
    public PyramidOptions {
        mpp.ifPresent(PyramidOptions::checkMpp);
        require(quality >= 1 && quality <= 100, "JPEG quality must be 1 to 100, found " + quality);
        require(
                tile >= 16 && tile <= 4096 && tile % 16 == 0,
                "tile size must be a multiple of 16 from 16 to 4096, found " + tile);
        require(coarsest >= 16, "the coarsest level must allow at least 16 pixels, found " + coarsest);
    }

    /** Lossless 8-bit RGB in tiles of 256, without a pixel size. */
    public static PyramidOptions deflate() {
        return new PyramidOptions(OptionalDouble.empty(), Compression.DEFLATE, 90, 256, 512, false);
    }

    /** JPEG at quality 90 in tiles of 256, without a pixel size. */
    public static PyramidOptions jpeg() {
        return new PyramidOptions(OptionalDouble.empty(), Compression.JPEG, 90, 256, 512, false);
    }

    /** The same with a pixel size in micrometres. */
    public PyramidOptions withMpp(double micrometres) {
        return new PyramidOptions(OptionalDouble.of(micrometres), compression, quality, tile, coarsest, grey);
    }

    /** The same with one grey sample per pixel. */
    public PyramidOptions asGrey() {
        return new PyramidOptions(mpp, compression, quality, tile, coarsest, true);
    }

    /** The same with another JPEG quality, 1 to 100. */
    public PyramidOptions withQuality(int percent) {
        return new PyramidOptions(mpp, compression, percent, tile, coarsest, grey);
    }

    /** The same with another tile side in pixels. */
    public PyramidOptions withTile(int pixels) {
        return new PyramidOptions(mpp, compression, quality, pixels, coarsest, grey);
    }

    /**
     * The tile side for a slide of this size. A tile is never larger than the image: libtiff 4.5, under OpenSlide,
     * decodes such tiles with the image's stride instead of the tile's. Where the short side is below 16 pixels
     * the tile is as small, although TIFF 6.0 asks for multiples of 16; every reader tried accepts it.
     */
    int tileFor(int width, int height) {
        int side = Math.min(width, height);
        return side < 16 ? Math.max(1, side) : Math.min(tile, side / 16 * 16);
    }

    /** Samples per pixel: 1 or 3. */
    int samples() {
        return grey ? 1 : 3;
    }

    /**
     * Checks a pixel size.
     *
     * @throws InputException if it is not a finite number in (0, {@value #MAX_MPP}]
     */
    static void checkMpp(double mpp) {
        require(
                Double.isFinite(mpp) && mpp > 0 && mpp <= MAX_MPP,
                "mpp (micrometres per pixel) must be above 0 and at most " + MAX_MPP + ", found " + mpp);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new InputException(message);
        }
    }
}
