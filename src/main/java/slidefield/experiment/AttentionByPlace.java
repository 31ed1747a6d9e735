package slidefield.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import slidefield.swipe.LabelledImage;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** The attention to each of the four scales in patches near a border, inside a structure and in confident background. */
final class AttentionByPlace {
    static final int SCALES = 4;

    /** The mean probability of foreground in a patch up to which background is confident. */
    private static final double CONFIDENT = 0.1;

    /** Where a patch lies, by its pixels' true classes. */
    enum Place {
        /** It shows foreground and background. */
        BORDER("border"),
        /** It shows foreground only. */
        INTERIOR("interior"),
        /** It shows background only, and the network is sure of it. */
        BACKGROUND("confident background");

        private final String word;

        Place(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    private record Weighed(long seed, Place place, double[] weights) {}

    private final List<Weighed> all = new ArrayList<>();

    /**
     * Counts the patches of an image.
     *
     * @param seed of the network's training
     * @param image with its classes
     * @param attention to the four scales, patch after patch
     * @param rows of patches
     * @param columns of patches
     * @param probability of foreground of every pixel, as the network sees it
     */
    void add(long seed, LabelledImage image, float[] attention, int rows, int columns, float[] probability) {
        for (int patch = 0; patch < rows * columns; patch++) {
            int top = patch / columns * image.height() / rows;
            int left = patch % columns * image.width() / columns;
            int bottom = (patch / columns + 1) * image.height() / rows;
            int right = (patch % columns + 1) * image.width() / columns;
            long foreground = 0;
            double sure = 0;
            for (int y = top; y < bottom; y++) {
                for (int x = left; x < right; x++) {
                    foreground += image.classes()[y * image.width() + x] == 0 ? 0 : 1;
                    sure += probability[y * image.width() + x];
                }
            }
            long pixels = (long) (bottom - top) * (right - left);
            Place place = foreground == pixels
                    ? Place.INTERIOR
                    : foreground > 0 ? Place.BORDER : sure <= CONFIDENT * pixels ? Place.BACKGROUND : null;
            if (place != null) {
                double[] weights = new double[SCALES];
                for (int scale = 0; scale < SCALES; scale++) {
                    weights[scale] = attention[patch * SCALES + scale];
                }
                all.add(new Weighed(seed, place, weights));
            }
        }
    }

    /** How many patches of all trainings lie there. */
    long patches(Place place) {
        return all.stream().filter(each -> each.place() == place).count();
    }

    /** The mean attention to a scale over the patches of a place: mean and deviation over the seeds. */
    Spread weight(Place place, int scale) {
        return bySeed(place, weights -> weights[scale]);
    }

    /** The same of both finer scales together, w0 + w1. */
    Spread lower(Place place) {
        return bySeed(place, weights -> weights[0] + weights[1]);
    }

    private interface Share {
        double of(double[] weights);
    }

    private Spread bySeed(Place place, Share share) {
        Map<Long, List<Double>> bySeed = new LinkedHashMap<>();
        for (Weighed each : all) {
            if (each.place() == place) {
                bySeed.computeIfAbsent(each.seed(), seed -> new ArrayList<>()).add(share.of(each.weights()));
            }
        }
        return Spread.of(bySeed.values().stream()
                .mapToDouble(each ->
                        each.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN))
                .toArray());
    }

    /** One row a place. */
    Table table() {
        StringColumn places = StringColumn.create("patches");
        LongColumn counts = LongColumn.create("count");
        IntColumn seeds = IntColumn.create("seeds");
        Map<String, DoubleColumn> numbers = new LinkedHashMap<>();
        for (Place place : Place.values()) {
            places.append(place.word());
            counts.append(patches(place));
            seeds.append((int) all.stream().map(Weighed::seed).distinct().count());
            for (int scale = 0; scale < SCALES; scale++) {
                put(numbers, "w" + scale, weight(place, scale));
            }
            put(numbers, "w0 + w1", lower(place));
        }
        Table table = Table.create("Attention by place", places, counts, seeds);
        numbers.values().forEach(table::addColumns);
        return table;
    }

    private static void put(Map<String, DoubleColumn> columns, String name, Spread spread) {
        NumberColumns.put(columns, name, spread.mean());
        NumberColumns.put(columns, name + " sd", spread.deviation());
    }

    /** The same for people. */
    String markdown() {
        List<List<String>> rows = new ArrayList<>();
        for (Place place : Place.values()) {
            List<String> row = new ArrayList<>(List.of(place.word(), Long.toString(patches(place))));
            for (int scale = 0; scale < SCALES; scale++) {
                row.add(weight(place, scale).text("%.4f"));
            }
            row.add(lower(place).text("%.4f"));
            rows.add(row);
        }
        return Markdown.table(List.of("patches", "count", "w0", "w1", "w2", "w3", "w0 + w1"), rows);
    }

    /** Mean weights by place, w0 to w3; places without patches are left out. */
    Map<String, double[]> bars() {
        Map<String, double[]> bars = new LinkedHashMap<>();
        for (Place place : Place.values()) {
            if (patches(place) > 0) {
                bars.put(
                        place.word(),
                        IntStream.range(0, SCALES)
                                .mapToDouble(scale -> weight(place, scale).mean())
                                .toArray());
            }
        }
        return bars;
    }

    /** The supplement's sentence on its Figure 3. */
    Claim claim() {
        AboveClaim claim = new AboveClaim(
                "attention to lower-level features (w0, w1) concentrates near borders, that to higher-level ones in"
                        + " interiors and confident background");
        Map<Place, Spread> lower = new EnumMap<>(Place.class);
        Arrays.stream(Place.values())
                .filter(place -> patches(place) > 0)
                .forEach(place -> lower.put(place, hundredfold(lower(place))));
        if (lower.containsKey(Place.BORDER)) {
            for (Place place : List.of(Place.INTERIOR, Place.BACKGROUND)) {
                if (lower.containsKey(place)) {
                    claim.above(
                            "w0 + w1 in % near the " + Place.BORDER.word(),
                            lower.get(Place.BORDER),
                            place == Place.INTERIOR ? "in the " + place.word() : "in " + place.word(),
                            lower.get(place));
                }
            }
        }
        return claim.claim(lower.size() > 1 && lower.containsKey(Place.BORDER));
    }

    private static Spread hundredfold(Spread spread) {
        return new Spread(100 * spread.mean(), 100 * spread.deviation());
    }
}
