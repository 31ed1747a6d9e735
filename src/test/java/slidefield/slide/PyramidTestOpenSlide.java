package slidefield.slide;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.LongByReference;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The system's OpenSlide, bound for these tests alone: what other programs see of a written file. */
final class PyramidTestOpenSlide implements AutoCloseable {
    /** The functions of openslide.h that the tests call. */
    public interface Api extends Library {
        Pointer openslide_open(String path);

        String openslide_get_error(Pointer slide);

        int openslide_get_level_count(Pointer slide);

        void openslide_get_level_dimensions(Pointer slide, int level, LongByReference w, LongByReference h);

        String openslide_get_property_value(Pointer slide, String name);

        void openslide_read_region(Pointer slide, int[] into, long x, long y, int level, long w, long h);

        void openslide_close(Pointer slide);
    }

    private static final Api API = load();
    private final Pointer slide;

    private PyramidTestOpenSlide(Pointer slide) {
        this.slide = slide;
    }

    private static Api load() {
        for (String name : new String[] {"openslide", "libopenslide.so.0", "libopenslide.so.1", "libopenslide.so.4"}) {
            try {
                return Native.load(name, Api.class);
            } catch (UnsatisfiedLinkError absent) {
                System.err.println(
                        name + ": " + absent.getMessage().lines().findFirst().orElse(""));
            }
        }
        return null;
    }

    static PyramidTestOpenSlide open(Path path) {
        Assumptions.assumeTrue(API != null, "OpenSlide is not installed (apt install libopenslide0)");
        Pointer slide = API.openslide_open(path.toString());
        if (slide == null) {
            throw new AssertionError("OpenSlide does not recognise " + path);
        }
        PyramidTestOpenSlide opened = new PyramidTestOpenSlide(slide);
        opened.check();
        return opened;
    }

    private void check() {
        String error = API.openslide_get_error(slide);
        if (error != null) {
            throw new AssertionError(error);
        }
    }

    String property(String name) {
        return API.openslide_get_property_value(slide, name);
    }

    /** "WxH WxH ...", finest first. */
    String levels() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < API.openslide_get_level_count(slide); i++) {
            LongByReference w = new LongByReference();
            LongByReference h = new LongByReference();
            API.openslide_get_level_dimensions(slide, i, w, h);
            text.append(i == 0 ? "" : " ").append(w.getValue()).append('x').append(h.getValue());
        }
        return text.toString();
    }

    /** Reads from level 0, or from the top left corner of a coarser level. */
    BufferedImage read(int level, int x, int y, int w, int h) {
        int[] argb = new int[w * h];
        API.openslide_read_region(slide, argb, x, y, level, w, h);
        check();
        BufferedImage image = new BufferedImage(w, h, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < argb.length; i++) {
            image.setRGB(i % w, i / w, (argb[i] >>> 24) == 255 ? argb[i] : 0x00FF00FF);
        }
        return image;
    }

    @Override
    public void close() {
        API.openslide_close(slide);
    }
}
