package slidefield.fit;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import slidefield.data.Base;
import slidefield.data.DataRoot;
import slidefield.data.Region;
import slidefield.data.SlideEntry;
import slidefield.io.InputException;
import slidefield.score.Resolution;
import slidefield.slide.CroppedSlide;
import slidefield.slide.Lesions;
import slidefield.slide.Slide;
import slidefield.slide.Slides;
import slidefield.slide.Tissue;
import slidefield.slide.View;

/**
 * A slide with what belongs to it, opened from a manifest or by itself: its lesions where they are known, its tissue,
 * and its planes at Base and coarser.
 *
 * <p>Reading is safe from several threads at once; closing while another thread reads is not.
 */
public final class OpenedSlide implements AutoCloseable {
    /** Base may be finer than the stored pixels, but finer than this is a mistaken unit. */
    private static final double MOST_MAGNIFIED = 8;

    private final String name;
    private final Slide slide;
    private final Lesions lesions;
    private final Tissue tissue;
    private final View base;
    private SlidePlane plane;

    private OpenedSlide(String name, Slide slide, Lesions lesions, Base base) {
        this.name = name;
        this.slide = slide;
        this.lesions = lesions;
        this.tissue = Tissue.of(slide);
        this.base = base.mpp() != null ? View.at(slide, base.mpp()) : View.downsampled(slide, base.downsample());
        if (this.base.scaleX() * MOST_MAGNIFIED < 1) {
            throw new InputException(
                    "slide " + name + ": Base (" + of(base) + ") would magnify it " + magnified()
                            + " times, to " + this.base.width() + " x " + this.base.height()
                            + " pixels; check its micrometres per pixel (--mpp, or mpp: in the manifest) and the manifest's base:");
        }
    }

    private static String of(Base base) {
        return base.mpp() != null ? base.mpp() + " um per pixel" : "downsample " + base.downsample();
    }

    private long magnified() {
        return Math.round(1 / base.scaleX());
    }

    /**
     * Opens a manifest's slide with its annotation, cropped to its region.
     *
     * @param entry the slide
     * @param base what Base means
     * @param data where files are
     * @throws slidefield.io.InputException if a file is missing or cannot be used
     */
    public static OpenedSlide open(SlideEntry entry, Base base, DataRoot data) {
        return open(
                entry.name(),
                data.slide(entry),
                entry.pixelSize(),
                data.annotation(entry),
                entry.withoutLesions(),
                entry.crop(),
                base);
    }

    /**
     * Opens a slide by itself.
     *
     * @param file the slide
     * @param mpp micrometres per pixel where the file does not say, or to overrule it
     * @param annotation its lesions, where they are known
     * @param base what Base means
     * @throws slidefield.io.InputException if a file is missing or cannot be used
     */
    public static OpenedSlide open(Path file, OptionalDouble mpp, Optional<Path> annotation, Base base) {
        return open(null, file, mpp, annotation, false, Optional.empty(), base);
    }

    private static OpenedSlide open(
            String name,
            Path file,
            OptionalDouble mpp,
            Optional<Path> annotation,
            boolean normal,
            Optional<Region> crop,
            Base base) {
        Slide whole = Slides.open(file, mpp);
        Lesions lesions = null;
        try {
            lesions = annotation.map(a -> Lesions.open(a, whole)).orElse(normal ? Lesions.none(whole) : null);
            Slide slide = whole;
            if (crop.isPresent()) {
                Region r = crop.get();
                slide = new CroppedSlide(whole, r.x(), r.y(), r.width(), r.height());
                lesions = lesions == null ? null : lesions.cropped(r.x(), r.y(), r.width(), r.height());
            }
            return new OpenedSlide(name == null ? whole.name() : name, slide, lesions, base);
        } catch (RuntimeException failure) {
            if (lesions != null) {
                lesions.close();
            }
            whole.close();
            throw failure;
        }
    }

    /** The manifest's name for it, or the file's. */
    public String name() {
        return name;
    }

    /** The slide itself, cropped to the manifest's region. */
    public Slide slide() {
        return slide;
    }

    /** Where it holds tissue. */
    public Tissue tissue() {
        return tissue;
    }

    /** What the annotation's reader had to assume or repair; empty if nothing. */
    public Optional<String> notice() {
        return lesions == null ? Optional.empty() : lesions.notice();
    }

    private synchronized SlidePlane basePlane() {
        if (plane == null) {
            plane = new SlidePlane(name, base, lesions, tissue);
        }
        return plane;
    }

    /** The plane at a resolution; Base/2 and Base/4 are one and two octaves coarser than Base. */
    public SlidePlane at(Resolution resolution) {
        return basePlane().coarser(resolution.factor());
    }

    /** The pixels at a resolution, not yet read. */
    public View view(Resolution resolution) {
        return resolution == Resolution.BASE ? base : base.coarser(resolution.factor());
    }

    @Override
    public void close() {
        if (lesions != null) {
            lesions.close();
        }
        slide.close();
    }
}
