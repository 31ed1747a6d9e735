package slidefield.slide;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;

/**
 * Turns a mask into polygons that follow the pixels' edges: one polygon per component of pixels that share an edge, with
 * its holes. The polygons are valid, and their area is the number of pixels times the area of one.
 *
 * <p>Every call has a state of its own: thread-safe.
 */
public final class Polygonize {
    private static final GeometryFactory FACTORY = new GeometryFactory();

    /** East, south, west, north: y grows downwards. */
    private static final int[] DX = {1, 0, -1, 0};

    private static final int[] DY = {0, 1, 0, -1};

    private record Loop(List<int[]> corners, double area) {}

    private final byte[] mask;
    private final int width;
    private final int height;
    private final BitSet walked = new BitSet();
    private final List<Loop> loops = new ArrayList<>();
    private final Map<Integer, Integer> shells = new HashMap<>();

    private Polygonize(byte[] mask, int width, int height) {
        this.mask = mask;
        this.width = width;
        this.height = height;
    }

    /**
     * Outlines a mask at a view's resolution.
     *
     * @param mask {@code height x width} of the view, row-major; anything but 0 is inside
     * @param view the view that the mask was made at
     * @return polygons in level-0 pixels
     */
    public static List<Polygon> of(byte[] mask, View view) {
        return of(mask, view.width(), view.height(), view.scaleX(), view.scaleY());
    }

    /**
     * Outlines a mask.
     *
     * @param mask {@code height x width}, row-major; anything but 0 is inside
     * @param width pixels
     * @param height pixels
     * @param scaleX polygon units per pixel along x (1 keeps pixels)
     * @param scaleY polygon units per pixel along y
     * @return polygons in order of their topmost row, then leftmost pixel in it
     * @throws IllegalArgumentException if the mask's length is not {@code width x height}
     */
    public static List<Polygon> of(byte[] mask, int width, int height, double scaleX, double scaleY) {
        if (width < 1 || height < 1 || (long) width * height != mask.length) {
            throw new IllegalArgumentException(
                    "a mask of " + width + " x " + height + " cannot have " + mask.length + " pixels");
        }
        Polygonize work = new Polygonize(mask, width, height);
        work.trace();
        return work.assemble(scaleX, scaleY);
    }

    private boolean inside(int x, int y) {
        return x >= 0 && y >= 0 && x < width && y < height && mask[y * width + x] != 0;
    }

    /** Walks every outline once: each has at least one top edge of a pixel. */
    private void trace() {
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                if (inside(x, y) && !inside(x, y - 1) && !walked.get(y * width + x)) {
                    split(walk(x, y));
                }
            }
        }
    }

    /** Corners of the outline through the top edge of a pixel, with the inside on the right hand. */
    private List<int[]> walk(int startX, int startY) {
        List<int[]> corners = new ArrayList<>();
        int x = startX;
        int y = startY;
        int direction = 0;
        do {
            if (direction == 0) {
                walked.set(y * width + x);
            }
            x += DX[direction];
            y += DY[direction];
            // Pixels ahead on the right and on the left of corner (x, y).
            int right = (direction + 1) % 4;
            int aheadX = x + Math.min(0, DX[direction] + DX[right]);
            int aheadY = y + Math.min(0, DY[direction] + DY[right]);
            int left = (direction + 3) % 4;
            int besideX = x + Math.min(0, DX[direction] + DX[left]);
            int besideY = y + Math.min(0, DY[direction] + DY[left]);
            int turned = direction;
            if (!inside(aheadX, aheadY)) {
                turned = right;
            } else if (inside(besideX, besideY)) {
                turned = left;
            }
            if (turned != direction) {
                corners.add(new int[] {x, y});
                direction = turned;
            }
        } while (x != startX || y != startY || direction != 0);
        return corners;
    }

    /** Cuts an outline where it meets itself at a corner, so that every loop is simple. */
    private void split(List<int[]> corners) {
        Map<Long, Integer> at = new HashMap<>();
        List<int[]> open = new ArrayList<>();
        for (int[] corner : corners) {
            long key = (long) corner[1] * (width + 1L) + corner[0];
            Integer before = at.get(key);
            if (before == null) {
                at.put(key, open.size());
                open.add(corner);
                continue;
            }
            List<int[]> loop = new ArrayList<>(open.subList(before, open.size()));
            for (int[] gone : loop) {
                at.remove((long) gone[1] * (width + 1L) + gone[0]);
            }
            open.subList(before, open.size()).clear();
            at.put(key, open.size());
            open.add(corner);
            loops.add(new Loop(loop, area(loop)));
        }
        loops.add(new Loop(open, area(open)));
    }

    /** Signed area in pixels: above 0 around pixels, below 0 around a hole. */
    private static double area(List<int[]> loop) {
        double twice = 0;
        for (int i = 0; i < loop.size(); i++) {
            int[] a = loop.get(i);
            int[] b = loop.get((i + 1) % loop.size());
            twice += (double) a[0] * b[1] - (double) b[0] * a[1];
        }
        return twice / 2;
    }

    private List<Polygon> assemble(double scaleX, double scaleY) {
        long[] runs = runs();
        Map<Integer, List<LinearRing>> holes = new HashMap<>();
        for (int i = 0; i < loops.size(); i++) {
            if (loops.get(i).area < 0) {
                holes.computeIfAbsent(shellOf(i, runs), shell -> new ArrayList<>())
                        .add(ring(loops.get(i), scaleX, scaleY));
            }
        }
        List<Polygon> polygons = new ArrayList<>();
        for (int i = 0; i < loops.size(); i++) {
            if (loops.get(i).area > 0) {
                LinearRing[] inner = holes.getOrDefault(i, List.of()).toArray(LinearRing[]::new);
                polygons.add(FACTORY.createPolygon(ring(loops.get(i), scaleX, scaleY), inner));
            }
        }
        return polygons;
    }

    /** Every pixel at the left end of a run, with the loop that passes there: sorted, the pixel in the upper 32 bits. */
    private long[] runs() {
        LongStream.Builder ends = LongStream.builder();
        for (int i = 0; i < loops.size(); i++) {
            List<int[]> corners = loops.get(i).corners;
            for (int k = 0; k < corners.size(); k++) {
                int[] a = corners.get(k);
                int[] b = corners.get((k + 1) % corners.size());
                for (int y = b[1]; y < a[1]; y++) {
                    ends.add((long) (y * width + a[0]) << 32 | i);
                }
            }
        }
        return ends.build().sorted().toArray();
    }

    /**
     * The shell around a hole. The run of pixels just above the hole's top belongs to the same component; the loop at
     * its left end is the shell, or a hole that reaches higher, from where the same step leads on.
     */
    private int shellOf(int hole, long[] runs) {
        List<Integer> passed = new ArrayList<>();
        int loop = hole;
        while (loops.get(loop).area < 0) {
            passed.add(loop);
            Integer known = shells.get(loop);
            if (known != null) {
                loop = known;
                continue;
            }
            long pixel = above(loops.get(loop));
            int found = Arrays.binarySearch(runs, pixel << 32 | Integer.MAX_VALUE);
            loop = (int) runs[-found - 2];
        }
        for (int before : passed) {
            shells.put(before, loop);
        }
        return loop;
    }

    /** The pixel above the topmost edge of a hole. */
    private long above(Loop hole) {
        List<int[]> corners = hole.corners;
        int[] top = null;
        for (int k = 0; k < corners.size(); k++) {
            int[] a = corners.get(k);
            int[] b = corners.get((k + 1) % corners.size());
            if (a[1] == b[1] && (top == null || a[1] < top[1])) {
                top = new int[] {Math.min(a[0], b[0]), a[1]};
            }
        }
        return (top[1] - 1L) * width + top[0];
    }

    private static LinearRing ring(Loop loop, double scaleX, double scaleY) {
        Coordinate[] points = new Coordinate[loop.corners.size() + 1];
        for (int i = 0; i < points.length; i++) {
            int[] corner = loop.corners.get(i % loop.corners.size());
            points[i] = new Coordinate(corner[0] * scaleX, corner[1] * scaleY);
        }
        return FACTORY.createLinearRing(points);
    }
}
