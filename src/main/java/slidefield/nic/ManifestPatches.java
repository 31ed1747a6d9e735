package slidefield.nic;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import slidefield.data.DataRoot;
import slidefield.data.Manifest;
import slidefield.data.SlideEntry;
import slidefield.data.Split;
import slidefield.data.TissueClass;
import slidefield.fit.FitListener;
import slidefield.fit.OpenedSlide;
import slidefield.fit.OpenedSlides;
import slidefield.fit.Plane;
import slidefield.io.InputException;
import slidefield.score.Resolution;
import slidefield.slide.Slide;
import slidefield.slide.Slides;

/**
 * Patches of the slides of one split of a manifest; the slides are open only while patches are drawn.
 *
 * <p>Holds nothing that changes: safe to use from several threads at once, as far as the listener is.
 *
 * @param manifest which slides
 * @param split of them
 * @param data where the files are
 * @param side P, pixels along both sides of a patch
 * @param scale pixels of Base per pixel of a patch along an axis
 * @param listener told what annotations' readers had to assume
 */
public record ManifestPatches(
        Manifest manifest, Split split, DataRoot data, int side, int scale, FitListener listener) {
    /**
     * Draws patches.
     *
     * @param seed of every choice
     * @param draw what is drawn
     * @throws InputException if a slide cannot be used, or as the drawing does
     * @param <T> the kind of examples
     */
    public <T> T draw(long seed, Function<SlidePatches, T> draw) {
        try (OpenedSlides slides = OpenedSlides.open(manifest, split, data, listener)) {
            return draw.apply(patches(slides, seed));
        }
    }

    private SlidePatches patches(OpenedSlides slides, long seed) {
        List<Plane> planes = new ArrayList<>();
        for (OpenedSlide slide : slides.opened()) {
            planes.add(slide.at(Resolution.BASE).coarser(scale));
        }
        return new SlidePatches(planes, side, seed);
    }

    /**
     * Draws patches by the tissue at their centre, from the slides whose tissues are known.
     *
     * @param count how many
     * @param seed of every choice
     * @return with the manifest's classes
     * @throws InputException if the manifest names no tissues, no slide of the split has a mask of them, a mask cannot be
     *     used, or a class is nowhere
     */
    public PatchSet tissues(int count, long seed) {
        List<SlideEntry> known = manifest.split(split).stream()
                .filter(slide -> slide.tissueMask() != null)
                .toList();
        if (manifest.tissues().isEmpty() || known.isEmpty()) {
            throw new InputException("manifest " + manifest.name() + " has no "
                    + (manifest.tissues().isEmpty()
                            ? "tissues:"
                            : "slide with the split '" + split.word() + "' and a tissue_mask:")
                    + "; labels by tissue need both");
        }
        List<String> names = manifest.tissues().stream().map(TissueClass::name).toList();
        List<Slide> masks = new ArrayList<>();
        try (OpenedSlides slides = OpenedSlides.open(manifest.withSlides(known), split, data, listener)) {
            List<ClassMask> over = new ArrayList<>();
            for (int i = 0; i < known.size(); i++) {
                masks.add(Slides.open(data.tissueMask(known.get(i)).orElseThrow()));
                over.add(ClassMask.over(
                        masks.get(i), values(), slides.opened().get(i).slide()));
            }
            return patches(slides, seed).tissues(count, over, names);
        } finally {
            masks.forEach(Slide::close);
        }
    }

    private List<Integer> values() {
        return manifest.tissues().stream().map(TissueClass::value).toList();
    }
}
