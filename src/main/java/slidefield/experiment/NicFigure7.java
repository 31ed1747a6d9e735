package slidefield.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import slidefield.data.SyntheticManifest;
import slidefield.nic.SyntheticMask;
import slidefield.nic.TrainedSlideCnn;
import slidefield.nn.Engine;
import slidefield.notebook.Montage;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/**
 * Neural Image Compression, Figure 7: where the oracle's network looks in synthetic test images, by Grad-CAM, and how far that is the
 * tilted rectangle.
 */
final class NicFigure7 implements SyntheticExperiment {
    private static final String FORMAT = "%.3f";
    private static final int CELL = 220;

    /** Images in the picture: the first ones that are right, and the first one that is not. */
    private static final int RIGHT = 4;

    @Override
    public String name() {
        return "nic-figure7";
    }

    @Override
    public String title() {
        return "Neural Image Compression, Figure 7: Grad-CAM of synthetic images";
    }

    @Override
    public String claim() {
        return "the network generally focuses on the tilted rectangle, the one that the label follows from: the Jaccard"
                + " index of denoised maps and that rectangle is 0.612 on average over the test images.";
    }

    /**
     * One test image.
     *
     * @param seed of the network
     * @param image its number
     * @param label of it
     * @param found by the network
     * @param tilted Jaccard index of the found class's region with the tilted rectangle
     * @param straight the same with the straight one
     * @param ofLabel the label's region with the tilted rectangle
     */
    private record Seen(long seed, int image, int label, int found, double tilted, double straight, double ofLabel) {
        boolean right() {
            return label == found;
        }
    }

    @Override
    public ExperimentResult run(ExperimentContext<SyntheticManifest> given) {
        try (SyntheticStudy study = SyntheticStudy.of(given, name())) {
            ExperimentContext<SyntheticManifest> context = study.context();
            ResultWriter writer = new ResultWriter(context, this);
            SyntheticSetup setup = study.setup(NicPaper.ORACLE);
            study.answers(List.of(setup));
            List<Seen> seen = new ArrayList<>();
            Montage montage = Montage.of(CELL, List.of("image", "mask", "Grad-CAM", "region, tilted"));
            for (long seed : context.seeds()) {
                look(study, setup.withSeed(seed), seen, seed == context.seeds().get(0) ? montage : null);
            }
            writer.table("", table(seen));
            writer.picture("", montage.image());
            writer.claim(NicClaims.salience(mean(seen, Seen::tilted), mean(seen, Seen::straight)));
            return writer.finish(numbers(seen), study.origin(List.of(NicPaper.ORACLE)));
        }
    }

    private static void look(SyntheticStudy study, SyntheticSetup setup, List<Seen> all, Montage montage) {
        study.context().listener().notice("Grad-CAM of the test images, seed " + setup.seed());
        int[] shown = new int[2];
        try (Engine engine = Engine.preferred()) {
            TrainedSlideCnn network = study.network(setup, engine);
            study.test(setup, (test, i) -> {
                int label = test.image().label();
                int found = network.predict(test.labelled(i)).mostProbable();
                SyntheticSaliency map = SyntheticSaliency.of(network, test, setup.stride(), found);
                double ofLabel = found == label
                        ? map.jaccard(SyntheticMask.TILTED)
                        : SyntheticSaliency.of(network, test, setup.stride(), label)
                                .jaccard(SyntheticMask.TILTED);
                all.add(new Seen(
                        setup.seed(),
                        i,
                        label,
                        found,
                        map.jaccard(SyntheticMask.TILTED),
                        map.jaccard(SyntheticMask.STRAIGHT),
                        ofLabel));
                int right = found == label ? 1 : 0;
                if (montage != null && shown[right] < (right == 1 ? RIGHT : 1)) {
                    shown[right]++;
                    montage.row("label " + label + ", found " + found, map.pictures());
                }
            });
        }
    }

    private static Table table(List<Seen> seen) {
        Table table = Table.create(
                IntColumn.create("seed"),
                IntColumn.create("image"),
                IntColumn.create("label"),
                IntColumn.create("found"),
                DoubleColumn.create("jaccard_tilted"),
                DoubleColumn.create("jaccard_straight"),
                DoubleColumn.create("jaccard_tilted_of_label"));
        for (Seen one : seen) {
            table.intColumn("seed").append((int) one.seed());
            table.intColumn("image").append(one.image());
            table.intColumn("label").append(one.label());
            table.intColumn("found").append(one.found());
            table.doubleColumn("jaccard_tilted").append(one.tilted());
            table.doubleColumn("jaccard_straight").append(one.straight());
            table.doubleColumn("jaccard_tilted_of_label").append(one.ofLabel());
        }
        return table;
    }

    private static Spread mean(List<Seen> seen, ToDoubleFunction<Seen> value) {
        double[] means = seen.stream()
                .collect(Collectors.groupingBy(Seen::seed, Collectors.averagingDouble(value)))
                .values()
                .stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
        return Spread.of(means);
    }

    private static String numbers(List<Seen> seen) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(row("all", seen, one -> true));
        rows.add(row("with the right label", seen, Seen::right));
        rows.add(row("with a wrong label", seen, one -> !one.right()));
        rows.add(List.of(
                "*the paper's*",
                "*25,000*",
                String.format(Locale.ROOT, "*" + FORMAT + "*", NicPaper.JACCARD),
                "–",
                "–"));
        return "Mean Jaccard index of the region where the oracle's network looks and a rectangle, on the grid of codes. Maps are"
                + " of the class that is found, as the paper's are of what is responsible for the prediction, and in the last"
                + " column of the class that the label names. The paper does not say how its maps are denoised; here they"
                + " are smoothed, cut at Otsu's threshold, and their largest part is the region.\n\n"
                + Markdown.table(
                        List.of("test images", "images", "tilted rectangle", "straight one", "tilted, label's class"),
                        rows);
    }

    private static List<String> row(String name, List<Seen> seen, Predicate<Seen> which) {
        List<Seen> some = seen.stream().filter(which).toList();
        return List.of(
                name,
                Integer.toString(some.size()),
                mean(some, Seen::tilted).text(FORMAT),
                mean(some, Seen::straight).text(FORMAT),
                mean(some, Seen::ofLabel).text(FORMAT));
    }
}
