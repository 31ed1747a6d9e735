package slidefield.experiment;

import java.util.List;
import java.util.Locale;
import slidefield.io.InputException;

/**
 * The sweep over single levels of the hash grid, which fits the unseen slides many times.
 *
 * @param epochs of inference-time optimisation per fit, at least 1
 * @param seeds how many of the experiment's seeds it is done for, at least 1
 * @param every sweeps each so many-th level, at least 1: 1 for all
 * @param slides how many of the test slides are fitted, the first ones, at least 1
 */
record SweepOptions(int epochs, int seeds, int every, int slides) {
    SweepOptions {
        if (epochs < 1 || seeds < 1 || every < 1 || slides < 1) {
            throw new InputException(
                    "sweep.epochs, sweep.seeds, sweep.every and sweep.slides must be at least 1, found " + epochs + ", "
                            + seeds + ", " + every + " and " + slides);
        }
    }

    static SweepOptions of(Size size) {
        return switch (size) {
            case QUICK -> new SweepOptions(1, 1, 4, Integer.MAX_VALUE);
            case NORMAL -> new SweepOptions(4, 1, 1, 2);
            case PAPER -> new SweepOptions(20, 3, 1, Integer.MAX_VALUE);
        };
    }

    /**
     * The same with changes.
     *
     * @param changes of the form {@code epochs=10}
     * @throws InputException if a key is not known or a value is no whole number above 0
     */
    SweepOptions with(List<String> changes) {
        SweepOptions changed = this;
        for (String change : changes) {
            int equals = change.indexOf('=');
            String key = equals < 0 ? change : change.substring(0, equals).strip();
            int value =
                    number(key, equals < 0 ? "" : change.substring(equals + 1).strip());
            changed = switch (key.toLowerCase(Locale.ROOT)) {
                case "epochs" -> new SweepOptions(value, changed.seeds, changed.every, changed.slides);
                case "seeds" -> new SweepOptions(changed.epochs, value, changed.every, changed.slides);
                case "every" -> new SweepOptions(changed.epochs, changed.seeds, value, changed.slides);
                case "slides" -> new SweepOptions(changed.epochs, changed.seeds, changed.every, value);
                default -> throw new InputException("unknown option 'sweep." + key
                        + "'; the options are sweep.epochs, sweep.seeds, sweep.every," + " sweep.slides");
            };
        }
        return changed;
    }

    private static int number(String key, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException wrong) {
            throw new InputException("sweep." + key + " must be a whole number, found '" + value + "'", wrong);
        }
    }
}
