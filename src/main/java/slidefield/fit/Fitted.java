package slidefield.fit;

import java.util.List;
import slidefield.field.Encoding;
import slidefield.field.LevelMask;

/**
 * A slide that a trained field was fitted to.
 *
 * @param encoding its encoding, with averaged weights
 * @param epochs what every epoch came to
 * @param stopped why it ended before its last epoch; empty if it did not
 */
public record Fitted(Encoding encoding, List<EpochReport> epochs, String stopped) {
    /**
     * The same slide with some levels of its fitted hash grid closed afterwards.
     *
     * @param levels those that pass
     * @throws slidefield.io.InputException if the encoding is no hash grid of as many levels
     */
    public Fitted through(LevelMask levels) {
        return new Fitted(levels.on(encoding), epochs, stopped);
    }
}
