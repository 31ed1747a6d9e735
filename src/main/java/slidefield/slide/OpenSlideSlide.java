package slidefield.slide;

import com.sun.jna.Pointer;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import slidefield.io.InputException;

/**
 * A slide read by OpenSlide. Reads run side by side; a read that finds the file damaged closes the handle (OpenSlide
 * answers nothing more after an error), and every later read says so.
 */
final class OpenSlideSlide implements Slide {
    /** Side of the blocks in which a level is read whose downsample is not a whole number; see {@link #read}. */
    private static final int BLOCK = 256;

    private static final double WHOLE = 1e-9;

    private final OpenSlideLibrary library;
    private final Path file;
    private final int background;
    private final List<Level> levels;
    private final Map<String, String> properties;
    private final OptionalDouble mpp;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private Pointer handle;
    private String ended;

    /**
     * Opens a file that OpenSlide recognises.
     *
     * @param file the slide
     * @param override micrometres per level-0 pixel that replace the file's own
     * @param background colour of transparent pixels and of what lies outside
     */
    OpenSlideSlide(Path file, OptionalDouble override, int background) {
        this(OpenSlideLibrary.require(), file, override, background);
    }

    /** With a given library. */
    OpenSlideSlide(OpenSlideLibrary library, Path file, OptionalDouble override, int background) {
        this.library = library;
        this.file = file;
        this.background = background;
        this.handle = library.openslide_open(file.toString());
        if (handle == null) {
            throw new InputException(file + " is not a slide that OpenSlide " + library.openslide_get_version()
                    + " can open; is it whole?");
        }
        try {
            check();
            this.levels = readLevels();
            this.properties = readProperties();
            this.mpp = override.isPresent() ? override : MicronsPerPixel.of(properties);
            check();
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    private void check() {
        String error = library.openslide_get_error(handle);
        if (error != null) {
            throw new InputException(file + " is damaged or cut short: OpenSlide says \"" + error.strip() + "\"");
        }
    }

    private List<Level> readLevels() {
        int count = library.openslide_get_level_count(handle);
        List<Level> found = new ArrayList<>();
        for (int level = 0; level < count; level++) {
            long[] width = new long[1];
            long[] height = new long[1];
            library.openslide_get_level_dimensions(handle, level, width, height);
            if (width[0] < 1 || height[0] < 1 || width[0] > Integer.MAX_VALUE || height[0] > Integer.MAX_VALUE) {
                throw new InputException(file + " has a level of " + width[0] + " x " + height[0]
                        + " pixels; sides of 1 to " + Integer.MAX_VALUE + " can be read");
            }
            double downsample = library.openslide_get_level_downsample(handle, level);
            found.add(new Level((int) width[0], (int) height[0], downsample));
        }
        if (found.isEmpty()) {
            throw new InputException(file + " holds no image");
        }
        return List.copyOf(found);
    }

    private Map<String, String> readProperties() {
        Map<String, String> found = new TreeMap<>();
        for (String name : names(library.openslide_get_property_names(handle))) {
            String value = library.openslide_get_property_value(handle, name);
            if (value != null) {
                found.put(name, value);
            }
        }
        return Collections.unmodifiableMap(found);
    }

    private static String[] names(Pointer array) {
        return array == null ? new String[0] : array.getStringArray(0, "UTF-8");
    }

    @Override
    public String name() {
        return Slides.nameOf(file);
    }

    @Override
    public List<Level> levels() {
        return levels;
    }

    @Override
    public OptionalDouble mpp() {
        return mpp;
    }

    @Override
    public OptionalDouble objectivePower() {
        return MicronsPerPixel.positive(properties.get("openslide.objective-power"));
    }

    @Override
    public Map<String, String> properties() {
        return properties;
    }

    @Override
    public Map<String, BufferedImage> associatedImages() {
        Map<String, BufferedImage> images = new TreeMap<>();
        reading(() -> {
            for (String name : names(library.openslide_get_associated_image_names(handle))) {
                long[] width = new long[1];
                long[] height = new long[1];
                library.openslide_get_associated_image_dimensions(handle, name, width, height);
                Slides.requireArray(file + ", image " + name, width[0], height[0]);
                BufferedImage image = new BufferedImage((int) width[0], (int) height[0], BufferedImage.TYPE_INT_RGB);
                library.openslide_read_associated_image(handle, name, Pixels.of(image));
                Pixels.flatten(Pixels.of(image), Pixels.WHITE);
                images.put(name, image);
            }
        });
        return images;
    }

    /**
     * {@inheritDoc}
     *
     * <p>OpenSlide places a region by level-0 pixels. On a level whose downsample is a whole number that is exact; on
     * others it leaves a fraction of a pixel over which it interpolates, so the same pixel would differ with the
     * region's corner. Such levels are therefore read in blocks with fixed corners.
     */
    @Override
    public BufferedImage read(int level, int x, int y, int width, int height) {
        Level stored = Slides.requireLevel(this, level);
        Slides.requireArray(file.toString(), width, height);
        BufferedImage out = Pixels.filled(width, height, background);
        int left = Math.max(0, x);
        int top = Math.max(0, y);
        int right = (int) Math.min(stored.width(), (long) x + width);
        int bottom = (int) Math.min(stored.height(), (long) y + height);
        if (left >= right || top >= bottom) {
            return out;
        }
        double downsample = stored.downsample();
        boolean whole = Math.abs(downsample - Math.rint(downsample)) < WHOLE;
        reading(() -> {
            if (whole) {
                int[] part = block(level, left, top, right - left, bottom - top);
                paste(part, left, top, right - left, out, x, y, left, top, right, bottom);
            } else {
                readBlocks(level, stored, out, x, y, left, top, right, bottom);
            }
        });
        return out;
    }

    private void readBlocks(
            int level, Level stored, BufferedImage out, int x, int y, int left, int top, int right, int bottom) {
        for (int by = top / BLOCK * BLOCK; by < bottom; by += BLOCK) {
            for (int bx = left / BLOCK * BLOCK; bx < right; bx += BLOCK) {
                int width = Math.min(BLOCK, stored.width() - bx);
                int height = Math.min(BLOCK, stored.height() - by);
                int[] part = block(level, bx, by, width, height);
                paste(
                        part,
                        bx,
                        by,
                        width,
                        out,
                        x,
                        y,
                        Math.max(left, bx),
                        Math.max(top, by),
                        Math.min(right, bx + width),
                        Math.min(bottom, by + height));
            }
        }
    }

    /** Reads one block whose corner is in pixels of the level; RGB over the background. */
    private int[] block(int level, int x, int y, int width, int height) {
        double downsample = levels.get(level).downsample();
        int[] argb = new int[width * height];
        library.openslide_read_region(
                handle, argb, Math.round(x * downsample), Math.round(y * downsample), level, width, height);
        Pixels.flatten(argb, background);
        return argb;
    }

    /** Copies [left, right) x [top, bottom) of the level from a block at (bx, by) to an image at (x, y). */
    private static void paste(
            int[] block,
            int bx,
            int by,
            int width,
            BufferedImage out,
            int x,
            int y,
            int left,
            int top,
            int right,
            int bottom) {
        int[] pixels = Pixels.of(out);
        for (int row = top; row < bottom; row++) {
            int from = (row - by) * width + left - bx;
            int to = (row - y) * out.getWidth() + left - x;
            System.arraycopy(block, from, pixels, to, right - left);
        }
    }

    private void reading(Runnable work) {
        InputException failure = null;
        lock.readLock().lock();
        try {
            if (handle == null) {
                throw new InputException(ended);
            }
            work.run();
            check();
        } catch (InputException damaged) {
            failure = damaged;
        } finally {
            lock.readLock().unlock();
        }
        if (failure != null) {
            end(failure.getMessage());
            throw failure;
        }
    }

    private void end(String reason) {
        lock.writeLock().lock();
        try {
            if (handle != null) {
                library.openslide_close(handle);
                handle = null;
                ended = reason;
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    @Override
    public void close() {
        end(file + " has been closed");
    }

    @Override
    public String toString() {
        return file + " (" + width() + " x " + height() + ", " + levels.size() + " levels)";
    }
}
