package slidefield.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import slidefield.data.Manifest;
import slidefield.data.SlideEntry;
import slidefield.io.InputException;

/**
 * The proliferation scores of TUPAC16's training slides, which the challenge gives in {@code training_ground_truth.csv}: no
 * header, the n-th row is slide {@code TUPAC-TR-n}, its first column the mitotic score (1 to 3), its second one the molecular
 * score, which Neural Image Compression predicts (Tellez et al. 2019, section 4.5).
 */
final class TupacLabels {
    private static final Pattern TRAINING = Pattern.compile("TUPAC-TR-(\\d{3})");

    private TupacLabels() {}

    /**
     * A manifest with the scores as its training slides' labels.
     *
     * @param manifest its test slides, whose scores are not public, stay as they are
     * @param file the challenge's
     * @throws InputException if the file cannot be read or has no score of a slide
     */
    static Manifest fill(Manifest manifest, Path file) {
        List<String> rows = rows(file);
        List<SlideEntry> labelled = new ArrayList<>(manifest.slides());
        labelled.replaceAll(slide -> {
            Matcher name = TRAINING.matcher(slide.name());
            return name.matches()
                    ? slide.withLabel(score(file, rows, slide.name(), Integer.parseInt(name.group(1))))
                    : slide;
        });
        return manifest.withSlides(labelled);
    }

    private static List<String> rows(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException unreadable) {
            throw new InputException(
                    "cannot read the scores " + file + ": expected TUPAC16's training_ground_truth.csv", unreadable);
        }
    }

    private static String score(Path file, List<String> rows, String slide, int number) {
        String row = number < 1 || number > rows.size() ? "" : rows.get(number - 1);
        String[] cells = row.split(",", -1);
        try {
            if (cells.length == 2 && Double.isFinite(Double.parseDouble(cells[1]))) {
                return cells[1].strip();
            }
        } catch (NumberFormatException none) {
            throw noScore(file, slide, number, row);
        }
        throw noScore(file, slide, number, row);
    }

    private static InputException noScore(Path file, String slide, int number, String row) {
        return new InputException(file + " row " + number + ": expected the mitotic and the molecular score of " + slide
                + " as two numbers, found '" + row.replaceAll("\\p{Cntrl}", " ") + "'");
    }
}
