package slidefield.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import slidefield.fit.Prediction;
import slidefield.fit.Segmenter;
import slidefield.fit.SlidePlane;
import slidefield.notebook.Pictures;
import slidefield.score.Resolution;
import slidefield.slide.GeoJson;
import slidefield.slide.Polygonize;
import slidefield.slide.PyramidOptions;
import slidefield.slide.PyramidWriter;

/** The files of one segmented slide at one resolution. */
final class SegmentFiles {
    private SegmentFiles() {}

    /** {@link #write(Path, String, Resolution, SlidePlane, Prediction, Map)} of what a field answers. */
    static List<Path> write(Path folder, String name, Segmenter.Result result) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("fitted_at", result.fittedAt().label());
        return write(folder, name, result.resolution(), result.plane(), result.prediction(), properties);
    }

    /**
     * Writes the probability and the mask as pyramidal TIFF, the lesions as GeoJSON for QuPath and an overlay as PNG.
     *
     * @param folder where
     * @param name first part of the files' names
     * @param resolution of the prediction
     * @param plane the slide at that resolution
     * @param prediction what to write
     * @param more what the GeoJSON says beside the resolution
     * @return the files
     */
    static List<Path> write(
            Path folder,
            String name,
            Resolution resolution,
            SlidePlane plane,
            Prediction prediction,
            Map<String, Object> more) {
        String stem = name + "-" + resolution.fileName();
        PyramidOptions grey = PyramidOptions.deflate().asGrey();
        PyramidOptions options =
                plane.view().mpp().isPresent() ? grey.withMpp(plane.view().mpp().getAsDouble()) : grey;
        List<Path> files = new ArrayList<>();
        Path probability = folder.resolve(stem + "-probability.tiff");
        PyramidWriter.write(probability, prediction.probabilityPixels(), options, done -> {});
        files.add(probability);
        Path mask = folder.resolve(stem + "-mask.tiff");
        PyramidWriter.write(mask, prediction.maskPixels(), options, done -> {});
        files.add(mask);
        Path lesions = folder.resolve(stem + "-lesions.geojson");
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("resolution", resolution.label());
        properties.putAll(more);
        GeoJson.write(
                lesions, Polygonize.of(prediction.mask(), plane.view()), GeoJson.Classification.TUMOR, properties);
        files.add(lesions);
        Path overlay = folder.resolve(stem + "-overlay.png");
        Pictures.save(Pictures.overlay(plane, prediction), overlay);
        files.add(overlay);
        return files;
    }
}
