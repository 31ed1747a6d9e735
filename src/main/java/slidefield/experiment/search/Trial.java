package slidefield.experiment.search;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import slidefield.fit.Settings;

/**
 * One point of a search.
 *
 * @param number counted from 1
 * @param changes value by dotted key, in the search's order
 */
public record Trial(int number, Map<String, String> changes) {
    public Trial {
        changes = Collections.unmodifiableMap(new LinkedHashMap<>(changes));
    }

    /** Name of its folder: the same for the same changes, whatever the search around it. */
    public String id() {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(changes)
                .forEach((key, value) ->
                        text.append(key).append('=').append(value).append('\n'));
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException("every Java has SHA-256", never);
        }
    }

    /**
     * The settings of this trial.
     *
     * @param base what is not searched
     * @throws slidefield.io.InputException if a key does not exist or a value does not fit
     */
    public Settings settings(Settings base) {
        return base.with(assignments());
    }

    private List<String> assignments() {
        return changes.entrySet().stream()
                .map(change -> change.getKey() + "=" + change.getValue())
                .toList();
    }

    @Override
    public String toString() {
        return String.join(" ", assignments());
    }
}
