package slidefield.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import slidefield.data.SyntheticOptions;
import slidefield.io.InputException;
import slidefield.io.WholeFile;

/**
 * What a network says of the synthetic test images.
 *
 * @param tilted long sides of their tilted rectangles in pixels
 * @param labels digits, as many
 * @param predicted digits, as many
 */
record SyntheticAnswers(int[] tilted, int[] labels, int[] predicted) {
    private static final String HEADER = "tilted_size,label,predicted";

    SyntheticAnswers {
        if (tilted.length != labels.length || labels.length != predicted.length) {
            throw new IllegalArgumentException(
                    tilted.length + " sizes, " + labels.length + " labels, " + predicted.length + " predictions");
        }
    }

    /** How many of them are right. */
    SyntheticAccuracy accuracy(SyntheticOptions options) {
        return SyntheticAccuracy.of(options, tilted, labels, predicted);
    }

    /** Several networks' answers one after the other. */
    static SyntheticAnswers all(List<SyntheticAnswers> answers) {
        return new SyntheticAnswers(
                answers.stream().flatMapToInt(one -> Arrays.stream(one.tilted)).toArray(),
                answers.stream().flatMapToInt(one -> Arrays.stream(one.labels)).toArray(),
                answers.stream()
                        .flatMapToInt(one -> Arrays.stream(one.predicted))
                        .toArray());
    }

    /** Writes them as CSV, a line per image. */
    void write(Path file) {
        StringBuilder text = new StringBuilder(HEADER + "\n");
        for (int i = 0; i < labels.length; i++) {
            text.append(tilted[i])
                    .append(',')
                    .append(labels[i])
                    .append(',')
                    .append(predicted[i])
                    .append('\n');
        }
        WholeFile.writeText(file, text.toString());
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws InputException if the file is missing or something else
     */
    static SyntheticAnswers read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException failure) {
            throw new InputException("cannot read " + file + ": " + failure.getMessage(), failure);
        }
        if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
            throw damaged(file, lines.isEmpty() ? "nothing" : "'" + lines.get(0) + "'", null);
        }
        int[][] columns = new int[3][lines.size() - 1];
        for (int i = 1; i < lines.size(); i++) {
            String[] cells = lines.get(i).split(",", -1);
            try {
                for (int k = 0; k < columns.length; k++) {
                    columns[k][i - 1] = Integer.parseInt(cells.length == columns.length ? cells[k] : "");
                }
            } catch (NumberFormatException wrong) {
                throw damaged(file, "'" + lines.get(i) + "' in line " + (i + 1), wrong);
            }
        }
        return new SyntheticAnswers(columns[0], columns[1], columns[2]);
    }

    private static InputException damaged(Path file, String found, Exception cause) {
        return new InputException(
                file + " is damaged: expected lines of " + HEADER + ", found " + found + "; remove it and go on with"
                        + " --resume",
                cause);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SyntheticAnswers that
                && Arrays.equals(tilted, that.tilted)
                && Arrays.equals(labels, that.labels)
                && Arrays.equals(predicted, that.predicted);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(predicted) + 31 * Arrays.hashCode(labels);
    }

    @Override
    public String toString() {
        long right = IntStream.range(0, labels.length)
                .filter(i -> labels[i] == predicted[i])
                .count();
        return right + " right of " + labels.length;
    }
}
