package slidefield.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import slidefield.score.Confusion;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * What all trainings of all networks came to, in percent. A seed's Dice is the mean over its images, each counting the
 * same; mean and standard deviation are taken over the seeds.
 */
final class ImageOutcomes {
    static final String ALL_FOREGROUND = "all foreground";
    static final String ALL_BACKGROUND = "all background";

    private final List<ImageOutcome> all = new ArrayList<>();

    ImageOutcomes add(ImageOutcome outcome) {
        all.add(outcome);
        return this;
    }

    /** The rows in the order in which they came. */
    List<String> methods() {
        return all.stream().map(ImageOutcome::method).distinct().toList();
    }

    /** The columns in the order in which they came. */
    List<String> views() {
        return all.stream().map(ImageOutcome::view).distinct().toList();
    }

    /** How many seeds there are. */
    int seeds() {
        return (int) all.stream().map(ImageOutcome::seed).distinct().count();
    }

    /** How many images a column has. */
    int images(String view) {
        return (int) all.stream()
                .filter(o -> o.view().equals(view))
                .map(ImageOutcome::image)
                .distinct()
                .count();
    }

    /** Mean and deviation over the seeds; not a number where the row has no such column. */
    Spread dice(String method, String view) {
        Map<Long, SummaryStatistics> bySeed = new LinkedHashMap<>();
        for (ImageOutcome outcome : all) {
            if (outcome.method().equals(method) && outcome.view().equals(view)) {
                bySeed.computeIfAbsent(outcome.seed(), seed -> new SummaryStatistics())
                        .addValue(outcome.dice());
            }
        }
        return Spread.of(
                bySeed.values().stream().mapToDouble(SummaryStatistics::getMean).toArray());
    }

    /** What calling every pixel foreground scores, by column. */
    Map<String, Double> allForeground() {
        return reference(Confusion::allLesion);
    }

    /** What calling every pixel background scores, by column. */
    Map<String, Double> allBackground() {
        return reference(Confusion::allBackground);
    }

    private Map<String, Double> reference(Function<Confusion, Confusion> answer) {
        Map<String, Double> dice = new LinkedHashMap<>();
        for (String view : views()) {
            double[] each = all.stream()
                    .filter(o -> o.view().equals(view))
                    .mapToDouble(o -> 100 * answer.apply(o.counts()).scores().dice())
                    .toArray();
            dice.put(view, Spread.of(each).mean());
        }
        return dice;
    }

    /** Names the answers of a row that hold no segmentation; empty if there are none. */
    String note(String method) {
        List<ImageOutcome> own =
                all.stream().filter(o -> o.method().equals(method)).toList();
        Map<String, Long> kinds = own.stream()
                .map(ImageOutcome::degenerate)
                .filter(kind -> !kind.isEmpty())
                .collect(Collectors.groupingBy(kind -> kind, TreeMap::new, Collectors.counting()));
        return kinds.entrySet().stream()
                .map(kind -> kind.getValue() == own.size()
                        ? kind.getKey()
                        : kind.getKey() + " in " + kind.getValue() + " of " + own.size() + " answers")
                .collect(Collectors.joining("; "));
    }

    /** Whether none of a row's answers holds a segmentation. */
    boolean isDegenerate(String method) {
        return all.stream().filter(o -> o.method().equals(method)).noneMatch(outcome -> outcome.degenerate()
                .isEmpty());
    }

    /** One row per training, column and image, numbers in full. */
    Table perImage() {
        StringColumn methods = StringColumn.create("method");
        LongColumn seeds = LongColumn.create("seed");
        StringColumn views = StringColumn.create("asked");
        StringColumn images = StringColumn.create("image");
        DoubleColumn dice = DoubleColumn.create("Dice %");
        DoubleColumn foreground = DoubleColumn.create("foreground share");
        DoubleColumn predicted = DoubleColumn.create("predicted share");
        StringColumn notes = StringColumn.create("note");
        for (ImageOutcome o : all) {
            methods.append(o.method());
            seeds.append(o.seed());
            views.append(o.view());
            images.append(o.image());
            dice.append(o.dice());
            foreground.append((double) o.counts().lesion() / o.counts().total());
            predicted.append((double) o.counts().predicted() / o.counts().total());
            notes.append(o.degenerate());
        }
        return Table.create(
                "Dice per image and seed", methods, seeds, views, images, dice, foreground, predicted, notes);
    }
}
