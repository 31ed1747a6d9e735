package slidefield.slide;

import java.nio.file.Path;
import java.util.Optional;

/** Where a slide's lesions are. Reading is safe from several threads at once. */
public interface Lesions extends AutoCloseable {
    /**
     * The lesions at a view's resolution.
     *
     * @param view a view of the slide that these lesions belong to
     * @param x left edge in view pixels; may lie outside
     * @param y top edge in view pixels; may lie outside
     * @param w view pixels, at least 1
     * @param h view pixels, at least 1
     * @return {@code h x w} row-major, 1 = lesion, 0 = not (and outside the slide)
     * @throws IllegalArgumentException if the view's slide has another size than the one annotated
     */
    byte[] mask(View view, int x, int y, int w, int h);

    /** Whether there is no lesion at all. */
    boolean isEmpty();

    /**
     * The lesions of a {@link CroppedSlide}.
     *
     * @param x left edge of the crop in level-0 pixels
     * @param y top edge of the crop in level-0 pixels
     * @param w level-0 pixels
     * @param h level-0 pixels
     * @return lesions in the crop's own coordinates
     */
    Lesions cropped(int x, int y, int w, int h);

    /** What the reader had to assume or repair, in one line; empty if nothing. */
    Optional<String> notice();

    /** Closes the file behind a mask image; polygons hold none. */
    @Override
    default void close() {
        // Polygons are held in memory.
    }

    /**
     * Opens an annotation file by its content: ASAP XML, GeoJSON, CAMELYON lesion JSON (each also gzipped) or a mask
     * image in any format that {@link Slides} opens.
     *
     * @param file the annotation
     * @param slide the slide that it belongs to
     * @return its lesions, in level-0 pixels of that slide
     * @throws slidefield.io.InputException if the file cannot be used: missing, damaged, of no known format, of another
     *     shape than the slide, or wholly outside it
     */
    static Lesions open(Path file, Slide slide) {
        return LesionFiles.open(file, slide);
    }

    /**
     * No lesions: for slides known to be free of them.
     *
     * @param slide the slide
     * @return empty lesions
     */
    static Lesions none(Slide slide) {
        return Annotation.empty(slide.width(), slide.height());
    }
}
