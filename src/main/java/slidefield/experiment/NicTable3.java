package slidefield.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import slidefield.data.Manifest;
import slidefield.data.SlideEntry;
import slidefield.data.Split;
import slidefield.nic.SlidePrediction;
import slidefield.nic.SlideScores;
import slidefield.nic.SlideTask;
import slidefield.notebook.Charts;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Neural Image Compression, Table 3: a number predicted of whole slides, by encoder. */
final class NicTable3 implements NicSlideExperiment {
    private static final String FORMAT = "%.3f";

    /** Of fewer slides there is no rank correlation. */
    private static final int LEAST = 3;

    @Override
    public String name() {
        return "nic-table3";
    }

    @Override
    public String title() {
        return "Neural Image Compression, Table 3: a number from image-level labels";
    }

    @Override
    public String claim() {
        return "BiGAN's predictions of the proliferation score correlate best with the true ones (Spearman 0.522; 0.558 on the"
                + " test set), better than those of any other encoder, supervised or not.";
    }

    @Override
    public ExperimentResult run(ExperimentContext<Manifest> given) {
        NicStudy study = NicStudy.of(given, name(), SlideTask.REGRESSION);
        ExperimentContext<Manifest> context = study.context();
        ResultWriter writer = new ResultWriter(context, this);
        SlideOutcomes outcomes = study.heldOut();
        PaperNumbers ours = new PaperNumbers();
        for (String encoder : outcomes.encoders()) {
            Spread spread = outcomes.spearman(encoder);
            ours.number(encoder, NicPaper.ALL, spread.mean(), spread.deviation());
        }
        String best = best(outcomes);
        List<SlideEntry> test = context.manifest().split(Split.TEST).stream()
                .filter(slide -> slide.fold() == null)
                .toList();
        Map<Long, List<SlidePrediction>> unseen = test.isEmpty() ? Map.of() : study.unseen(best, test);
        Spread onTest = correlation(test, unseen);
        ours.number(best, NicPaper.TEST, onTest.mean(), onTest.deviation());
        PaperNumbers paper = NicPaper.table3();
        writer.table("", table(outcomes.encoders(), ours, paper));
        writer.table("per-slide", outcomes.perSlide());
        if (!test.isEmpty()) {
            writer.table("test", answers(best, test, unseen));
        }
        Map<String, double[]> bars = new LinkedHashMap<>();
        bars.put(context.manifest().name(), bars(outcomes.encoders(), ours));
        bars.put("TUPAC16, the paper", bars(outcomes.encoders(), paper));
        writer.chart(
                "",
                Charts.bars(
                        "Ours beside the paper's, all slides held out",
                        "",
                        "Spearman's correlation",
                        outcomes.encoders(),
                        bars));
        writer.claim(NicClaims.proliferation(ours::of));
        return writer.finish(
                text(outcomes.encoders(), ours, paper, best, test),
                study.origin(
                        "452 of TUPAC16 (score: proliferation by gene expression), 40 others for the encoders and 321"
                                + " test slides",
                        "tupac16-nic"));
    }

    private static String best(SlideOutcomes outcomes) {
        String best = outcomes.encoders().get(0);
        for (String encoder : outcomes.encoders()) {
            if (outcomes.spearman(encoder).mean() > outcomes.spearman(best).mean()
                    || Double.isNaN(outcomes.spearman(best).mean())) {
                best = encoder;
            }
        }
        return best;
    }

    private static double[] bars(List<String> encoders, PaperNumbers numbers) {
        return NicStudy.bars(encoders.stream()
                .mapToDouble(encoder -> numbers.of(encoder, NicPaper.ALL).mean())
                .toArray());
    }

    /** Of the test slides whose label is known. */
    private static Spread correlation(List<SlideEntry> test, Map<Long, List<SlidePrediction>> unseen) {
        List<String> known = test.stream()
                .filter(slide -> slide.label() != null)
                .map(SlideEntry::name)
                .toList();
        return Spread.of(unseen.values().stream()
                .map(said ->
                        said.stream().filter(one -> known.contains(one.name())).toList())
                .filter(said -> said.size() >= LEAST)
                .mapToDouble(said -> SlideScores.spearman(said).rho())
                .toArray());
    }

    private static Table table(List<String> encoders, PaperNumbers ours, PaperNumbers paper) {
        StringColumn names = StringColumn.create("encoder");
        StringColumn sets = StringColumn.create("set");
        DoubleColumn means = DoubleColumn.create("spearman");
        DoubleColumn deviations = DoubleColumn.create("sd");
        DoubleColumn printed = DoubleColumn.create("paper_spearman");
        for (String encoder : encoders) {
            for (String set : List.of(NicPaper.ALL, NicPaper.TEST)) {
                names.append(encoder);
                sets.append(set);
                means.append(ours.of(encoder, set).mean());
                deviations.append(ours.of(encoder, set).deviation());
                printed.append(paper.of(encoder, set).mean());
            }
        }
        return Table.create("spearman", names, sets, means, deviations, printed);
    }

    /** What is said of the test slides, also of those whose numbers only others know. */
    private static Table answers(String encoder, List<SlideEntry> test, Map<Long, List<SlidePrediction>> unseen) {
        StringColumn slides = StringColumn.create("slide");
        StringColumn labels = StringColumn.create("label");
        Table table = Table.create(encoder, slides, labels);
        test.forEach(slide -> {
            slides.append(slide.name());
            labels.append(Objects.requireNonNullElse(slide.label(), ""));
        });
        Map<Long, DoubleColumn> bySeed = new LinkedHashMap<>();
        unseen.forEach((seed, said) -> bySeed.put(
                seed,
                DoubleColumn.create(
                        "predicted_" + seed,
                        said.stream().mapToDouble(SlidePrediction::score).toArray())));
        bySeed.values().forEach(table::addColumns);
        return table;
    }

    private static String text(
            List<String> encoders, PaperNumbers ours, PaperNumbers paper, String best, List<SlideEntry> test) {
        List<List<String>> rows = new ArrayList<>();
        for (String encoder : encoders) {
            rows.add(List.of(
                    encoder,
                    ours.of(encoder, NicPaper.ALL).text(FORMAT),
                    paper.of(encoder, NicPaper.ALL).text(FORMAT),
                    ours.of(encoder, NicPaper.TEST).text(FORMAT),
                    paper.of(encoder, NicPaper.TEST).text(FORMAT)));
        }
        String tested = test.isEmpty()
                ? " There are no test slides outside the folds."
                : " Test: the " + test.size()
                        + " slides without a fold, predicted with the encoder that is best on All (" + best
                        + "), the mean of the networks of all rounds, where their labels are known.";
        return "Spearman's rank correlation of predicted and true numbers, our mean ± sd over initialisations beside the"
                + " paper's. All: every slide, predicted in the round that held it out." + tested + "\n\n"
                + Markdown.table(List.of("encoder", "All", "paper", "Test", "paper"), rows);
    }
}
