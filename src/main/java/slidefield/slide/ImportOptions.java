package slidefield.slide;

import java.util.Optional;
import slidefield.io.InputException;

/**
 * How an image becomes a slide.
 *
 * @param mpp micrometres per pixel of the image, in (0, 100]
 * @param crop the part to take, in pixels of the image; empty takes all of it
 * @param format how the slide is stored; its pixel size is replaced by {@code mpp}. Masks are always lossless.
 */
public record ImportOptions(double mpp, Optional<Crop> crop, PyramidOptions format) {
    /**
     * A rectangle of pixels.
     *
     * @param x left edge, at least 0
     * @param y top edge, at least 0
     * @param width at least 1
     * @param height at least 1
     */
    public record Crop(int x, int y, int width, int height) {
        /** Refuses rectangles without pixels or with negative edges. */
        public Crop {
            if (x < 0 || y < 0 || width < 1 || height < 1) {
                throw new InputException("a crop is x,y,width,height with x and y at least 0 and a size of at least 1,"
                        + " found " + x + "," + y + "," + width + "," + height);
            }
        }

        /** Reads {@code "x,y,width,height"}. */
        public static Crop parse(String text) {
            String[] parts = text.split(",", -1);
            try {
                if (parts.length == 4) {
                    return new Crop(
                            Integer.parseInt(parts[0].trim()),
                            Integer.parseInt(parts[1].trim()),
                            Integer.parseInt(parts[2].trim()),
                            Integer.parseInt(parts[3].trim()));
                }
            } catch (NumberFormatException notNumbers) {
                throw new InputException("a crop is four whole numbers x,y,width,height, found " + text, notNumbers);
            }
            throw new InputException("a crop is four whole numbers x,y,width,height, found " + text);
        }
    }

    /** Refuses impossible values with a line that names the option. */
    public ImportOptions {
        PyramidOptions.checkMpp(mpp);
    }

    /** The whole image, in JPEG tiles of quality 90. */
    public static ImportOptions of(double mpp) {
        return new ImportOptions(mpp, Optional.empty(), PyramidOptions.jpeg());
    }

    /** The same with only a part of the image. */
    public ImportOptions withCrop(Crop part) {
        return new ImportOptions(mpp, Optional.of(part), format);
    }

    /** The same stored otherwise. */
    public ImportOptions withFormat(PyramidOptions stored) {
        return new ImportOptions(mpp, crop, stored);
    }
}
