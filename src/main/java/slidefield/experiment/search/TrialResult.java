package slidefield.experiment.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import slidefield.io.WholeFile;
import slidefield.score.Resolution;

/**
 * What a trial came to.
 *
 * @param dice mean over the scored slides, by resolution's label; empty after a failure
 * @param psnr of the painted slides at Base, mean in dB; 0 after a failure
 * @param seconds of training, fitting and prediction
 * @param note what looks like no segmentation at all; may be empty
 * @param error why it failed, one line; null where it did not
 */
public record TrialResult(Map<String, Double> dice, double psnr, double seconds, String note, String error) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public TrialResult {
        dice = Collections.unmodifiableMap(new LinkedHashMap<>(dice));
    }

    static TrialResult failed(String error, double seconds) {
        return new TrialResult(Map.of(), 0, seconds, "", error);
    }

    /** Whether there are scores. */
    public boolean succeeded() {
        return error == null;
    }

    /** The mean Dice at a resolution; not a number after a failure. */
    public double dice(Resolution resolution) {
        return dice.getOrDefault(resolution.label(), Double.NaN);
    }

    void write(Path file) {
        try {
            String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n";
            WholeFile.writeText(file, text);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** What a file holds; empty where there is none, or none that can be read, which then is made anew. */
    static Optional<TrialResult> read(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(JSON.readValue(Files.readString(file), TrialResult.class));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
