package slidefield.data;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import slidefield.io.InputException;

/**
 * A data set: its slides, what Base means, and where it comes from. Kept as YAML; unknown keys, duplicate names
 * and pixels shared between splits are refused.
 *
 * @param name of the data set: letters, digits, '.', '_', '-'
 * @param description what it is, a line or two, or null
 * @param base what the resolution Base means
 * @param source who made it and where it can be found, or null
 * @param licence of the slides, as an SPDX identifier where there is one, or null
 * @param attribution how to cite it, or null
 * @param tissues the classes that slides' {@link SlideEntry#tissueMask} tell apart, in the order of tables: none, or at least
 *     two with names and values of their own
 * @param slides at least one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Manifest(
        String name,
        String description,
        Base base,
        String source,
        String licence,
        String attribution,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<TissueClass> tissues,
        List<SlideEntry> slides) {
    /** Share of the training slides that validate where the manifest names none (Gu et al. 2018: 80/20). */
    private static final double VALIDATION = 0.2;

    /** @throws InputException if a value cannot be used; the message starts with its key */
    public Manifest {
        Rules.name("name", Rules.present("name", name, "a name for the data set"));
        Rules.present("base", base, "what Base means: {mpp: 1.0} (um per pixel) or {downsample: 4}");
        if (slides == null || slides.isEmpty()) {
            throw new BadKeyException("slides", "expected at least one slide, found none");
        }
        if (slides.stream().anyMatch(slide -> slide == null)) {
            throw new BadKeyException("slides", "expected entries with name, path and split, found an empty one");
        }
        slides = List.copyOf(slides);
        tissues = checked(tissues == null ? List.of() : tissues);
        refuseDuplicateNames(slides);
        refuseLeaks(slides);
        for (int i = 0; i < slides.size() && tissues.isEmpty(); i++) {
            if (slides.get(i).tissueMask() != null) {
                throw new BadKeyException(
                        "slides[" + i + "].tissue_mask",
                        "is given, and the manifest does not say which value is which tissue; add"
                                + " tissues: [{name: stroma, value: 2}, ...]");
            }
        }
    }

    /** A data set without classes of tissue. */
    public Manifest(
            String name,
            String description,
            Base base,
            String source,
            String licence,
            String attribution,
            List<SlideEntry> slides) {
        this(name, description, base, source, licence, attribution, List.of(), slides);
    }

    private static List<TissueClass> checked(List<TissueClass> tissues) {
        if (tissues.size() == 1) {
            throw new BadKeyException("tissues", "expected at least two classes to tell apart, found one");
        }
        for (int i = 0; i < tissues.size(); i++) {
            TissueClass one = tissues.get(i);
            if (one == null) {
                throw new BadKeyException("tissues", "expected entries with name and value, found an empty one");
            }
            for (TissueClass other : tissues.subList(0, i)) {
                if (one.name().equals(other.name()) || one.value().equals(other.value())) {
                    throw new BadKeyException(
                            "tissues[" + i + "]",
                            "expected a name and a value of its own, found " + one.name() + " with " + one.value()
                                    + " beside " + other.name() + " with " + other.value());
                }
            }
        }
        return List.copyOf(tissues);
    }

    private static void refuseDuplicateNames(List<SlideEntry> slides) {
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < slides.size(); i++) {
            // Names become file names, and some file systems ignore case.
            String name = slides.get(i).name();
            Integer first = seen.putIfAbsent(name.toLowerCase(Locale.ROOT), i);
            if (first != null) {
                throw new BadKeyException(
                        "slides[" + i + "].name",
                        "'" + name + "' is already the name of slides[" + first + "]; names must be unique");
            }
        }
    }

    /** Groups by file first, so that a manifest of thousands of slides stays quick. */
    private static void refuseLeaks(List<SlideEntry> slides) {
        Map<String, List<Integer>> byFile = new HashMap<>();
        for (int i = 0; i < slides.size(); i++) {
            SlideEntry slide = slides.get(i);
            refuseLeaks(slides, i, byFile.computeIfAbsent("path " + slide.path(), file -> new ArrayList<>()));
            if (slide.sha256() != null) {
                refuseLeaks(slides, i, byFile.computeIfAbsent("sha256 " + slide.sha256(), file -> new ArrayList<>()));
            }
        }
    }

    private static void refuseLeaks(List<SlideEntry> slides, int i, List<Integer> sameFile) {
        SlideEntry one = slides.get(i);
        for (int j : sameFile) {
            SlideEntry other = slides.get(j);
            boolean apart = one.split() != other.split() || !Objects.equals(one.fold(), other.fold());
            if (apart && one.sharesPixelsWith(other)) {
                throw new BadKeyException(
                        "slides[" + i + "]." + (one.region() == null ? "path" : "region"),
                        one.name() + " (" + role(one) + ") shares pixels of " + one.path() + " with "
                                + other.name() + " (" + role(other)
                                + "); regions of different splits or folds must not overlap");
            }
        }
        sameFile.add(i);
    }

    private static String role(SlideEntry slide) {
        return slide.split().word() + (slide.fold() == null ? "" : ", fold " + slide.fold());
    }

    /**
     * Reads and checks a manifest.
     *
     * @param file YAML in UTF-8, at most 16 MiB
     * @throws InputException naming file, line, key and what was expected
     */
    public static Manifest read(Path file) {
        return ManifestYaml.read(file);
    }

    /**
     * Writes the manifest so that {@link #read} gives an equal one.
     *
     * @param file written whole or not at all
     */
    public void write(Path file) {
        ManifestYaml.write(this, file);
    }

    /**
     * The slides of one split, in the manifest's order; may be empty.
     *
     * @param split which
     */
    public List<SlideEntry> split(Split split) {
        return slides.stream().filter(slide -> slide.split() == split).toList();
    }

    /** The numbers of the folds that slides belong to, ascending; empty where there are none. */
    public List<Integer> folds() {
        return slides.stream()
                .map(SlideEntry::fold)
                .filter(Objects::nonNull)
                .distinct()
                .sorted()
                .toList();
    }

    /**
     * The slides of one fold, in the manifest's order; may be empty.
     *
     * @param fold its number
     */
    public List<SlideEntry> fold(int fold) {
        return slides.stream()
                .filter(slide -> Objects.equals(slide.fold(), fold))
                .toList();
    }

    /**
     * One slide by its name.
     *
     * @throws InputException if there is none; lists the names there are
     */
    public SlideEntry slide(String slideName) {
        return slides.stream()
                .filter(slide -> slide.name().equals(slideName))
                .findFirst()
                .orElseThrow(() -> new InputException(
                        "no slide " + Rules.quoted(slideName) + " in manifest " + name + "; it has " + someNames()));
    }

    private String someNames() {
        String names = String.join(
                ", ", slides.stream().limit(20).map(SlideEntry::name).toList());
        return slides.size() > 20 ? names + " and " + (slides.size() - 20) + " more" : names;
    }

    /** The same manifest with another meaning of Base. */
    public Manifest with(Base other) {
        return new Manifest(name, description, other, source, licence, attribution, tissues, slides);
    }

    /** The same data set with other slides. */
    public Manifest withSlides(List<SlideEntry> others) {
        return new Manifest(name, description, base, source, licence, attribution, tissues, others);
    }

    /**
     * The same manifest with the last fifth of its training slides for validation, at least one, so that settings can
     * be chosen without a look at the test split. Unchanged where it validates already, or where no training slide
     * would be left.
     *
     * @throws InputException if one of them shows pixels of another training slide
     */
    public Manifest withValidation() {
        List<SlideEntry> training = split(Split.TRAIN);
        if (!split(Split.VALIDATION).isEmpty() || training.size() < 2) {
            return this;
        }
        int moved = Math.max(1, (int) Math.round(VALIDATION * training.size()));
        List<SlideEntry> last = training.subList(training.size() - moved, training.size());
        List<SlideEntry> changed = new ArrayList<>(slides);
        changed.replaceAll(slide -> last.contains(slide) ? slide.with(Split.VALIDATION) : slide);
        return withSlides(changed);
    }

    /**
     * The same manifest for one round of a cross-validation: the slides of a fold are held out (split test), those of the next
     * one validate, those of all others train. Slides without a fold stay what they are.
     *
     * @param fold the number of the fold that is held out; the first one follows the last
     * @throws InputException if there is no such fold, or there are fewer than three
     */
    public Manifest heldOut(int fold) {
        List<Integer> folds = folds();
        requireFolds(name, folds);
        if (!folds.contains(fold)) {
            throw new InputException("manifest " + name + " has the folds " + folds + ", not " + fold);
        }
        int next = folds.get((folds.indexOf(fold) + 1) % folds.size());
        List<SlideEntry> dealt = new ArrayList<>(slides);
        dealt.replaceAll(slide -> slide.fold() == null
                ? slide
                : slide.with(
                        slide.fold() == fold ? Split.TEST : slide.fold() == next ? Split.VALIDATION : Split.TRAIN));
        return new Manifest(name, description, base, source, licence, attribution, dealt);
    }

    /**
     * @param name of a manifest
     * @param folds their numbers
     * @throws InputException if there are fewer than the three that a cross-validation needs
     */
    public static void requireFolds(String name, Collection<Integer> folds) {
        if (folds.size() < 3) {
            throw new InputException(
                    "manifest " + name + " has " + (folds.isEmpty() ? "no folds" : "the folds " + folds)
                            + "; a cross-validation needs at least three (to learn from, to validate with, held out), given with"
                            + " fold: 0, 1, 2, ...");
        }
    }

    /** The same manifest with one slide added, or the one of the same name replaced. */
    public Manifest with(SlideEntry entry) {
        List<SlideEntry> changed = new ArrayList<>(slides);
        changed.removeIf(slide -> slide.name().equals(entry.name()));
        changed.add(entry);
        return withSlides(changed);
    }
}
