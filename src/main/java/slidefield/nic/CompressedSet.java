package slidefield.nic;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import slidefield.data.SlideEntry;
import slidefield.io.InputException;

/**
 * The compressed slides of a manifest in one folder, each in one of its own with its name, as {@code compress MANIFEST} writes
 * them; all of one origin.
 *
 * <p>Immutable: safe to use from several threads at once.
 */
public final class CompressedSet {
    private final Map<String, CompressedSlide> slides = new LinkedHashMap<>();
    private final CodeOrigin origin;

    private CompressedSet(Path folder, List<SlideEntry> entries) {
        CodeOrigin first = null;
        String name = null;
        for (SlideEntry entry : entries) {
            Path own = folder.resolve(entry.name());
            if (!Files.isDirectory(own)) {
                throw new InputException("slide " + entry.name() + " is not compressed: there is no folder " + own
                        + "; make it with compress MANIFEST --encoder E --out " + folder + " --resume");
            }
            CompressedSlide slide = CompressedSlide.open(own);
            if (!slide.name().equals(entry.name())) {
                throw new InputException(own + " holds the slide " + slide.name() + ", not " + entry.name());
            }
            if (first == null) {
                first = CodeOrigin.of(slide);
                name = slide.name();
            }
            first.require(slide, "slide " + name);
            slides.put(slide.name(), slide);
        }
        origin = first;
    }

    /**
     * Opens them; codes are read when they are asked for.
     *
     * @param folder holds a folder per slide
     * @param entries which, at least one
     * @throws InputException if one is not there or not compressed to the end, or two were compressed otherwise; names it
     */
    public static CompressedSet open(Path folder, List<SlideEntry> entries) {
        if (entries.isEmpty()) {
            throw new InputException("expected at least one slide to open in " + folder);
        }
        return new CompressedSet(folder, entries);
    }

    /** With what all of them were compressed. */
    public CodeOrigin origin() {
        return origin;
    }

    /**
     * Slides with their labels, in the order of the entries.
     *
     * @param entries some of those that were opened
     * @param labels what their labels are as numbers
     * @throws InputException if one has no label, or one that does not fit
     */
    public List<LabelledGrid> labelled(List<SlideEntry> entries, SlideLabels labels) {
        List<LabelledGrid> grids = new ArrayList<>();
        for (SlideEntry entry : entries) {
            grids.add(LabelledGrid.of(slides.get(entry.name()), labels.number(entry)));
        }
        return grids;
    }
}
