package slidefield.nic;

import java.util.List;
import slidefield.slide.CroppedSlide;
import slidefield.slide.MaskAnnotation;
import slidefield.slide.Slide;

/**
 * Which tissue every place of a slide is, from a mask image whose values are classes, such as that of a dense annotation. The
 * image covers the whole slide file, whatever its own size; a place has the value of the mask's pixel that it lies in.
 *
 * <p>Reading is safe from several threads at once; the mask is its owner's to close.
 *
 * @param mask grey, of any size
 * @param values of the mask, one per class in the classes' order; other values are no class
 * @param left where the slide's (or the region's) left edge lies in the mask's width, 0 to 1
 * @param top likewise of its upper edge
 * @param width the slide's share of the mask's width, above 0
 * @param height likewise
 */
public record ClassMask(Slide mask, List<Integer> values, double left, double top, double width, double height) {
    /** @throws IllegalArgumentException if there are not at least two different values, or the region lies outside */
    public ClassMask {
        values = List.copyOf(values);
        if (values.size() < 2 || values.stream().distinct().count() < values.size()) {
            throw new IllegalArgumentException(
                    "at least two different values of classes are expected, found " + values);
        }
        double rounding = 1e-9;
        boolean inside = left >= 0
                && top >= 0
                && width > 0
                && height > 0
                && left + width <= 1 + rounding
                && top + height <= 1 + rounding;
        if (!inside) {
            throw new IllegalArgumentException(
                    "a region inside the mask is expected, found " + left + ", " + top + ", " + width + " x " + height);
        }
    }

    /** The mask of a whole slide. */
    public static ClassMask of(Slide mask, List<Integer> values) {
        return new ClassMask(mask, values, 0, 0, 1, 1);
    }

    /**
     * The mask of a slide, or of the region that one was cropped to.
     *
     * @param mask of the whole slide file
     * @param values one per class
     * @param slide that it belongs to
     * @throws slidefield.io.InputException if the mask has another shape than the whole slide; names both sizes
     */
    public static ClassMask over(Slide mask, List<Integer> values, Slide slide) {
        Slide whole = slide instanceof CroppedSlide crop ? crop.whole() : slide;
        MaskAnnotation.requireShape(mask, whole);
        if (!(slide instanceof CroppedSlide crop)) {
            return of(mask, values);
        }
        double across = whole.width();
        double down = whole.height();
        return new ClassMask(
                mask, values, crop.x() / across, crop.y() / down, crop.width() / across, crop.height() / down);
    }

    /**
     * @param x place in the slide's width, 0 to 1
     * @param y likewise in its height
     * @return the class, or -1 where the place is of none
     */
    public int at(double x, double y) {
        int column = (int) Math.min(mask.width() - 1, Math.max(0, Math.floor((left + x * width) * mask.width())));
        int row = (int) Math.min(mask.height() - 1, Math.max(0, Math.floor((top + y * height) * mask.height())));
        return values.indexOf(mask.read(0, column, row, 1, 1).getRGB(0, 0) & 0xFF);
    }
}
