package slidefield.slide;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleConsumer;
import slidefield.io.InputException;

/** Writes sets of synthetic slides with their lesion outlines. */
public final class Phantoms {
    private static final int MOST = 10_000;

    private Phantoms() {}

    /**
     * Writes {@code phantom_01.tif}, {@code phantom_01.xml} and so on.
     *
     * @param folder made where it is missing; files of the same names are replaced
     * @param slides how many, 1 to {@value #MOST}
     * @param base size, pixel size and format of every slide; its seed is not used
     * @param seed the set's; slide {@code i} has {@link #seedOf(long, int)}
     * @param progress told the fraction of all pixels that is written, in (0, 1]
     * @throws InputException if a file cannot be written
     */
    public static List<PhantomFile> write(
            Path folder, int slides, PhantomOptions base, long seed, DoubleConsumer progress) {
        if (slides < 1 || slides > MOST) {
            throw new InputException("the number of synthetic slides is 1 to " + MOST + ", found " + slides);
        }
        int digits = Math.max(2, Integer.toString(slides).length());
        List<PhantomFile> written = new ArrayList<>();
        for (int i = 0; i < slides; i++) {
            String name = String.format(Locale.ROOT, "phantom_%0" + digits + "d", i + 1);
            int before = i;
            written.add(writeOne(
                    folder,
                    name,
                    base.withSeed(seedOf(seed, i)),
                    fraction -> progress.accept((before + fraction) / slides)));
        }
        return List.copyOf(written);
    }

    /** The seed of slide {@code index} (from 0) of a set: 31 bits mixed from both, so that sets do not overlap. */
    public static long seedOf(long seed, int index) {
        return PhantomNoise.mix(seed * 0x9E3779B97F4A7C15L + index + 1) >>> 33;
    }

    private static PhantomFile writeOne(Path folder, String name, PhantomOptions options, DoubleConsumer progress) {
        return write(name, folder.resolve(name + ".tif"), folder.resolve(name + ".xml"), options, progress);
    }

    /**
     * Writes one synthetic slide.
     *
     * @param name the slide's name
     * @param target its pyramidal TIFF; the folder is made, a file of that name replaced
     * @param annotation its lesions as ASAP XML, written first; null to write none
     * @param options size, look and seed
     * @param progress told the fraction of the pixels that is written, in (0, 1]
     * @throws InputException if a file cannot be written
     */
    public static PhantomFile write(
            String name, Path target, Path annotation, PhantomOptions options, DoubleConsumer progress) {
        PhantomSlide slide = new PhantomSlide(options);
        if (annotation != null) {
            PhantomAnnotation.write(annotation, slide.lesions());
        }
        PyramidFile file = PyramidWriter.write(target, slide, options.format().withMpp(options.mpp()), progress);
        return new PhantomFile(
                name,
                file.path(),
                annotation,
                options.seed(),
                options.width(),
                options.height(),
                options.mpp(),
                slide.lesionFraction(),
                file.bytes(),
                file.sha256());
    }
}
