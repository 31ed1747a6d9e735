package slidefield.experiment.search;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import slidefield.data.DataRoot;
import slidefield.data.Manifest;
import slidefield.data.SlideEntry;
import slidefield.data.Split;
import slidefield.fit.FitListener;
import slidefield.fit.OpenedSlide;
import slidefield.fit.Optimisation;
import slidefield.fit.Segmenter;
import slidefield.fit.Settings;
import slidefield.fit.Training;
import slidefield.io.InputException;
import slidefield.score.Degenerate;
import slidefield.score.Resolution;

/** One trial in this process: trains on the training split and scores another at Base, Base/2 and Base/4. */
final class TrialRun {
    private final Manifest manifest;
    private final DataRoot data;
    private final Split split;
    private final Optimisation optimisation;

    TrialRun(Manifest manifest, DataRoot data, Split split, Optimisation optimisation) {
        this.manifest = manifest;
        this.data = data;
        this.split = split;
        this.optimisation = optimisation;
    }

    /**
     * @param settings all options
     * @param listener told how it goes
     * @throws InputException if a slide cannot be used or scored
     */
    TrialResult run(Settings settings, FitListener listener) {
        long start = System.nanoTime();
        Segmenter segmenter =
                new Segmenter(Training.train(settings, manifest, data, listener).field());
        Map<Resolution, List<Double>> dice = new EnumMap<>(Resolution.class);
        List<Double> psnr = new ArrayList<>();
        Set<Degenerate> suspicions = new LinkedHashSet<>();
        for (SlideEntry entry : manifest.split(split)) {
            try (OpenedSlide slide = OpenedSlide.open(entry, manifest.base(), data)) {
                for (Segmenter.Result result :
                        segmenter.segment(slide, List.of(Resolution.values()), optimisation, listener)) {
                    if (!result.plane().annotated()) {
                        throw new InputException(
                                "slide " + entry.name() + " has no annotation, so nothing can be scored"
                                        + " on it; leave it out of the split " + split.word());
                    }
                    dice.computeIfAbsent(result.resolution(), none -> new ArrayList<>())
                            .add(result.confusion().scores().dice());
                    suspicions.add(Degenerate.of(result.confusion()));
                    if (result.resolution() == Resolution.BASE) {
                        psnr.add(result.prediction().psnr());
                    }
                }
            }
        }
        Map<String, Double> means = new LinkedHashMap<>();
        dice.forEach((resolution, values) -> means.put(resolution.label(), mean(values)));
        String note = suspicions.size() == 1 ? suspicions.iterator().next().note() : "";
        return new TrialResult(means, mean(psnr), (System.nanoTime() - start) / 1e9, note, null);
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }
}
