package slidefield.slide;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import slidefield.io.InputException;

/**
 * A rectangle of a slide as a slide of its own. Nothing outside the rectangle can be read through it: reads beyond the
 * edge give white, associated images are withheld, and a coarser level is kept only where the rectangle's edges fall on
 * its pixel edges (a pixel across the edge would mix in what lies outside). So crop at multiples of the coarsest
 * downsample that is needed.
 *
 * <p>Closing it closes the slide that it was cut from.
 *
 * <p>Reading is as safe from several threads as the whole slide's.
 */
public final class CroppedSlide implements Slide {
    /** How far, in pixels of a level, an edge may lie off that level's grid. */
    private static final double ALIGNED = 1e-6;

    private record Part(int level, int x, int y, Level size) {}

    private final Slide slide;
    private final int x;
    private final int y;
    private final List<Part> parts;

    /**
     * @param slide the whole slide
     * @param x left edge in level-0 pixels
     * @param y top edge in level-0 pixels
     * @param width level-0 pixels
     * @param height level-0 pixels
     * @throws InputException if the rectangle is empty or reaches outside the slide
     */
    public CroppedSlide(Slide slide, int x, int y, int width, int height) {
        if (x < 0
                || y < 0
                || width < 1
                || height < 1
                || (long) x + width > slide.width()
                || (long) y + height > slide.height()) {
            throw new InputException("crop " + x + "," + y + "," + width + "," + height + " does not lie inside slide "
                    + slide.name() + " of " + slide.width() + " x " + slide.height() + " pixels");
        }
        this.slide = slide;
        this.x = x;
        this.y = y;
        this.parts = parts(slide, x, y, width, height);
    }

    private static List<Part> parts(Slide slide, int x, int y, int width, int height) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part(0, x, y, new Level(width, height, 1)));
        for (int i = 1; i < slide.levels().size(); i++) {
            Level level = slide.levels().get(i);
            double perX = (double) level.width() / slide.width();
            double perY = (double) level.height() / slide.height();
            if (aligned(x * perX) && aligned(y * perY) && aligned((x + width) * perX) && aligned((y + height) * perY)) {
                int left = (int) Math.rint(x * perX);
                int top = (int) Math.rint(y * perY);
                int levelWidth = (int) Math.rint((x + width) * perX) - left;
                int levelHeight = (int) Math.rint((y + height) * perY) - top;
                if (levelWidth > 0 && levelHeight > 0) {
                    parts.add(new Part(i, left, top, new Level(levelWidth, levelHeight, level.downsample())));
                }
            }
        }
        return List.copyOf(parts);
    }

    private static boolean aligned(double edge) {
        return Math.abs(edge - Math.rint(edge)) <= ALIGNED;
    }

    /** What it was cut from. */
    public Slide whole() {
        return slide;
    }

    /** Left edge in the whole slide's level-0 pixels. */
    public int x() {
        return x;
    }

    /** Top edge in the whole slide's level-0 pixels. */
    public int y() {
        return y;
    }

    /** The slide's name, told apart by the crop: {@code name_x_y_WIDTHxHEIGHT}. */
    @Override
    public String name() {
        return slide.name() + "_" + x + "_" + y + "_" + width() + "x" + height();
    }

    @Override
    public List<Level> levels() {
        return parts.stream().map(Part::size).toList();
    }

    @Override
    public OptionalDouble mpp() {
        return slide.mpp();
    }

    @Override
    public OptionalDouble objectivePower() {
        return slide.objectivePower();
    }

    @Override
    public Map<String, String> properties() {
        return slide.properties();
    }

    /** None: labels and thumbnails would show what lies outside the crop. */
    @Override
    public Map<String, BufferedImage> associatedImages() {
        return Map.of();
    }

    @Override
    public BufferedImage read(int level, int x, int y, int width, int height) {
        Slides.requireLevel(this, level);
        Slides.requireArray(name(), width, height);
        Part part = parts.get(level);
        BufferedImage out = Pixels.filled(width, height, Pixels.WHITE);
        int left = Math.max(0, x);
        int top = Math.max(0, y);
        int right = (int) Math.min(part.size.width(), (long) x + width);
        int bottom = (int) Math.min(part.size.height(), (long) y + height);
        if (left < right && top < bottom) {
            BufferedImage inside = slide.read(part.level, part.x + left, part.y + top, right - left, bottom - top);
            int[] from = Pixels.of(inside);
            for (int row = top; row < bottom; row++) {
                System.arraycopy(
                        from, (row - top) * (right - left), Pixels.of(out), (row - y) * width + left - x, right - left);
            }
        }
        return out;
    }

    @Override
    public void close() {
        slide.close();
    }

    @Override
    public String toString() {
        return name();
    }
}
