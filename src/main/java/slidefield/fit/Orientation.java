package slidefield.fit;

import java.util.Random;

/**
 * One of the eight ways to lay down a square piece of tissue.
 *
 * @param code sum of 1 (mirror left to right), 2 (mirror top to bottom), 4 (then exchange the axes)
 */
public record Orientation(int code) {
    /** As it lies. */
    public static final Orientation NONE = new Orientation(0);

    private static final int[] TURNS = {0, 3, 5, 6};

    public Orientation {
        if (code < 0 || code > 7) {
            throw new IllegalArgumentException("an orientation is 0 to 7, found " + code);
        }
    }

    /**
     * @param flips whether mirrored ones may come
     * @param quarterTurns whether turned ones may come
     * @param random decides
     * @return one of those allowed, each as likely as another
     */
    public static Orientation random(boolean flips, boolean quarterTurns, Random random) {
        if (quarterTurns) {
            return new Orientation(flips ? random.nextInt(8) : TURNS[random.nextInt(TURNS.length)]);
        }
        return flips ? new Orientation(random.nextInt(4)) : NONE;
    }

    /** Whether rows become columns. */
    public boolean exchangesAxes() {
        return (code & 4) != 0;
    }

    /** Whether columns are mirrored, before the axes are exchanged. */
    public boolean mirrorsColumns() {
        return (code & 1) != 0;
    }

    /** Whether rows are mirrored, before the axes are exchanged. */
    public boolean mirrorsRows() {
        return (code & 2) != 0;
    }

    /**
     * Lays down a picture in this orientation.
     *
     * @param read the picture as it was, row by row, of {@code height x width} where axes are exchanged and
     *     {@code width x height} where they are not
     * @param channels numbers per pixel
     * @param width columns of the result
     * @param height rows of the result
     * @param into filled with the result, row by row
     */
    public void turn(float[] read, int channels, int width, int height, float[] into) {
        int sourceWidth = exchangesAxes() ? height : width;
        int sourceHeight = exchangesAxes() ? width : height;
        for (int j = 0; j < height; j++) {
            for (int i = 0; i < width; i++) {
                int sx = exchangesAxes() ? j : i;
                int sy = exchangesAxes() ? i : j;
                sx = mirrorsColumns() ? sourceWidth - 1 - sx : sx;
                sy = mirrorsRows() ? sourceHeight - 1 - sy : sy;
                System.arraycopy(read, (sy * sourceWidth + sx) * channels, into, (j * width + i) * channels, channels);
            }
        }
    }
}
