package slidefield.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import slidefield.experiment.ImageSizes.Length;
import slidefield.swipe.BackboneOptions;
import slidefield.swipe.IosNetOptions;
import slidefield.swipe.PraNetOptions;
import slidefield.swipe.RivalOptions;
import slidefield.swipe.SwipeAblations;
import slidefield.swipe.SwipeOptions;

/**
 * What is varied in a chart of SwIPE's Table 2, right, with the numbers read from it.
 *
 * @param kind what
 * @param points places on the axis: layers, millions of parameters of the paper's backbone, percent of the images
 * @param paper Dice by network, one a point
 */
record EfficiencyAxis(Kind kind, List<Double> points, Map<String, List<Double>> paper) {
    /** The width that the others are measured by. */
    private static final double DEFAULT_WIDTH = 3.9;

    /** What is varied. */
    enum Kind {
        /** Layers of the backbone. */
        DEPTH("depth", "layers of the backbone"),
        /** Channels of the backbone, named by the millions of parameters that the paper's has. */
        WIDTH("width", "millions of parameters of the paper's backbone"),
        /** Share of the training images. */
        ANNOTATION("annotation", "% of the training images");

        private final String word;
        private final String label;

        Kind(String word, String label) {
            this.word = word;
            this.label = label;
        }
    }

    /** The three charts. */
    static List<EfficiencyAxis> all() {
        return List.of(
                new EfficiencyAxis(
                        Kind.DEPTH,
                        List.of(14.0, 28.0, 50.0),
                        Map.of(
                                SwipePaper.SWIPE, List.of(82.04, 85.05, 84.52),
                                SwipePaper.PRANET, List.of(80.25, 81.3, 82.56),
                                SwipePaper.IOSNET, List.of(77.25, 78.37, 77.98))),
                new EfficiencyAxis(
                        Kind.WIDTH,
                        List.of(1.9, DEFAULT_WIDTH, 9.8, 16.4),
                        Map.of(
                                SwipePaper.SWIPE, List.of(80.58, 85.05, 85.34, 83.93),
                                SwipePaper.PRANET, List.of(79.65, 81.08, 82.37, 81.24),
                                SwipePaper.IOSNET, List.of(73.36, 78.37, 77.65, 76.83))),
                new EfficiencyAxis(
                        Kind.ANNOTATION,
                        List.of(10.0, 25.0, 50.0, 100.0),
                        Map.of(
                                SwipePaper.SWIPE, List.of(58.07, 72.91, 81.02, 85.05),
                                SwipePaper.PRANET, List.of(51.19, 70.9, 79.89, 82.56),
                                SwipePaper.IOSNET, List.of(41.95, 54.31, 74.16, 78.37))));
    }

    /** For files. */
    String word() {
        return kind.word;
    }

    /** For charts. */
    String label() {
        return kind.label;
    }

    /** A chart's curve. */
    double[][] curve(List<Double> dice) {
        return new double[][] {
            points.stream().mapToDouble(Double::doubleValue).toArray(),
            dice.stream().mapToDouble(Double::doubleValue).toArray()
        };
    }

    /** A point as people write it. */
    String text(double point) {
        String number = point == Math.rint(point) ? Long.toString((long) point) : Double.toString(point);
        return switch (kind) {
            case DEPTH -> number + " layers";
            case WIDTH -> "width " + number + " M";
            case ANNOTATION -> number + " % annotated";
        };
    }

    /**
     * A network at every point.
     *
     * @param study images and sizes
     * @param network its name in the paper
     */
    List<ImageMethod> rows(ImageStudy study, String network) {
        List<ImageMethod> rows = new ArrayList<>();
        for (double point : points) {
            ImageStudy of = kind == Kind.ANNOTATION ? study.annotated(point / 100) : study;
            String name = network + ", " + text(point);
            String run = (network + "-" + kind.word + "-" + point).toLowerCase(Locale.ROOT);
            rows.add(
                    network.equals(SwipePaper.SWIPE)
                            ? of.swipe(name, run, Length.STUDY, s -> s.withNetwork(changed(s.swipe(), point)))
                            : of.rival(name, network, run, Length.STUDY, s -> s.with(changed(s.rival(), point))));
        }
        return rows;
    }

    private SwipeOptions changed(SwipeOptions network, double point) {
        return switch (kind) {
            case DEPTH -> SwipeAblations.depths(network).get(Integer.toString((int) point));
            case WIDTH -> SwipeAblations.widths(network).get(point + "M");
            case ANNOTATION -> network;
        };
    }

    private RivalOptions changed(RivalOptions network, double point) {
        return switch (kind) {
            case DEPTH -> with(network, backbone -> backbone.withDepth((int) point));
            case WIDTH -> with(network, backbone -> backbone.scaled(Math.sqrt(point / DEFAULT_WIDTH)));
            case ANNOTATION -> network;
        };
    }

    private static RivalOptions with(RivalOptions network, UnaryOperator<BackboneOptions> change) {
        if (network instanceof PraNetOptions pranet) {
            return new PraNetOptions(
                    change.apply(pranet.backbone()), pranet.channels(), pranet.deep(), pranet.shallow());
        }
        if (network instanceof IosNetOptions iosnet) {
            return new IosNetOptions(change.apply(iosnet.backbone()), iosnet.layers(), iosnet.outputs());
        }
        throw new IllegalArgumentException("no chart of Table 2 shows " + network);
    }
}
