package slidefield.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import slidefield.data.ImageSetManifest;
import slidefield.experiment.ImageSizes.Length;
import slidefield.notebook.Charts;
import slidefield.swipe.SwipeAblations;
import slidefield.swipe.SwipeOptions;

/** SwIPE, Table 3: what each of its parts adds, and other designs in the place of three of them. */
final class SwipeTable3 implements ImageExperiment {
    /** Of patch overreach, the paper's whichever the size of the network. */
    private static final int CONNECTIVITY = 8;

    private static final int OCCURRENCES = 8;

    /** As printed, in the order of {@link SwipeAblations}. */
    private static final double[] LADDER = {76.44, 76.57, 78.19, 80.33, 80.92, 82.28, 83.75, 85.05};

    private static final double[] DESIGNS = {78.30, 79.94, 84.19, 83.58, 68.23, 83.75, 83.71, 83.94, 84.43};

    @Override
    public String name() {
        return "swipe-table3";
    }

    @Override
    public String title() {
        return "SwIPE, Table 3: ablations and other designs";
    }

    @Override
    public String claim() {
        return "every component adds: context aggregation (RFB-Lite, cascade, MEA), the image decoder, global conditioning,"
                + " the source coordinate and patch overreach, from 76.44 to 85.05; and the chosen backbone, fusion and"
                + " overreach are above all alternatives.";
    }

    @Override
    public ExperimentResult run(ExperimentContext<ImageSetManifest> given) {
        ImageStudy study = ImageStudy.of(given, name(), Set.of());
        ExperimentContext<ImageSetManifest> context = study.context();
        ResultWriter writer = new ResultWriter(context, this);
        Map<String, ImageMethod> ladder = rows(study, SwipeAblations::ladder);
        Map<String, ImageMethod> designs = rows(study, SwipeAblations::designs);
        List<ImageView> view = List.of(study.test(SwipePaper.DICE));
        ImageTrials trials = new ImageTrials(context);
        Part left = new Part(trials.run(List.copyOf(ladder.values()), view), ladder, LADDER);
        Part right = new Part(trials.run(List.copyOf(designs.values()), view), designs, DESIGNS);
        left.write(writer, "", "Ablations, " + context.manifest().name());
        right.write(writer, "designs", "Other designs, " + context.manifest().name());
        writer.claim(ladder(left));
        writer.claim(designs(left, right));
        List<ImageMethod> all = new ArrayList<>(ladder.values());
        all.addAll(designs.values());
        String numbers =
                "Dice in percent on unseen images, our mean ± sd over seeds beside the paper's. Every row of the"
                        + " first table has what the rows above it have and one part more; training images are not cropped at"
                        + " random, as a cropped image would not know its source coordinate.\n\n"
                        + left.rows().markdown()
                        + "\nOther designs, each in the place of one part of the whole network:\n\n"
                        + right.rows().markdown();
        return writer.finish(numbers, study.origin(all));
    }

    private interface Ablations {
        Map<String, SwipeOptions> of(SwipeOptions whole);
    }

    private static Map<String, ImageMethod> rows(ImageStudy study, Ablations ablations) {
        Map<String, ImageMethod> rows = new LinkedHashMap<>();
        SwipeOptions whole = study.network(Length.STUDY).withOverreach(CONNECTIVITY, OCCURRENCES);
        ablations
                .of(whole)
                .forEach((name, options) -> rows.put(
                        name,
                        study.swipe(
                                name,
                                "table3" + ("-" + name.toLowerCase(Locale.ROOT)).replaceAll("[^a-z0-9]+", "-"),
                                Length.STUDY,
                                settings ->
                                        settings.with("augmentation.crop", "0").withNetwork(options))));
        return rows;
    }

    /** Half of the table. */
    private record Part(ImageOutcomes outcomes, Map<String, ImageMethod> methods, double[] printed) {
        ImageRows rows() {
            PaperNumbers paper = new PaperNumbers();
            List<String> names = List.copyOf(methods.keySet());
            if (names.size() != printed.length) {
                throw new IllegalStateException("the paper prints " + printed.length + " rows, found " + names);
            }
            for (int i = 0; i < printed.length; i++) {
                paper.number(names.get(i), SwipePaper.DICE, printed[i]);
            }
            return new ImageRows(outcomes, List.copyOf(methods.values()), paper);
        }

        void write(ResultWriter writer, String part, String title) {
            writer.table(part, rows().table());
            writer.table(part.isEmpty() ? "per-image" : part + "-per-image", outcomes.perImage());
            Map<String, double[]> bars = new LinkedHashMap<>();
            bars.put(
                    "ours",
                    methods.keySet().stream()
                            .mapToDouble(name -> of(name).mean())
                            .toArray());
            bars.put("paper", printed.clone());
            writer.chart(part, Charts.bars(title, "", "Dice %", List.copyOf(methods.keySet()), bars));
        }

        Spread of(String name) {
            return outcomes.dice(name, SwipePaper.DICE);
        }

        boolean decided() {
            return methods.keySet().stream().anyMatch(name -> !outcomes.isDegenerate(name));
        }
    }

    private static Claim ladder(Part ladder) {
        AboveClaim claim = new AboveClaim("every component adds to the Dice");
        String before = null;
        for (String name : ladder.methods().keySet()) {
            if (before != null) {
                claim.above(name, ladder.of(name), before, ladder.of(before));
            }
            before = name;
        }
        return claim.claim(ladder.decided());
    }

    private static Claim designs(Part ladder, Part designs) {
        AboveClaim claim = new AboveClaim("the whole network is above all other designs");
        List<String> rungs = List.copyOf(ladder.methods().keySet());
        Spread whole = ladder.of(rungs.get(rungs.size() - 1));
        designs.methods().keySet().forEach(name -> claim.above(SwipePaper.SWIPE, whole, name, designs.of(name)));
        return claim.claim(ladder.decided());
    }
}
