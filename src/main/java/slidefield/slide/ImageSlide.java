package slidefield.slide;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** A plain image as a slide of one level, held in memory (4 bytes per pixel). */
final class ImageSlide implements Slide {
    private final String name;
    private final BufferedImage image;
    private final OptionalDouble mpp;
    private final int background;

    /**
     * @param name the slide's name
     * @param image its pixels, {@link BufferedImage#TYPE_INT_RGB}; not copied
     * @param mpp micrometres per pixel, where known
     * @param background colour of what lies outside
     */
    ImageSlide(String name, BufferedImage image, OptionalDouble mpp, int background) {
        this.name = name;
        this.image = Pixels.toRgb(image, background);
        this.mpp = mpp;
        this.background = background;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Level> levels() {
        return List.of(new Level(image.getWidth(), image.getHeight(), 1));
    }

    @Override
    public OptionalDouble mpp() {
        return mpp;
    }

    @Override
    public OptionalDouble objectivePower() {
        return OptionalDouble.empty();
    }

    @Override
    public Map<String, String> properties() {
        return Map.of();
    }

    @Override
    public Map<String, BufferedImage> associatedImages() {
        return Map.of();
    }

    @Override
    public BufferedImage read(int level, int x, int y, int width, int height) {
        Slides.requireLevel(this, level);
        Slides.requireArray(name, width, height);
        BufferedImage out = Pixels.filled(width, height, background);
        int left = Math.max(0, x);
        int right = (int) Math.min(image.getWidth(), (long) x + width);
        int top = Math.max(0, y);
        int bottom = (int) Math.min(image.getHeight(), (long) y + height);
        if (left < right) {
            for (int row = top; row < bottom; row++) {
                int from = row * image.getWidth() + left;
                System.arraycopy(Pixels.of(image), from, Pixels.of(out), (row - y) * width + left - x, right - left);
            }
        }
        return out;
    }

    @Override
    public void close() {
        // Nothing is held but memory.
    }

    @Override
    public String toString() {
        return name + " (" + width() + " x " + height() + ")";
    }
}
