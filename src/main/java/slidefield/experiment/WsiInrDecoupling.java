package slidefield.experiment;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import slidefield.data.SlideEntry;
import slidefield.data.Split;
import slidefield.field.FieldOptions.EncodingKind;
import slidefield.fit.Part;
import slidefield.fit.Prediction;
import slidefield.fit.Settings;
import slidefield.fit.SlidePlane;
import slidefield.io.InputException;
import slidefield.notebook.Charts;
import slidefield.notebook.Maps;
import slidefield.notebook.Montage;
import slidefield.score.Confusion;
import slidefield.score.Resolution;

/**
 * WSI-INR, Figure 4: inference-time optimisation with the whole hash grid, with its low levels alone and with its high
 * levels alone; and a sweep over single levels that the paper does not have.
 */
final class WsiInrDecoupling implements Experiment {
    private static final int CELL = 300;

    @Override
    public String name() {
        return "wsi-inr-decoupling";
    }

    @Override
    public String title() {
        return "WSI-INR, Figure 4: low and high levels of the hash grid";
    }

    @Override
    public String claim() {
        return "high levels capture high-frequency details but lack spatial coherence, leading to segmentation failure; low"
                + " levels alone preserve global structures but miss fine details such as cells; the full hash grid integrates"
                + " both. Segmentation depends on reconstruction quality. (Pictures only: the paper prints no numbers.)";
    }

    @Override
    public ExperimentResult run(ExperimentContext context) {
        context.changes().require(name(), true, Set.of(Changes.SWEEP));
        Settings settings = context.changes().on(FieldSizes.of(context.size()));
        Settings fits = context.changes().on(FieldSizes.ofLevels(context.size()));
        SweepOptions sweep =
                SweepOptions.of(context.size()).with(context.changes().of(Changes.SWEEP));
        int levels = settings.field().hashGrid().levels();
        if (settings.field().encoding() != EncodingKind.HASH_GRID || levels < 2) {
            throw new InputException(name() + " takes a hash grid apart; it needs field.encoding=hash_grid and"
                    + " field.hashGrid.levels of at least 2");
        }
        context.requireSlides(Split.TEST);
        Runs runs = new Runs(context);
        ResultWriter writer = new ResultWriter(context, this);
        LevelTrials trials = new LevelTrials(context, runs, settings);
        Figure figure = new Figure(context.seeds().get(0));
        List<SlideEntry> slides = context.manifest().split(Split.TEST);
        List<LevelVariant> three = LevelVariant.figure(levels, fits.ito().epochs());
        LevelOutcomes paper = trials.run(three, context, slides, figure);
        List<LevelVariant> swept = Stream.of(LevelVariant.When.values())
                .flatMap(when -> LevelVariant.sweep(levels, sweep.epochs(), when).stream())
                .filter(variant -> variant.level() % sweep.every() == 0 || levels < sweep.every())
                .toList();
        List<Long> seeds = context.seeds()
                .subList(0, Math.min(sweep.seeds(), context.seeds().size()));
        List<SlideEntry> few = slides.subList(0, Math.min(sweep.slides(), slides.size()));
        LevelOutcomes single =
                trials.run(swept, context.withSeeds(seeds), few, (variant, seed, plane, prediction) -> {});
        writer.table("", paper.table());
        writer.table("sweep", single.table());
        writer.picture("", figure.picture());
        writer.chart(
                "sweep-psnr",
                Charts.lines(
                        "Paint by level",
                        "k (1 is the coarsest level)",
                        "PSNR, dB",
                        single.curves(LevelOutcomes.PSNR)));
        writer.chart(
                "sweep-dice",
                Charts.lines(
                        "Lesion by level", "k (1 is the coarsest level)", "Dice", single.curves(LevelOutcomes.DICE)));
        claims(writer, paper, single, three);
        return writer.finish(text(paper, single, sweep, seeds, few), origin(fits));
    }

    private static void claims(
            ResultWriter writer, LevelOutcomes paper, LevelOutcomes single, List<LevelVariant> three) {
        DecouplingClaims.of(
                        DecouplingClaims.Means.of(paper, three.get(0)),
                        DecouplingClaims.Means.of(paper, three.get(1)),
                        DecouplingClaims.Means.of(paper, three.get(2)),
                        paper.allTissue())
                .forEach(writer::claim);
        List<LevelOutcome> all =
                Stream.concat(paper.all().stream(), single.all().stream()).toList();
        writer.claim(DecouplingClaims.depends(
                all.stream().mapToDouble(o -> o.quality().psnr()).toArray(),
                all.stream().mapToDouble(LevelOutcome::dice).toArray()));
    }

    private static String text(
            LevelOutcomes paper, LevelOutcomes single, SweepOptions sweep, List<Long> seeds, List<SlideEntry> few) {
        return "Fitted and scored at Base, mean ± sd over seeds. *Structure*: PSNR of the mean colours of blocks of "
                + PaintQuality.BLOCK + " x " + PaintQuality.BLOCK
                + " pixels. *Detail*: share of what is left within the"
                + " blocks that the paint explains (1 right, 0 none, below 0 wrong). Calling all tissue a lesion has Dice "
                + String.format(Locale.ROOT, "%.4f", paper.allTissue()) + ", calling nothing one 0.\n\n"
                + paper.markdown(paper.variants())
                + "\nSingle levels (not in the paper), " + sweep.epochs() + " epochs per fit, seeds " + seeds
                + ", slides " + few.stream().map(SlideEntry::name).collect(Collectors.joining(", "))
                + ": the k coarsest levels, and all but the k-th; the others are closed during the fit or after it.\n\n"
                + single.sweepMarkdown();
    }

    private static Origin origin(Settings settings) {
        return new Origin(
                "CAMELYON16's 22 test slides with macro-metastases, of which the figure shows one",
                "camelyon16-macro",
                List.of(Split.TEST),
                List.of(FieldSizes.text(settings)));
    }

    /** Fits all variants and measures them. */
    private record LevelTrials(ExperimentContext context, Runs runs, Settings settings, FieldRuns fields) {
        LevelTrials(ExperimentContext context, Runs runs, Settings settings) {
            this(context, runs, settings, new FieldRuns(context, runs));
        }

        /** Slide by slide: variants that close levels after a fit share it. */
        LevelOutcomes run(List<LevelVariant> variants, ExperimentContext seeds, List<SlideEntry> slides, Sight sight) {
            LevelMethod.FullFits fullFits = new LevelMethod.FullFits();
            Map<Method, LevelVariant> methods = new LinkedHashMap<>();
            for (LevelVariant variant : variants) {
                methods.put(
                        new LevelMethod(variant, Ours.RUN, fields, fullFits, settings, context.listener()), variant);
            }
            LevelOutcomes outcomes = new LevelOutcomes();
            Trials trials = new Trials(seeds, runs);
            for (SlideEntry slide : slides) {
                trials.run(
                        new ArrayList<>(methods.keySet()),
                        List.of(slide),
                        List.of(Resolution.BASE),
                        (method, seed, plane, resolution, answer) -> {
                            Prediction prediction = answer.prediction();
                            byte[] truth = plane.mask(0, 0, plane.width(), plane.height());
                            LevelVariant variant = methods.get(method);
                            outcomes.add(new LevelOutcome(
                                    variant,
                                    seed,
                                    plane.name(),
                                    PaintQuality.of(prediction, plane),
                                    new Confusion().add(prediction.mask(), truth),
                                    TissuePixels.of(plane).allLesion(truth)));
                            sight.see(variant, seed, plane, prediction);
                        });
            }
            return outcomes;
        }
    }

    /** Looks at an answer. */
    private interface Sight {
        void see(LevelVariant variant, long seed, SlidePlane plane, Prediction prediction);
    }

    /** The first seed's answers on the first slide, as the paper's figure shows them. */
    private static final class Figure implements Sight {
        private final long first;
        private final Map<String, Prediction> answers = new LinkedHashMap<>();
        private final List<BufferedImage> painted = new ArrayList<>();
        private final List<BufferedImage> details = new ArrayList<>();
        private final List<BufferedImage> lesions = new ArrayList<>();
        private Part border;

        private Figure(long first) {
            this.first = first;
        }

        @Override
        public void see(LevelVariant variant, long seed, SlidePlane plane, Prediction prediction) {
            if (seed != first || answers.putIfAbsent(variant.name(), prediction) != null) {
                return;
            }
            if (border == null) {
                border = Border.of(plane);
                painted.add(Maps.slide(plane, 2 * CELL));
                details.add(Border.slide(plane, border));
                lesions.add(Maps.picture(Maps.truth(plane)));
            }
            painted.add(prediction.reconstruction());
            details.add(Border.painted(prediction, border));
            lesions.add(Maps.picture(Maps.probability(prediction)));
        }

        BufferedImage picture() {
            List<String> titles = new ArrayList<>(List.of("H&E, truth"));
            titles.addAll(answers.keySet());
            return Montage.of(CELL, titles)
                    .row("painted", painted)
                    .row("painted, at a lesion's border", details)
                    .row("lesion", lesions)
                    .image();
        }
    }
}
