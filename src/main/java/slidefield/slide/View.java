package slidefield.slide;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.OptionalDouble;
import slidefield.io.InputException;

/**
 * A slide's plane at one resolution. View pixel (x, y) covers the level-0 rectangle from
 * {@code (x scaleX, y scaleY)} to {@code ((x + 1) scaleX, (y + 1) scaleY)} and is its mean colour, taken from the
 * coarsest stored level that is at least as fine; finer than level 0, level 0 is interpolated linearly. Values do not
 * depend on how the plane is cut into regions. Reading is safe from several threads at once.
 *
 * <p>The resolutions Base, Base/2 and Base/4 of WSI-INR are {@code base}, {@code base.coarser(2)} and
 * {@code base.coarser(4)}.
 */
public final class View {
    /** A stored level may be this much coarser than the view: levels are rounded to whole pixels. */
    private static final double ROUNDING = 1.005;

    private static final int WHITE = 255;

    private final Slide slide;
    private final int width;
    private final int height;
    private final int level;
    private final byte[][] rows;

    private View(Slide slide, int width, int height, byte[][] rows) {
        this.slide = slide;
        this.width = width;
        this.height = height;
        this.level = bestLevel(slide, width, height);
        this.rows = rows;
    }

    private static View sized(Slide slide, double width, double height, String asked) {
        double w = Math.max(1, Math.rint(width));
        double h = Math.max(1, Math.rint(height));
        if (!(w <= Integer.MAX_VALUE && h <= Integer.MAX_VALUE)) {
            throw new InputException("slide " + slide.name() + " of " + slide.width() + " x " + slide.height()
                    + " pixels cannot be viewed at " + asked + ": a side would exceed " + Integer.MAX_VALUE);
        }
        return new View(slide, (int) w, (int) h, null);
    }

    /**
     * The plane at a resolution in micrometres.
     *
     * @param slide the slide
     * @param mpp micrometres per view pixel, above 0
     * @return the view
     * @throws InputException if the slide does not know its resolution or {@code mpp} is not a finite number over 0
     */
    public static View at(Slide slide, double mpp) {
        if (!(mpp > 0 && Double.isFinite(mpp))) {
            throw new InputException("micrometres per pixel must be a finite number over 0, not " + mpp);
        }
        double factor = mpp / Slides.requireMpp(slide);
        return sized(slide, slide.width() / factor, slide.height() / factor, mpp + " um per pixel");
    }

    /**
     * The plane at a resolution relative to level 0.
     *
     * @param slide the slide
     * @param factor level-0 pixels per view pixel, above 0; below 1 magnifies
     * @return the view
     * @throws InputException if {@code factor} is not a finite number over 0
     */
    public static View downsampled(Slide slide, double factor) {
        if (!(factor > 0 && Double.isFinite(factor))) {
            throw new InputException("a downsample must be a finite number over 0, not " + factor);
        }
        return sized(slide, slide.width() / factor, slide.height() / factor, "downsample " + factor);
    }

    /**
     * The plane small enough for a thumbnail; never magnified.
     *
     * @param slide the slide
     * @param longSide pixels that the longer side may have, at least 1
     * @return the view
     */
    public static View fitting(Slide slide, int longSide) {
        double factor = Math.max(slide.width(), slide.height()) / (double) Math.max(1, longSide);
        return downsampled(slide, Math.max(1, factor));
    }

    /**
     * A coarser view of the same slide.
     *
     * @param factor pixels of this view per pixel of the coarser one, at least 1 (2: Base/2)
     * @return the view, not cached
     * @throws InputException if {@code factor} is below 1 or not finite
     */
    public View coarser(double factor) {
        if (!(factor >= 1 && Double.isFinite(factor))) {
            throw new InputException("a coarser view needs a factor of at least 1, not " + factor);
        }
        return sized(slide, width / factor, height / factor, "1/" + factor);
    }

    private static int bestLevel(Slide slide, int width, int height) {
        int best = 0;
        for (int i = 1; i < slide.levels().size(); i++) {
            Level stored = slide.levels().get(i);
            if (stored.width() * ROUNDING >= width && stored.height() * ROUNDING >= height) {
                best = i;
            }
        }
        return best;
    }

    /**
     * The same view held in memory (3 bytes per pixel) where it fits; the values are the same.
     *
     * @param maxBytes memory that it may take
     * @return a view read once, now; this view itself where it does not fit or is in memory already
     */
    public View cached(long maxBytes) {
        if (rows != null || 3.0 * width * height > maxBytes || width > (Integer.MAX_VALUE - 8) / 3) {
            return this;
        }
        byte[][] bytes = new byte[height][3 * width];
        int band = Math.max(1, Math.min(height, (1 << 22) / width));
        for (int y = 0; y < height; y += band) {
            int count = Math.min(band, height - y);
            float[] values = resample(0, y, width, count);
            for (int i = 0; i < values.length; i++) {
                bytes[y + i / (3 * width)][i % (3 * width)] = (byte) eight(values[i]);
            }
        }
        return new View(slide, width, height, bytes);
    }

    /** Whether the whole view is in memory. */
    public boolean isCached() {
        return rows != null;
    }

    /** The slide that is viewed. */
    public Slide slide() {
        return slide;
    }

    /** View pixels along x, at least 1. */
    public int width() {
        return width;
    }

    /** View pixels along y, at least 1. */
    public int height() {
        return height;
    }

    /** Level-0 pixels per view pixel along x, exactly: level-0 width over view width. */
    public double scaleX() {
        return (double) slide.width() / width;
    }

    /** Level-0 pixels per view pixel along y. */
    public double scaleY() {
        return (double) slide.height() / height;
    }

    /** Micrometres per view pixel, the mean of both axes; empty where the slide does not say. */
    public OptionalDouble mpp() {
        OptionalDouble stored = slide.mpp();
        return stored.isPresent()
                ? OptionalDouble.of(stored.getAsDouble() * (scaleX() + scaleY()) / 2)
                : OptionalDouble.empty();
    }

    /**
     * Reads a region as a picture.
     *
     * @param x left edge in view pixels; may lie outside
     * @param y top edge in view pixels; may lie outside
     * @param w view pixels, at least 1
     * @param h view pixels, at least 1
     * @return {@code h x w}, {@link BufferedImage#TYPE_INT_RGB}, white outside the slide
     * @throws InputException if the file is damaged or the region larger than an array can be
     */
    public BufferedImage region(int x, int y, int w, int h) {
        Slides.requireArray("view of " + slide.name(), w, h);
        BufferedImage out = Pixels.filled(w, h, Pixels.WHITE);
        int[] pixels = Pixels.of(out);
        read(x, y, w, h, (at, r, g, b) -> pixels[at] = r << 16 | g << 8 | b);
        return out;
    }

    /** The whole view as a picture: {@code height() x width()}. */
    public BufferedImage image() {
        return region(0, 0, width, height);
    }

    /**
     * Reads a region as numbers: the same 8-bit values as {@link #region}, over 255, so that training sees the same
     * numbers whether a view is cached or not.
     *
     * @param x left edge in view pixels; may lie outside
     * @param y top edge in view pixels; may lie outside
     * @param w view pixels, at least 1
     * @param h view pixels, at least 1
     * @param into filled with {@code h x w x 3} values in [0, 1], row-major, red first; 1 outside the slide
     * @throws IllegalArgumentException if {@code into} is too short
     */
    public void rgb(int x, int y, int w, int h, float[] into) {
        Slides.requireArray("view of " + slide.name(), 3L * w, h);
        if (into.length < 3 * w * h) {
            throw new IllegalArgumentException(
                    "a region of " + w + " x " + h + " needs " + 3 * w * h + " floats, not " + into.length);
        }
        Arrays.fill(into, 0, 3 * w * h, 1f);
        read(x, y, w, h, (at, r, g, b) -> {
            into[3 * at] = r / 255f;
            into[3 * at + 1] = g / 255f;
            into[3 * at + 2] = b / 255f;
        });
    }

    private interface Put {
        void pixel(int at, int red, int green, int blue);
    }

    private void read(int x, int y, int w, int h, Put put) {
        int left = Math.max(0, x);
        int top = Math.max(0, y);
        int right = (int) Math.min(width, (long) x + w);
        int bottom = (int) Math.min(height, (long) y + h);
        if (left >= right || top >= bottom) {
            return;
        }
        float[] values = rows == null ? resample(left, top, right - left, bottom - top) : null;
        for (int row = top; row < bottom; row++) {
            for (int column = left; column < right; column++) {
                int at = (row - y) * w + column - x;
                if (values == null) {
                    byte[] line = rows[row];
                    int i = 3 * column;
                    put.pixel(at, line[i] & WHITE, line[i + 1] & WHITE, line[i + 2] & WHITE);
                } else {
                    int i = 3 * ((row - top) * (right - left) + column - left);
                    put.pixel(at, eight(values[i]), eight(values[i + 1]), eight(values[i + 2]));
                }
            }
        }
    }

    /** {@code h x w x 3} means in [0, 255] of a region inside the view. */
    private float[] resample(int x, int y, int w, int h) {
        Slides.requireArray("view of " + slide.name(), 3L * w, h);
        Level stored = slide.levels().get(level);
        double stepX = (double) stored.width() / width;
        double stepY = (double) stored.height() / height;
        boolean finer = level == 0 && (width > stored.width() || height > stored.height());
        Axis across = finer ? Axis.linear(stepX, x, w, stored.width()) : Axis.area(0, stepX, x, w, stored.width());
        Axis down = finer ? Axis.linear(stepY, y, h, stored.height()) : Axis.area(0, stepY, y, h, stored.height());
        return Resample.run(slide, level, across, down, 3, (rgb, channel) -> rgb >> 16 - 8 * channel & 0xFF);
    }

    private static int eight(float value) {
        return Math.max(0, Math.min(255, (int) (value + 0.5f)));
    }

    @Override
    public String toString() {
        return slide.name() + " at " + width + " x " + height;
    }
}
