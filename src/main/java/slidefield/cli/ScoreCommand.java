package slidefield.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;
import slidefield.io.InputException;
import slidefield.score.Confusion;
import slidefield.score.Degenerate;
import slidefield.score.Resolution;
import slidefield.score.Scores;
import slidefield.slide.Lesions;
import slidefield.slide.Slide;
import slidefield.slide.Slides;
import slidefield.slide.View;

/** Dice, Jaccard, precision and recall of a predicted mask image, tile by tile. */
@Command(
        name = "score",
        description = {
            "Compare a predicted lesion mask with the true one: Dice, Jaccard, precision, recall.",
            "Both are images (PNG, JPEG, TIFF); a pixel over 127 is lesion. They may differ in size but not in shape:"
                    + " the coarser grid is compared, or the truth's at --resolution."
        })
final class ScoreCommand extends Subcommand {
    /** Pixels along a tile's side on the compared grid. */
    private static final int TILE = 1024;

    @Parameters(index = "0", paramLabel = "PREDICTION", description = "The predicted mask or probability image.")
    private Path prediction;

    @Parameters(index = "1", paramLabel = "TRUTH", description = "The true mask image.")
    private Path truth;

    @Option(
            names = "--resolution",
            paramLabel = "R",
            converter = ResolutionConverter.class,
            description = "base, base/2 or base/4: the truth's pixels, or 2 or 4 times coarser.")
    private Resolution resolution;

    /** Text to {@link Resolution}. */
    static final class ResolutionConverter implements ITypeConverter<Resolution> {
        @Override
        public Resolution convert(String text) {
            try {
                return Resolution.parse(text);
            } catch (InputException unknown) {
                throw new TypeConversionException(unknown.getMessage());
            }
        }
    }

    @Override
    protected int run(Report report) {
        try (Slide predicted = Slides.open(prediction);
                Slide trueSlide = Slides.open(truth)) {
            View grid = grid(predicted, trueSlide);
            Confusion counts;
            try (Lesions found = Lesions.open(prediction, grid.slide());
                    Lesions wanted = Lesions.open(truth, grid.slide())) {
                counts = count(grid, found, wanted);
            }
            print(report, predicted, trueSlide, grid, counts);
        }
        return 0;
    }

    private View grid(Slide predicted, Slide trueSlide) {
        if (resolution != null) {
            return View.downsampled(trueSlide, resolution.factor());
        }
        boolean predictionIsCoarser = predicted.width() < trueSlide.width();
        return View.downsampled(predictionIsCoarser ? predicted : trueSlide, 1);
    }

    private static Confusion count(View grid, Lesions found, Lesions wanted) {
        Confusion counts = new Confusion();
        for (int y = 0; y < grid.height(); y += TILE) {
            for (int x = 0; x < grid.width(); x += TILE) {
                int w = Math.min(TILE, grid.width() - x);
                int h = Math.min(TILE, grid.height() - y);
                counts.add(found.mask(grid, x, y, w, h), wanted.mask(grid, x, y, w, h));
            }
        }
        return counts;
    }

    private void print(Report report, Slide predicted, Slide trueSlide, View grid, Confusion counts) {
        Scores scores = counts.scores();
        report.put("prediction", prediction, prediction + ", " + size(predicted.width(), predicted.height()));
        report.put("truth", truth, truth + ", " + size(trueSlide.width(), trueSlide.height()));
        report.put("compared_at", java.util.List.of(grid.width(), grid.height()), size(grid.width(), grid.height()));
        report.put("dice", scores.dice());
        report.put("jaccard", scores.jaccard());
        report.put("precision", scores.precision());
        report.put("recall", scores.recall());
        report.put("all_lesion_dice", counts.allLesion().scores().dice());
        report.put("all_background_dice", counts.allBackground().scores().dice());
        Map<String, Object> pixels = new LinkedHashMap<>();
        pixels.put("true_positives", counts.truePositives());
        pixels.put("false_positives", counts.falsePositives());
        pixels.put("false_negatives", counts.falseNegatives());
        pixels.put("true_negatives", counts.trueNegatives());
        report.put("pixels", pixels, counts.toString());
        String note = Degenerate.of(counts).note();
        report.put("note", note, note.isEmpty() ? null : note);
    }

    private static String size(int width, int height) {
        return width + " x " + height + " pixels";
    }

    @Override
    protected String lessMemory() {
        return "give the masks as tiled TIFF, which is read piece by piece";
    }
}
