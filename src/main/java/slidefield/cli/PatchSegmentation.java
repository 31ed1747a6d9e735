package slidefield.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import slidefield.fit.OpenedSlide;
import slidefield.fit.Prediction;
import slidefield.fit.SlidePlane;
import slidefield.patch.TrainedPatchNetwork;
import slidefield.score.Confusion;
import slidefield.score.Resolution;
import slidefield.slide.View;

/** A slide segmented by a patch network. */
final class PatchSegmentation {
    private PatchSegmentation() {}

    /**
     * Predicts at every resolution and writes the files.
     *
     * @param scored whether the slide is annotated, to score the predictions
     * @param out where
     * @return what is to be said of every resolution
     */
    static List<Map<String, Object>> write(
            TrainedPatchNetwork network,
            OpenedSlide slide,
            List<Resolution> wanted,
            boolean scored,
            Path out,
            FitShown progress,
            Report report) {
        for (Resolution resolution : wanted) {
            View view = slide.view(resolution);
            Prediction.requireRoom(view.width(), view.height(), false);
        }
        List<Map<String, Object>> entries = new ArrayList<>();
        for (Resolution resolution : wanted) {
            long start = System.nanoTime();
            SlidePlane plane = slide.at(resolution);
            Prediction prediction = network.predict(plane, progress);
            double seconds = (System.nanoTime() - start) / 1e9;
            SegmentFiles.write(out, slide.name(), resolution, plane, prediction, Map.of())
                    .forEach(report::wrote);
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("resolution", resolution.label());
            entry.put("width", prediction.width());
            entry.put("height", prediction.height());
            entry.put("seconds", seconds);
            String line = String.format(
                    Locale.ROOT, "%-7s %d x %d px", resolution.label(), prediction.width(), prediction.height());
            if (scored) {
                byte[] truth = plane.mask(0, 0, plane.width(), plane.height());
                line += SegmentCommand.scored(entry, new Confusion().add(prediction.mask(), truth));
            }
            report.say(line);
            entries.add(entry);
        }
        return entries;
    }
}
