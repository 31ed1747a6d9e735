package slidefield.slide;

/**
 * The largest connected part of a mask; pixels are connected that share an edge.
 *
 * <p>Holds nothing: thread-safe.
 */
public final class LargestComponent {
    private LargestComponent() {}

    /**
     * @param mask height x width, row-major; anything but 0 is inside
     * @param width pixels
     * @param height pixels
     * @return 1 in the largest part (the first in raster order of several), 0 elsewhere
     * @throws IllegalArgumentException if the mask's length is not {@code width x height}
     */
    public static byte[] of(byte[] mask, int width, int height) {
        if (width < 1 || height < 1 || (long) width * height != mask.length) {
            throw new IllegalArgumentException(
                    "a mask of " + width + " x " + height + " cannot have " + mask.length + " pixels");
        }
        int[] part = new int[mask.length];
        int[] waiting = new int[mask.length];
        int parts = 0;
        int largest = 0;
        int most = 0;
        for (int start = 0; start < mask.length; start++) {
            if (mask[start] != 0 && part[start] == 0) {
                int size = fill(mask, width, start, ++parts, part, waiting);
                if (size > most) {
                    most = size;
                    largest = parts;
                }
            }
        }
        byte[] only = new byte[mask.length];
        for (int i = 0; i < only.length; i++) {
            only[i] = (byte) (most > 0 && part[i] == largest ? 1 : 0);
        }
        return only;
    }

    /** Gives every pixel connected to a first one a number; returns how many they are. */
    private static int fill(byte[] mask, int width, int start, int number, int[] part, int[] waiting) {
        int first = 0;
        int last = 0;
        waiting[last++] = start;
        part[start] = number;
        while (first < last) {
            int at = waiting[first++];
            int column = at % width;
            int[] neighbours = {column > 0 ? at - 1 : -1, column < width - 1 ? at + 1 : -1, at - width, at + width};
            for (int next : neighbours) {
                if (next >= 0 && next < mask.length && mask[next] != 0 && part[next] == 0) {
                    part[next] = number;
                    waiting[last++] = next;
                }
            }
        }
        return last;
    }
}
