package slidefield.slide;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A slide as its file stores it: a pyramid of levels in 8-bit RGB. Reading is safe from several threads at once;
 * closing while another thread reads is not.
 *
 * <p>{@code View} turns it into a plane that can be read at any resolution.
 */
public interface Slide extends AutoCloseable {
    /** A short name for tables and file names: the file's name without its extension unless told otherwise. */
    String name();

    /** The levels from the finest (level 0) to the coarsest; never empty. */
    List<Level> levels();

    /** Micrometres per level-0 pixel, the mean of both axes; empty where the file does not say. */
    OptionalDouble mpp();

    /** The objective's magnification (20, 40, ...); empty where the file does not say. */
    OptionalDouble objectivePower();

    /** The file's own properties, sorted by name; empty for plain images. */
    Map<String, String> properties();

    /** The associated images (label, macro, thumbnail) by name, read when asked for; empty for plain images. */
    Map<String, BufferedImage> associatedImages();

    /**
     * Reads pixels of one stored level.
     *
     * @param level index into {@link #levels()}
     * @param x left edge in pixels <em>of that level</em>; may lie outside
     * @param y top edge in pixels of that level; may lie outside
     * @param width pixels to read
     * @param height pixels to read
     * @return {@code height x width} pixels of {@link BufferedImage#TYPE_INT_RGB}; white outside the slide and
     *     where the file is transparent
     * @throws slidefield.io.InputException if the level does not exist or the file is damaged
     */
    BufferedImage read(int level, int x, int y, int width, int height);

    /** Level-0 width in pixels. */
    default int width() {
        return levels().get(0).width();
    }

    /** Level-0 height in pixels. */
    default int height() {
        return levels().get(0).height();
    }

    @Override
    void close();
}
