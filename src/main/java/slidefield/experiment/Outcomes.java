package slidefield.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import slidefield.score.Confusion;
import slidefield.score.Degenerate;
import slidefield.score.Resolution;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * What all trainings of all methods came to. A seed's Dice is the mean over its slides; mean and standard deviation are
 * taken over the seeds.
 */
public final class Outcomes {
    private final List<Outcome> all = new ArrayList<>();

    /** Adds one. */
    public Outcomes add(Outcome outcome) {
        all.add(outcome);
        return this;
    }

    /** The methods in the order in which they came. */
    public List<String> methods() {
        return all.stream().map(Outcome::method).distinct().toList();
    }

    /** The seeds in the order in which they came. */
    public List<Long> seeds() {
        return all.stream().map(Outcome::seed).distinct().toList();
    }

    /** The slides in the order in which they came. */
    public List<String> slides() {
        return all.stream().map(Outcome::slide).distinct().toList();
    }

    /** The resolutions, finest first. */
    public List<Resolution> resolutions() {
        return Arrays.stream(Resolution.values())
                .filter(r -> all.stream().anyMatch(o -> o.resolution() == r))
                .toList();
    }

    private List<Outcome> of(String method, Resolution resolution) {
        return all.stream()
                .filter(o -> o.method().equals(method) && o.resolution() == resolution)
                .toList();
    }

    /** A method's Dice at a resolution, one number per seed: the mean over the slides. */
    public double[] dice(String method, Resolution resolution) {
        return bySeed(method, resolution, Outcome::dice);
    }

    /** A method's PSNR in dB at a resolution, one number per seed: the mean over the slides. */
    public double[] psnr(String method, Resolution resolution) {
        return bySeed(method, resolution, Outcome::psnr);
    }

    private double[] bySeed(String method, Resolution resolution, ToDoubleFunction<Outcome> number) {
        Map<Long, SummaryStatistics> bySeed = new LinkedHashMap<>();
        for (Outcome outcome : of(method, resolution)) {
            bySeed.computeIfAbsent(outcome.seed(), seed -> new SummaryStatistics())
                    .addValue(number.applyAsDouble(outcome));
        }
        return bySeed.values().stream().mapToDouble(SummaryStatistics::getMean).toArray();
    }

    /** A method's mean Dice over seeds and slides at every resolution. */
    public Map<Resolution, Double> meanDice(String method) {
        Map<Resolution, Double> means = new EnumMap<>(Resolution.class);
        for (Resolution resolution : resolutions()) {
            means.put(resolution, Spread.of(dice(method, resolution)).mean());
        }
        return means;
    }

    /** A method's Dice of one seed at every resolution. */
    public Map<Resolution, Double> dice(String method, long seed) {
        Map<Resolution, Double> dice = new EnumMap<>(Resolution.class);
        for (Resolution resolution : resolutions()) {
            double[] slides = of(method, resolution).stream()
                    .filter(o -> o.seed() == seed)
                    .mapToDouble(Outcome::dice)
                    .toArray();
            dice.put(resolution, Spread.of(slides).mean());
        }
        return dice;
    }

    /**
     * What another answer would score on the same slides, as a mean, at every resolution.
     *
     * @param answer makes its counts from a method's, such as {@link Confusion#allLesion}
     */
    public Map<Resolution, Double> reference(UnaryOperator<Confusion> answer) {
        Map<Resolution, Double> dice = new EnumMap<>(Resolution.class);
        for (Resolution resolution : resolutions()) {
            double[] each = all.stream()
                    .filter(o -> o.resolution() == resolution)
                    .mapToDouble(o -> answer.apply(o.counts()).scores().dice())
                    .toArray();
            dice.put(resolution, Spread.of(each).mean());
        }
        return dice;
    }

    /** Names the answers of a method that hold no segmentation; empty if there are none. */
    public String note(String method) {
        List<Outcome> own = all.stream().filter(o -> o.method().equals(method)).toList();
        List<String> notes = new ArrayList<>();
        for (Degenerate kind : List.of(Degenerate.ALL_LESION, Degenerate.ALL_BACKGROUND)) {
            long found = own.stream().filter(o -> o.degenerate() == kind).count();
            if (found > 0) {
                String what = kind == Degenerate.ALL_LESION ? "all lesion" : "all background";
                notes.add(found == own.size() ? what : what + " in " + found + " of " + own.size() + " answers");
            }
        }
        return String.join("; ", notes);
    }

    /** One row per training, slide and resolution, numbers in full. */
    public Table perSlide() {
        StringColumn methods = StringColumn.create("method");
        LongColumn seeds = LongColumn.create("seed");
        StringColumn slides = StringColumn.create("slide");
        StringColumn resolutions = StringColumn.create("resolution");
        Map<String, DoubleColumn> numbers = new LinkedHashMap<>();
        StringColumn notes = StringColumn.create("note");
        for (Outcome o : all) {
            methods.append(o.method());
            seeds.append(o.seed());
            slides.append(o.slide());
            resolutions.append(o.resolution().label());
            put(numbers, "dice", o.dice());
            put(numbers, "jaccard", o.counts().scores().jaccard());
            put(numbers, "precision", o.counts().scores().precision());
            put(numbers, "recall", o.counts().scores().recall());
            put(
                    numbers,
                    "lesion share",
                    (double) o.counts().lesion() / o.counts().total());
            put(
                    numbers,
                    "predicted share",
                    (double) o.counts().predicted() / o.counts().total());
            put(numbers, "psnr_db", o.psnr());
            put(numbers, "seconds", o.seconds());
            notes.append(o.degenerate().note());
        }
        Table table = Table.create("Dice per slide and seed", methods, seeds, slides, resolutions);
        numbers.values().forEach(table::addColumns);
        return table.addColumns(notes);
    }

    private static void put(Map<String, DoubleColumn> columns, String name, double value) {
        columns.computeIfAbsent(name, DoubleColumn::create).append(value);
    }
}
