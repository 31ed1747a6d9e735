package slidefield.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import slidefield.data.Manifest;
import slidefield.data.SlideEntry;
import slidefield.nic.SlidePrediction;
import slidefield.nic.SlideScores;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Predictions of whole slides by encoder and random initialisation (Tellez et al. 2019, sections 4.4 and 4.5): in a
 * cross-validation every slide is held out once, and all are scored together. A number of an encoder is the mean and
 * sample standard deviation over its initialisations.
 */
final class SlideOutcomes {
    private final Manifest manifest;
    private final Map<String, Map<Integer, List<SlidePrediction>>> all = new LinkedHashMap<>();
    private Set<String> names;

    /** @param manifest of the slides, with their labels */
    SlideOutcomes(Manifest manifest) {
        this.manifest = manifest;
    }

    /**
     * Adds the predictions of one initialisation.
     *
     * @param encoder its name
     * @param initialisation its number
     * @param slides what is said of every slide, once; the same slides in every call
     * @return this
     * @throws IllegalArgumentException if a slide is there twice, the slides are others than before, or the initialisation
     *     is there already: numbers of different slides must not be compared
     */
    SlideOutcomes add(String encoder, int initialisation, List<SlidePrediction> slides) {
        Set<String> given = slides.stream().map(SlidePrediction::name).collect(Collectors.toSet());
        if (given.isEmpty() || given.size() != slides.size()) {
            throw new IllegalArgumentException(encoder + ": " + slides.size() + " predictions of " + given.size()
                    + " slides; expected one of each");
        }
        if (names != null && !names.equals(given)) {
            throw new IllegalArgumentException(encoder + ": predictions of " + given.size()
                    + " slides that are not the same " + names.size() + " as before");
        }
        names = given;
        Map<Integer, List<SlidePrediction>> runs = all.computeIfAbsent(encoder, key -> new TreeMap<>());
        if (runs.putIfAbsent(initialisation, List.copyOf(slides)) != null) {
            throw new IllegalArgumentException(encoder + ": initialisation " + initialisation + " is there already");
        }
        return this;
    }

    /** The encoders, in the order in which they came. */
    List<String> encoders() {
        return List.copyOf(all.keySet());
    }

    private Spread over(String encoder, ToDoubleFunction<List<SlidePrediction>> number) {
        return Spread.of(all.getOrDefault(encoder, Map.of()).values().stream()
                .mapToDouble(number)
                .toArray());
    }

    /** Area under the ROC curve; not a number of an encoder that is not there. */
    Spread auc(String encoder, NicSet set) {
        return over(encoder, slides -> set.auc(manifest, slides));
    }

    /** The same by the set's heading, as {@link PaperNumbers#of}. */
    Spread auc(String encoder, String set) {
        for (NicSet one : NicSet.values()) {
            if (one.title().equals(set)) {
                return auc(encoder, one);
            }
        }
        throw new IllegalArgumentException("no set " + set);
    }

    /** Spearman's correlation of what was predicted and what is known. */
    Spread spearman(String encoder) {
        return over(encoder, slides -> SlideScores.spearman(slides).rho());
    }

    /** What is said of each slide on average over an encoder's initialisations, in the order of the first one. */
    List<SlidePrediction> mean(String encoder) {
        Map<String, List<SlidePrediction>> bySlide = new LinkedHashMap<>();
        all.getOrDefault(encoder, Map.of())
                .values()
                .forEach(slides -> slides.forEach(one -> bySlide.computeIfAbsent(one.name(), name -> new ArrayList<>())
                        .add(one)));
        return bySlide.values().stream().map(SlidePrediction::mean).toList();
    }

    /** Every prediction: encoder, initialisation, slide, split, label, score. */
    Table perSlide() {
        StringColumn encoders = StringColumn.create("encoder");
        IntColumn initialisations = IntColumn.create("initialisation");
        StringColumn slides = StringColumn.create("slide");
        StringColumn splits = StringColumn.create("split");
        StringColumn labels = StringColumn.create("label");
        DoubleColumn scores = DoubleColumn.create("score");
        all.forEach((encoder, runs) -> runs.forEach((initialisation, outcomes) -> outcomes.forEach(one -> {
            encoders.append(encoder);
            initialisations.append(initialisation);
            SlideEntry slide = manifest.slide(one.name());
            slides.append(slide.name());
            splits.append(slide.split().word());
            labels.append(slide.label() == null ? "" : slide.label());
            scores.append(one.score());
        })));
        return Table.create("per slide", encoders, initialisations, slides, splits, labels, scores);
    }

    /**
     * Table 2 made anew: mean, deviation and the paper's mean of every encoder and set.
     *
     * @param paper the printed numbers
     */
    Table aucTable(PaperNumbers paper) {
        StringColumn encoders = StringColumn.create("encoder");
        StringColumn sets = StringColumn.create("set");
        DoubleColumn means = DoubleColumn.create("auc");
        DoubleColumn deviations = DoubleColumn.create("sd");
        DoubleColumn printed = DoubleColumn.create("paper_auc");
        for (String encoder : all.keySet()) {
            for (NicSet set : NicSet.values()) {
                Spread spread = auc(encoder, set);
                encoders.append(encoder);
                sets.append(set.title());
                means.append(spread.mean());
                deviations.append(spread.deviation());
                printed.append(paper.of(encoder, set.title()).mean());
            }
        }
        return Table.create("auc", encoders, sets, means, deviations, printed);
    }
}
