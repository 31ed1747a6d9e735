package slidefield.field;

import java.util.List;

/**
 * Size of a dilated head.
 *
 * @param width channels inside the head
 * @param dilations one residual block per entry, in order
 */
public record HeadOptions(int width, List<Integer> dilations) {
    public HeadOptions {
        if (width < 1 || width > 4096) {
            throw new IllegalArgumentException("head width must be 1 to 4096, got " + width);
        }
        if (dilations == null
                || dilations.isEmpty()
                || dilations.stream().anyMatch(d -> d == null || d < 1 || d > 256)) {
            throw new IllegalArgumentException(
                    "head dilations must be at least one number of 1 to 256, got " + dilations);
        }
        dilations = List.copyOf(dilations);
    }

    /** Points on each side that the 3 x 3 stem and the dilated 3 x 3 blocks look at. */
    int reach() {
        return 1 + dilations.stream().mapToInt(Integer::intValue).sum();
    }
}
