package slidefield.fit;

import java.util.List;
import slidefield.field.Encoding;

/**
 * A slide that a trained field was fitted to.
 *
 * @param encoding its encoding, with averaged weights
 * @param epochs what every epoch came to
 * @param stopped why it ended before its last epoch; empty if it did not
 */
public record Fitted(Encoding encoding, List<EpochReport> epochs, String stopped) {}
