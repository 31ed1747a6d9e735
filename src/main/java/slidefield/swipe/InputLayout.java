package slidefield.swipe;

import java.util.ArrayList;
import java.util.List;

/**
 * Which columns of a decoder's input (rows of its weights) are which: coordinates and features that every point has for
 * itself, and codes that all points of a patch or an image share.
 *
 * @param point columns of the point's own values, in their order
 * @param codes columns of each code, from the finest to the coarsest
 * @param size all columns
 */
public record InputLayout(int[] point, List<int[]> codes, int size) {
    /** D^P's in an image. */
    static InputLayout ofPatch(DecoderOptions options, int embedding) {
        return ofPatch(options, embedding, 2);
    }

    /**
     * D^P's: p^I, z^I, p^P, z^P, Fourier features of p^P, p^S, without those that are switched off.
     *
     * @param options what is switched on
     * @param embedding channels of z^P, and of z^I
     * @param axes of a coordinate: 2 in an image, 3 in a volume
     */
    public static InputLayout ofPatch(DecoderOptions options, int embedding, int axes) {
        List<Integer> point = new ArrayList<>();
        List<int[]> codes = new ArrayList<>();
        int at = 0;
        int[] image = null;
        if (options.global()) {
            at = append(point, at, axes);
            image = range(at, embedding);
            at += embedding;
        }
        at = append(point, at, axes);
        codes.add(range(at, embedding));
        at += embedding;
        if (image != null) {
            codes.add(image);
        }
        at = append(point, at, options.fourier() ? FourierFeatures.count(axes) : 0);
        at = append(point, at, options.source() ? axes : 0);
        return new InputLayout(ints(point), codes, at);
    }

    /** D^I's in an image. */
    static InputLayout ofImage(int embedding) {
        return ofImage(embedding, 2);
    }

    /**
     * D^I's: p^I, z^I.
     *
     * @param embedding channels of z^I
     * @param axes of a coordinate: 2 in an image, 3 in a volume
     */
    public static InputLayout ofImage(int embedding, int axes) {
        return new InputLayout(range(0, axes), List.of(range(axes, embedding)), axes + embedding);
    }

    /** The same columns further to the right. */
    InputLayout shifted(int by) {
        List<int[]> moved = new ArrayList<>();
        for (int[] code : codes) {
            moved.add(plus(code, by));
        }
        return new InputLayout(plus(point, by), moved, size + by);
    }

    private static int[] plus(int[] columns, int by) {
        int[] moved = columns.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += by;
        }
        return moved;
    }

    private static int append(List<Integer> columns, int at, int count) {
        for (int i = 0; i < count; i++) {
            columns.add(at + i);
        }
        return at + count;
    }

    static int[] range(int from, int count) {
        int[] columns = new int[count];
        for (int i = 0; i < count; i++) {
            columns[i] = from + i;
        }
        return columns;
    }

    private static int[] ints(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).toArray();
    }
}
