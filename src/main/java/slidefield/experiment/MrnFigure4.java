package slidefield.experiment;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import slidefield.data.Manifest;
import slidefield.data.Split;
import slidefield.fit.Prediction;
import slidefield.fit.SlidePlane;
import slidefield.notebook.Maps;
import slidefield.notebook.Montage;
import slidefield.score.Resolution;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** MRN, Figure 4: a slide, its mask and every network's map beside each other, of the first seed. */
final class MrnFigure4 implements SlideExperiment {
    static final String PAPER = "coarser U-Nets are less confident and sparser, the multi-resolution networks are not";

    private static final int CELL = 200;

    @Override
    public String name() {
        return "mrn-figure4";
    }

    @Override
    public String title() {
        return "MRN, Figure 4: every network's map of a test slide";
    }

    @Override
    public String claim() {
        return "as the pixel size grows, the U-Nets' predictions become sparser and less confident; those of both"
                + " multi-resolution networks hold details and are relatively more confident. (Pictures only.)";
    }

    @Override
    public ExperimentResult run(ExperimentContext<Manifest> given) {
        MrnSetup setup = MrnSetup.of(given.withSeeds(given.seeds().subList(0, 1)), name());
        ExperimentContext<Manifest> context = setup.context();
        SlideData.require(context, Split.VALIDATION, Split.TEST);
        Runs runs = new Runs(context);
        ResultWriter writer = new ResultWriter(context, this);
        Map<String, List<BufferedImage>> slides = new LinkedHashMap<>();
        Map<String, Confidence> confidences = new LinkedHashMap<>();
        new Trials(context, runs)
                .run(
                        setup.methods(runs),
                        Split.TEST,
                        List.of(Resolution.BASE),
                        (method, seed, plane, resolution, answer) -> {
                            slides.computeIfAbsent(plane.name(), name -> new ArrayList<>(first(plane)))
                                    .add(Maps.picture(Maps.probability(answer.prediction())));
                            confidences
                                    .computeIfAbsent(method.name(), name -> new Confidence())
                                    .add(answer.prediction(), plane);
                        });
        List<String> titles = new ArrayList<>(List.of("H&E", "mask"));
        titles.addAll(confidences.keySet());
        Montage montage = Montage.of(CELL, titles);
        slides.forEach(montage::row);
        writer.table("", table(confidences));
        writer.picture("", montage.image());
        writer.claim(claim(setup.unets(), confidences));
        String numbers = "Lesion probability from dark (0) to yellow (1), seed "
                + context.seeds().get(0) + ", in `" + name()
                + ".png`. Confidence: mean probability of the pixels that are"
                + " lesion.\n\n" + markdown(confidences);
        return writer.finish(numbers, setup.origin(List.of(Split.TEST)));
    }

    private static List<BufferedImage> first(SlidePlane plane) {
        return List.of(Maps.slide(plane, Math.max(plane.width(), plane.height())), Maps.picture(Maps.truth(plane)));
    }

    /** Mean probabilities of lesion and of other pixels, over slides. */
    static final class Confidence {
        private double lesion;
        private double other;
        private long lesions;
        private long others;

        Confidence add(Prediction prediction, SlidePlane plane) {
            byte[] truth = plane.mask(0, 0, plane.width(), plane.height());
            float[] probabilities = prediction.probabilities();
            for (int i = 0; i < truth.length; i++) {
                if (truth[i] != 0) {
                    lesion += probabilities[i];
                    lesions++;
                } else {
                    other += probabilities[i];
                    others++;
                }
            }
            return this;
        }

        double ofLesion() {
            return lesion / lesions;
        }

        double ofOther() {
            return other / others;
        }
    }

    private static Table table(Map<String, Confidence> confidences) {
        StringColumn methods = StringColumn.create("method");
        DoubleColumn lesion = DoubleColumn.create("mean probability of lesion pixels");
        DoubleColumn other = DoubleColumn.create("mean probability of other pixels");
        confidences.forEach((method, confidence) -> {
            methods.append(method);
            lesion.append(confidence.ofLesion());
            other.append(confidence.ofOther());
        });
        return Table.create("Confidence", methods, lesion, other);
    }

    private static String markdown(Map<String, Confidence> confidences) {
        List<List<String>> lines = new ArrayList<>();
        confidences.forEach((method, confidence) -> lines.add(List.of(
                method,
                String.format(Locale.ROOT, "%.3f", confidence.ofLesion()),
                String.format(Locale.ROOT, "%.3f", confidence.ofOther()))));
        return Markdown.table(List.of("mean probability", "of lesion pixels", "of other pixels"), lines);
    }

    /** Two parts: the coarsest U-Net is less confident than the finest; both others are more confident than it. */
    static Claim claim(List<String> unets, Map<String, Confidence> confidences) {
        double finest = confidences.get(unets.get(0)).ofLesion();
        double coarsest = confidences.get(unets.get(unets.size() - 1)).ofLesion();
        double bilinear = confidences.get(MrnClaims.BILINEAR).ofLesion();
        double transposed = confidences.get(MrnClaims.TRANSPOSED).ofLesion();
        long right = (coarsest < finest ? 1 : 0) + (Math.min(bilinear, transposed) > coarsest ? 1 : 0);
        return new Claim(
                PAPER,
                Double.isFinite(finest) ? Claim.Verdict.of(right, 2) : Claim.Verdict.UNDECIDED,
                String.format(
                        Locale.ROOT,
                        "mean probability of lesion pixels: finest U-Net %.3f, coarsest %.3f, %s %.3f, %s %.3f",
                        finest,
                        coarsest,
                        MrnClaims.BILINEAR,
                        bilinear,
                        MrnClaims.TRANSPOSED,
                        transposed));
    }
}
