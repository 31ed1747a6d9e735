package slidefield.slide;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import slidefield.io.InputException;

/**
 * The functions of OpenSlide's C interface that a slide needs, with OpenSlide's own names. Found by the names that
 * Debian, macOS and Windows give the library. Signatures: {@code openslide.h} of OpenSlide 3.4.1; all of them exist in
 * 4.0 as well.
 */
interface OpenSlideLibrary extends Library {
    /** Names to try, newest first: 4.x and 3.4.x by soname, then whatever a development package links. */
    List<String> NAMES =
            List.of("libopenslide.so.1", "libopenslide.so.0", "openslide", "libopenslide-1", "libopenslide-0");

    /** The format that recognises a file ("aperio", "generic-tiff", ...), or null. */
    String openslide_detect_vendor(String file);

    /** A handle, possibly in an error state; null when no format recognises the file. */
    Pointer openslide_open(String file);

    /** Frees a handle. */
    void openslide_close(Pointer slide);

    /** The error that poisoned the handle, or null. */
    String openslide_get_error(Pointer slide);

    /** The number of levels, or -1. */
    int openslide_get_level_count(Pointer slide);

    /** One level's width and height, each into an array of one element. */
    void openslide_get_level_dimensions(Pointer slide, int level, long[] width, long[] height);

    /** Level-0 pixels per pixel of a level (mean of both axes). */
    double openslide_get_level_downsample(Pointer slide, int level);

    /** Reads premultiplied ARGB; x and y are level-0 pixels, width and height pixels of the level. */
    void openslide_read_region(Pointer slide, int[] argb, long x, long y, int level, long width, long height);

    /** Null-terminated array of names. */
    Pointer openslide_get_property_names(Pointer slide);

    /** One property's text, or null. */
    String openslide_get_property_value(Pointer slide, String name);

    /** Null-terminated array of names. */
    Pointer openslide_get_associated_image_names(Pointer slide);

    /** An associated image's size, each into an array of one element. */
    void openslide_get_associated_image_dimensions(Pointer slide, String name, long[] width, long[] height);

    /** Reads an associated image as premultiplied ARGB. */
    void openslide_read_associated_image(Pointer slide, String name, int[] argb);

    /** OpenSlide's version, such as {@code 3.4.1}. */
    String openslide_get_version();

    /** The library, or empty where it is not installed. */
    static Optional<OpenSlideLibrary> find() {
        return Optional.ofNullable(Holder.LIBRARY);
    }

    /** The library, or the exception that says how to install it. */
    static OpenSlideLibrary require() {
        return find().orElseThrow(() ->
                new InputException("the OpenSlide library is needed to read slides and was not found (" + Holder.reason
                        + "); install it: apt install libopenslide0 (Debian, Ubuntu), brew install openslide"
                        + " (macOS), or put libopenslide-1.dll on the PATH (Windows)"));
    }

    /** Loads once, when first asked for. */
    final class Holder {
        private static String reason = "";
        private static final OpenSlideLibrary LIBRARY = load();

        private Holder() {}

        private static OpenSlideLibrary load() {
            for (String name : NAMES) {
                try {
                    return Native.load(name, OpenSlideLibrary.class, Map.of(Library.OPTION_STRING_ENCODING, "UTF-8"));
                } catch (UnsatisfiedLinkError absent) {
                    String line = String.valueOf(absent.getMessage())
                            .lines()
                            .findFirst()
                            .orElse("");
                    reason = line.isEmpty() ? name : line;
                }
            }
            return null;
        }
    }
}
