package slidefield.fit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The windows of one plane that an epoch visits: a gap-free cover by squares (the last row and column aligned to
 * the border), without those that hold too little tissue. Each epoch moves every window by a random jitter, so
 * that the squares' borders do not lie at the same place twice.
 */
final class WindowCover {
    private final Plane plane;
    private final List<Part> parts;

    /**
     * @param plane what is covered
     * @param window side of the squares in pixels; smaller where the plane is
     * @param minimumTissue windows with a smaller share of tissue are left out, 0 to 1
     */
    WindowCover(Plane plane, int window, double minimumTissue) {
        this.plane = plane;
        int width = Math.min(window, plane.width());
        int height = Math.min(window, plane.height());
        List<Part> kept = new ArrayList<>();
        for (int y : starts(plane.height(), height)) {
            for (int x : starts(plane.width(), width)) {
                if (minimumTissue <= 0 || plane.tissue(x, y, width, height) >= minimumTissue) {
                    kept.add(new Part(x, y, width, height));
                }
            }
        }
        this.parts = List.copyOf(kept);
    }

    /** Where the windows of a side of {@code length} begin. */
    static List<Integer> starts(int length, int window) {
        List<Integer> starts = new ArrayList<>();
        for (int at = 0; at + window < length; at += window) {
            starts.add(at);
        }
        starts.add(length - window);
        return starts;
    }

    Plane plane() {
        return plane;
    }

    /** The windows where they stand. */
    List<Part> parts() {
        return parts;
    }

    /**
     * The windows of one epoch, moved and shuffled.
     *
     * @param jitter largest move in pixels along each axis
     * @param random decides moves and order
     */
    List<Part> epoch(int jitter, Random random) {
        List<Part> moved = new ArrayList<>(parts.size());
        for (Part p : parts) {
            moved.add(new Part(
                    move(p.x(), jitter, plane.width() - p.width(), random),
                    move(p.y(), jitter, plane.height() - p.height(), random),
                    p.width(),
                    p.height()));
        }
        Collections.shuffle(moved, random);
        return moved;
    }

    private static int move(int at, int jitter, int most, Random random) {
        int moved = at + random.nextInt(2 * jitter + 1) - jitter;
        return Math.min(Math.max(moved, 0), most);
    }
}
