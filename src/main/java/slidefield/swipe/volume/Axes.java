package slidefield.swipe.volume;

import java.util.List;
import java.util.Objects;

/** The axes of a volume: x, y and z. */
final class Axes {
    static final int COUNT = 3;

    private Axes() {}

    /**
     * Refuses an option that is not one value for each axis.
     *
     * @param option its name
     * @param what its values are
     * @param found what was given
     * @throws IllegalArgumentException if there are not three
     */
    static void require(String option, String what, List<?> found) {
        if (found == null || found.size() != COUNT || found.stream().anyMatch(Objects::isNull)) {
            throw new IllegalArgumentException(option + " must be three " + what + ", along x, y and z, got " + found);
        }
    }
}
