package slidefield.patch;

import java.util.Arrays;
import java.util.List;
import slidefield.fit.Part;
import slidefield.fit.Plane;
import slidefield.fit.StainTransfer;

/**
 * One slide at every scale of a network, and the part of it that may be read. Patches of all scales have a common
 * centre and the same size in pixels; what lies outside the slide, or outside the part, is white and no lesion.
 */
final class ScaledPlanes {
    private static final int CHANNELS = 3;
    private static final double ROUNDING = 1e-6;

    private final List<Plane> planes;
    private final List<Integer> scales;
    private final Part area;

    /**
     * @param finest the slide at the finest scale
     * @param scales how many times coarser each input is
     */
    ScaledPlanes(Plane finest, List<Integer> scales) {
        this(scales.stream().map(finest::coarser).toList(), scales, new Part(0, 0, finest.width(), finest.height()));
    }

    private ScaledPlanes(List<Plane> planes, List<Integer> scales, Part area) {
        this.planes = planes;
        this.scales = scales;
        this.area = area;
    }

    /** The same slide of which only a part may be read, in pixels of the finest scale. */
    ScaledPlanes within(Part part) {
        return new ScaledPlanes(planes, scales, part);
    }

    Plane finest() {
        return planes.get(0);
    }

    /** The part that may be read. */
    Part area() {
        return area;
    }

    int scaleCount() {
        return scales.size();
    }

    /** Centres at multiples of this, in finest pixels, lie on pixel edges of every scale. */
    int lattice() {
        return scales.stream().mapToInt(Integer::intValue).max().orElse(1);
    }

    /**
     * Colours of a patch.
     *
     * @param index of the scale
     * @param x left column of the finest patch; may lie outside
     * @param y top row of the finest patch; may lie outside
     * @param size side of the patch in its own pixels
     * @param stain changes the slide's colours, or null; never the white around it
     * @return size x size x 3 in [0, 1]
     */
    float[] colours(int index, int x, int y, int size, StainTransfer stain) {
        Plane plane = planes.get(index);
        double ratioX = (double) plane.width() / finest().width();
        double ratioY = (double) plane.height() / finest().height();
        PatchAxis across = PatchAxis.of((x + size / 2.0) * ratioX, scales.get(index) * ratioX, size);
        PatchAxis down = PatchAxis.of((y + size / 2.0) * ratioY, scales.get(index) * ratioY, size);
        Part readable = readable(ratioX, ratioY);
        float[] box = new float[across.count() * down.count() * CHANNELS];
        Arrays.fill(box, 1f);
        int left = Math.max(across.first(), readable.x());
        int top = Math.max(down.first(), readable.y());
        int right = Math.min(across.first() + across.count(), readable.x() + readable.width());
        int bottom = Math.min(down.first() + down.count(), readable.y() + readable.height());
        if (left < right && top < bottom) {
            Part inside = new Part(left, top, right - left, bottom - top);
            float[] read = new float[inside.area() * CHANNELS];
            plane.rgb(inside.x(), inside.y(), inside.width(), inside.height(), read);
            if (stain != null) {
                stain.apply(read, inside.area());
            }
            place(read, inside, CHANNELS, box, across.first(), down.first(), across.count());
        }
        return across.isExact() && down.isExact() ? box : interpolate(box, across, down);
    }

    /** The part that may be read, in whole pixels of a coarser plane. */
    private Part readable(double ratioX, double ratioY) {
        int left = (int) Math.ceil(area.x() * ratioX - ROUNDING);
        int top = (int) Math.ceil(area.y() * ratioY - ROUNDING);
        int right = (int) Math.floor((area.x() + area.width()) * ratioX + ROUNDING);
        int bottom = (int) Math.floor((area.y() + area.height()) * ratioY + ROUNDING);
        return new Part(left, top, Math.max(0, right - left), Math.max(0, bottom - top));
    }

    /**
     * Lesion of the finest patch.
     *
     * @param x left column; may lie outside
     * @param y top row; may lie outside
     * @param size side in pixels
     * @return size x size, 1 where lesion
     */
    float[] lesion(int x, int y, int size) {
        float[] patch = new float[size * size];
        int left = Math.max(x, area.x());
        int top = Math.max(y, area.y());
        int right = Math.min(x + size, area.x() + area.width());
        int bottom = Math.min(y + size, area.y() + area.height());
        if (left < right && top < bottom) {
            Part inside = new Part(left, top, right - left, bottom - top);
            float[] read = new float[inside.area()];
            finest().lesion(inside.x(), inside.y(), inside.width(), inside.height(), read);
            place(read, inside, 1, patch, x, y, size);
        }
        return patch;
    }

    /** Copies what was read into a box whose top left pixel is (x, y). */
    private static void place(float[] read, Part inside, int channels, float[] box, int x, int y, int columns) {
        int row = inside.width() * channels;
        for (int j = 0; j < inside.height(); j++) {
            int to = ((inside.y() - y + j) * columns + inside.x() - x) * channels;
            System.arraycopy(read, j * row, box, to, row);
        }
    }

    private static float[] interpolate(float[] box, PatchAxis across, PatchAxis down) {
        int size = across.at().length;
        float[] rows = new float[down.count() * size * CHANNELS];
        for (int j = 0; j < down.count(); j++) {
            for (int i = 0; i < size; i++) {
                int from = (j * across.count() + across.at()[i]) * CHANNELS;
                mix(box, from, CHANNELS, across.next()[i], rows, (j * size + i) * CHANNELS, CHANNELS);
            }
        }
        int row = size * CHANNELS;
        float[] patch = new float[size * row];
        for (int j = 0; j < size; j++) {
            mix(rows, down.at()[j] * row, row, down.next()[j], patch, j * row, row);
        }
        return patch;
    }

    /** Linear interpolation of {@code count} numbers with those {@code step} further on. */
    private static void mix(float[] from, int at, int step, float next, float[] into, int to, int count) {
        for (int c = 0; c < count; c++) {
            float own = from[at + c];
            into[to + c] = next == 0 ? own : own + next * (from[at + step + c] - own);
        }
    }
}
