package slidefield.nic;

/**
 * A grey image in memory as a picture that patches are cut from, black outside. All of its patches are encoded, empty ones
 * too: they say that there is nothing.
 *
 * <p>Never changes: thread-safe. Not copied: who makes it gives its pixels away.
 *
 * @param name for messages
 * @param width pixels
 * @param height pixels
 * @param pixels height x width, row-major, 0 black to 255 white
 */
public record GreyPlane(String name, int width, int height, byte[] pixels) implements PixelPlane {
    private static final float BLACK = scaled((byte) 0);

    /** @throws IllegalArgumentException if the sizes are not positive or do not fit */
    public GreyPlane {
        if (width < 1 || height < 1 || pixels.length != (long) width * height) {
            throw new IllegalArgumentException(
                    name + ": " + pixels.length + " pixels for an image of " + width + " x " + height);
        }
    }

    /** A synthetic image. */
    public static GreyPlane of(SyntheticImage image) {
        return new GreyPlane("synthetic image", image.size(), image.size(), image.pixels());
    }

    /** 0 to -1, 255 to 1: value / 255 * 2 - 1. */
    private static float scaled(byte value) {
        return (value & 0xff) / 255f * 2 - 1;
    }

    @Override
    public int colours() {
        return 1;
    }

    @Override
    public void read(int x, int y, int w, int h, float[] into) {
        for (int row = 0; row < h; row++) {
            for (int column = 0; column < w; column++) {
                into[row * w + column] =
                        inside(x + column, y + row) ? scaled(pixels[(y + row) * width + x + column]) : BLACK;
            }
        }
    }

    private boolean inside(int x, int y) {
        return x >= 0 && y >= 0 && x < width && y < height;
    }

    /** Whether a square shows nothing but black. */
    boolean isBlack(int x, int y, int side) {
        for (int row = Math.max(0, y); row < Math.min(height, y + side); row++) {
            for (int column = Math.max(0, x); column < Math.min(width, x + side); column++) {
                if (pixels[row * width + column] != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    @Override
    public boolean mayHold(int x, int y, int side) {
        return true;
    }

    @Override
    public boolean holds(float[] patch) {
        return true;
    }
}
