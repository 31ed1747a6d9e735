package slidefield.swipe;

import java.util.Arrays;

/**
 * Multi-resolution extraction of a mask (MISE; Mescheder et al. 2019), as SwIPE's released code has it for stages 4 and
 * 1: every fourth point of every fourth row is asked first, foreground is widened by a square of 5 x 5 points, and only the
 * points in it are asked as well. What lies off it is called background: a part of the mask that no first point hits is
 * missed, and so is the last column or row of one that touches the image's right or lower edge, where that lies further
 * from the last first point than the square reaches.
 */
public final class Mise {
    private final int stride;

    /** Stages 4 and 1, a square of 5 x 5. */
    public Mise() {
        this(4);
    }

    /**
     * Stages {@code stride} and 1.
     *
     * @param stride points from one first point to the next, at least 2; foreground reaches half of it (rounded up)
     *     further
     */
    public Mise(int stride) {
        if (stride < 2) {
            throw new IllegalArgumentException("a stride of at least 2 is expected, found " + stride);
        }
        this.stride = stride;
    }

    /**
     * A mask and what it took.
     *
     * @param classes a class number a point; 0 is background
     * @param near whether a point lies in the widened foreground of the first stage: elsewhere nothing was asked
     * @param asked points that the network was asked
     */
    public record Extracted(byte[] classes, boolean[] near, int asked) {}

    /**
     * @param image encoded
     * @param all points of the mask
     * @param outputs logits a point
     */
    public Extracted extract(EncodedImage image, Lattice all, int outputs) {
        return extract(image::logits, all, outputs);
    }

    /** Anything that answers points with logits, points x outputs. */
    interface Field {
        float[] logits(float[] x, float[] y);
    }

    Extracted extract(Field field, Lattice all, int outputs) {
        int columns = (all.width() + stride - 1) / stride;
        int rows = (all.height() + stride - 1) / stride;
        int[] first = new int[columns * rows];
        for (int i = 0; i < first.length; i++) {
            first[i] = i / columns * stride * all.width() + i % columns * stride;
        }
        byte[] coarse = asked(field, all, first, outputs);
        byte[] found = new byte[all.count()];
        boolean[] near = new boolean[found.length];
        for (int i = 0; i < coarse.length; i++) {
            if (coarse[i] != 0) {
                found[first[i]] = coarse[i];
                widen(near, all, first[i] % all.width(), first[i] / all.width());
            }
        }
        int[] wanted = wanted(found, near);
        byte[] fine = asked(field, all, wanted, outputs);
        for (int i = 0; i < wanted.length; i++) {
            found[wanted[i]] = fine[i];
        }
        return new Extracted(found, near, first.length + wanted.length);
    }

    private static byte[] asked(Field field, Lattice all, int[] points, int outputs) {
        if (points.length == 0) {
            return new byte[0];
        }
        float[] x = new float[points.length];
        float[] y = new float[points.length];
        for (int i = 0; i < points.length; i++) {
            x[i] = all.x(points[i]);
            y[i] = all.y(points[i]);
        }
        return SegmentedImage.classes(field.logits(x, y), outputs);
    }

    private void widen(boolean[] near, Lattice all, int x, int y) {
        int reach = (stride + 1) / 2;
        for (int row = Math.max(0, y - reach); row <= Math.min(all.height() - 1, y + reach); row++) {
            int from = row * all.width() + Math.max(0, x - reach);
            int to = row * all.width() + Math.min(all.width() - 1, x + reach);
            Arrays.fill(near, from, to + 1, true);
        }
    }

    /** The points in the widened foreground that are not foreground yet. */
    private static int[] wanted(byte[] found, boolean[] near) {
        int[] wanted = new int[found.length];
        int count = 0;
        for (int i = 0; i < found.length; i++) {
            if (near[i] && found[i] == 0) {
                wanted[count++] = i;
            }
        }
        return Arrays.copyOf(wanted, count);
    }
}
