package slidefield.experiment;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import slidefield.data.Manifest;
import slidefield.data.Split;
import slidefield.fit.SlidePlane;
import slidefield.notebook.Maps;
import slidefield.notebook.Montage;
import slidefield.score.Confusion;
import slidefield.score.Resolution;
import slidefield.slide.Polygonize;

/** WSI-INR, Figure 3: the lesion maps of all methods at all resolutions, side by side, of the first seed. */
final class WsiInrFigure3 implements SlideExperiment {
    private static final int CELL = 250;

    @Override
    public String name() {
        return "wsi-inr-figure3";
    }

    @Override
    public String title() {
        return "WSI-INR, Figure 3: lesion maps across resolutions";
    }

    @Override
    public String claim() {
        return "U-Net and TransUNet produce spatially discontinuous predictions, whereas WSI-INR preserves structural"
                + " continuity. (Pictures only: the paper prints no numbers beside them.)";
    }

    @Override
    public ExperimentResult run(ExperimentContext<Manifest> context) {
        context.changes().require(name(), true, Rivals.OPTIONS);
        Rivals rivals = Rivals.of(context);
        SlideData.require(context, Split.TEST);
        ExperimentContext<Manifest> first = context.withSeeds(context.seeds().subList(0, 1));
        Runs runs = new Runs(first);
        ResultWriter writer = new ResultWriter(first, this);
        List<Method> methods = rivals.methods(first, runs);
        Map<String, SlideMaps> slides = new LinkedHashMap<>();
        ConnectedComponents pieces = new ConnectedComponents();
        new Trials(first, runs)
                .run(methods, Split.TEST, List.of(Resolution.values()), (method, seed, plane, resolution, answer) -> {
                    byte[] mask = answer.prediction().mask();
                    byte[] truth = plane.mask(0, 0, plane.width(), plane.height());
                    pieces.add(new ConnectedComponents.Row(
                            method.name(),
                            plane.name(),
                            resolution,
                            pieces(mask, plane),
                            pieces(truth, plane),
                            new Confusion().add(mask, truth)));
                    slides.computeIfAbsent(plane.name(), name -> new SlideMaps())
                            .add(method.name(), resolution, plane, Maps.picture(Maps.probability(answer.prediction())));
                });
        writer.table("", pieces.table());
        String main = slides.keySet().iterator().next();
        slides.forEach((name, maps) -> writer.picture(name.equals(main) ? "" : name, maps.picture()));
        writer.claim(pieces.claim(PaperDice.PATCH_METHODS, PaperDice.SPECIFIC_OPT));
        String numbers = "Lesion probability from dark (0) to yellow (1), seed "
                + first.seeds().get(0)
                + ", slide " + main + " in `" + name()
                + ".png`. Pieces: connected parts of the mask, mean over the test"
                + " slides; the paper has pictures only.\n\n" + pieces.markdown();
        return writer.finish(
                numbers,
                SlideOrigin.of(
                        first,
                        "two of CAMELYON16's test slides",
                        "camelyon16-macro",
                        List.of(Split.TEST),
                        rivals.texts()));
    }

    private static int pieces(byte[] mask, SlidePlane plane) {
        return Polygonize.of(mask, plane.width(), plane.height(), 1, 1).size();
    }

    /** One slide's pictures: a row per resolution, a column per method. */
    private static final class SlideMaps {
        private final List<String> methods = new ArrayList<>();
        private final Map<Resolution, List<BufferedImage>> rows = new LinkedHashMap<>();

        void add(String method, Resolution resolution, SlidePlane plane, BufferedImage map) {
            if (!methods.contains(method)) {
                methods.add(method);
            }
            rows.computeIfAbsent(
                            resolution,
                            r -> new ArrayList<>(List.of(
                                    Maps.slide(plane, Math.max(plane.width(), plane.height())),
                                    Maps.picture(Maps.truth(plane)))))
                    .add(map);
        }

        BufferedImage picture() {
            List<String> titles = new ArrayList<>(List.of("H&E", "truth"));
            titles.addAll(methods);
            Montage montage = Montage.of(CELL, titles);
            rows.forEach((resolution, images) -> montage.row(resolution.label(), images));
            return montage.image();
        }
    }
}
