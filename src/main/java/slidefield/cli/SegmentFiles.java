package slidefield.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import slidefield.fit.Prediction;
import slidefield.fit.Segmenter;
import slidefield.fit.SlidePlane;
import slidefield.io.WholeFile;
import slidefield.notebook.Pictures;
import slidefield.slide.GeoJson;
import slidefield.slide.Polygonize;
import slidefield.slide.PyramidOptions;
import slidefield.slide.PyramidWriter;

/** The files of one segmented slide at one resolution. */
final class SegmentFiles {
    private SegmentFiles() {}

    /**
     * Writes the probability and the mask as pyramidal TIFF, the lesions as GeoJSON for QuPath and an overlay as PNG.
     *
     * @param folder where
     * @param name first part of the files' names
     * @param result what to write
     * @return the files
     */
    static List<Path> write(Path folder, String name, Segmenter.Result result) {
        String stem = name + "-" + result.resolution().fileName();
        SlidePlane plane = result.plane();
        Prediction prediction = result.prediction();
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
        properties.put("resolution", result.resolution().label());
        properties.put("fitted_at", result.fittedAt().label());
        GeoJson.write(
                lesions, Polygonize.of(prediction.mask(), plane.view()), GeoJson.Classification.TUMOR, properties);
        files.add(lesions);
        Path overlay = folder.resolve(stem + "-overlay.png");
        png(overlay, Pictures.overlay(result));
        files.add(overlay);
        return files;
    }

    static void png(Path file, BufferedImage image) {
        WholeFile.write(file, temporary -> {
            if (!ImageIO.write(image, "png", temporary.toFile())) {
                throw new IOException("this Java cannot write PNG");
            }
        });
    }
}
