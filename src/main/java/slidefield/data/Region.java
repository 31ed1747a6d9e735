package slidefield.data;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import slidefield.io.InputException;

/**
 * A rectangle of a slide in level-0 pixels; written {@code [x, y, width, height]} in a manifest.
 *
 * @param x left edge, at least 0
 * @param y top edge, at least 0
 * @param width at least 1
 * @param height at least 1
 */
public record Region(int x, int y, int width, int height) {
    /** @throws InputException if the rectangle is empty, starts before 0 or ends beyond what a slide can have */
    public Region {
        boolean ok = x >= 0
                && y >= 0
                && width > 0
                && height > 0
                && (long) x + width <= Integer.MAX_VALUE
                && (long) y + height <= Integer.MAX_VALUE;
        if (!ok) {
            throw new InputException(
                    "expected [x, y, width, height] in level-0 pixels with x, y >= 0 and width, height >= 1, found "
                            + Arrays.toString(new int[] {x, y, width, height}));
        }
    }

    @JsonCreator
    static Region of(int[] values) {
        if (values.length != 4) {
            throw new InputException("expected four numbers [x, y, width, height] in level-0 pixels, found "
                    + values.length + " in " + Arrays.toString(values));
        }
        return new Region(values[0], values[1], values[2], values[3]);
    }

    @JsonValue
    int[] values() {
        return new int[] {x, y, width, height};
    }

    /** Whether both rectangles share a pixel. */
    public boolean overlaps(Region other) {
        return x < other.x + other.width && other.x < x + width && y < other.y + other.height && other.y < y + height;
    }

    /**
     * Checks that the rectangle lies in a slide.
     *
     * @param slide the slide's name, for the message
     * @param slideWidth level-0 pixels
     * @param slideHeight level-0 pixels
     * @throws InputException if it does not
     */
    public void checkInside(String slide, int slideWidth, int slideHeight) {
        if (x + width > slideWidth || y + height > slideHeight) {
            throw new InputException("region " + Arrays.toString(values()) + " of slide " + slide + " ends at "
                    + (x + width) + " x " + (y + height) + ", outside the slide's " + slideWidth + " x " + slideHeight
                    + " pixels; correct the region in the manifest");
        }
    }
}
