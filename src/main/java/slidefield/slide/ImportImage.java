package slidefield.slide;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import slidefield.io.InputException;

/**
 * An image file read in strips as high as a share of the memory allows: formats that can only be decoded from their
 * first row (PNG, JPEG) are then decoded few times, and no image is ever larger than the memory. Sizes come from the
 * header and are checked before memory is taken.
 */
final class ImportImage implements PixelSource, AutoCloseable {
    private final Path path;
    private final boolean mask;
    private final ImageInputStream stream;
    private final ImageReader reader;
    private final int width;
    private final int height;
    private final int stripRows;
    private String warning;
    private BufferedImage strip;
    private int stripTop;

    /**
     * Opens an image.
     *
     * @param path PNG, JPEG, TIFF, BMP, GIF: whatever ImageIO reads
     * @param mask whether it is a mask: transparency counts as black, and pixels are grey 0 or 255
     * @throws InputException if the file is missing, no image, or too large
     */
    ImportImage(Path path, boolean mask) {
        this(path, mask, Runtime.getRuntime().maxMemory() / 6);
    }

    ImportImage(Path path, boolean mask, long stripBytes) {
        this.path = path;
        this.mask = mask;
        if (!Files.isRegularFile(path)) {
            throw new InputException("no image at " + path
                    + (Files.exists(path) ? ": it is a folder or device, expected a file" : ": check the path"));
        }
        ImageInputStream opened = null;
        ImageReader found = null;
        try {
            opened = ImageIO.createImageInputStream(path.toFile());
            if (opened == null) {
                throw new InputException("cannot read " + path + ": check its permissions");
            }
            Iterator<ImageReader> readers = ImageIO.getImageReaders(opened);
            if (!readers.hasNext()) {
                throw new InputException(path + " is not an image (expected PNG, JPEG, TIFF or BMP)");
            }
            found = readers.next();
            found.setInput(opened, false, false);
            width = found.getWidth(0);
            height = found.getHeight(0);
            long rows = stripBytes / (8L * width);
            if (rows < Math.min(height, 256)) {
                throw new InputException(path + " says it has " + width + " x " + height
                        + " pixels, too many to read with this memory: check the file, or use a larger heap (-Xmx)");
            }
            stripRows = (int) Math.min(height, rows / 256 > 0 ? rows / 256 * 256 : rows);
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            close(opened, found);
            if (e instanceof InputException known) {
                throw known;
            }
            throw damaged(e);
        }
        stream = opened;
        reader = found;
        reader.addIIOReadWarningListener((source, text) -> warning = text);
    }

    Path path() {
        return path;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public int height() {
        return height;
    }

    @Override
    public BufferedImage read(int x, int y, int w, int h) {
        BufferedImage out = new BufferedImage(w, h, mask ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
        for (int row = y; row < y + h; ) {
            load(row, y + h - row);
            int rows = Math.min(y + h, stripTop + strip.getHeight()) - row;
            BufferedImage part = strip.getSubimage(x, row - stripTop, w, rows);
            ImportPixels.copy(part, out, row - y, mask);
            row += rows;
        }
        return out;
    }

    /** Strips begin where a row of tiles does, so that tiles side by side come from the same strip. */
    private void load(int top, int rows) {
        if (strip != null && top >= stripTop && top + Math.min(rows, stripRows) <= stripTop + strip.getHeight()) {
            return;
        }
        strip = null;
        ImageReadParam param = reader.getDefaultReadParam();
        param.setSourceRegion(new Rectangle(0, top, width, Math.min(stripRows, height - top)));
        warning = null;
        try {
            BufferedImage read = reader.read(0, param);
            ImportPixels.check(path, read);
            strip = read;
            stripTop = top;
        } catch (InputException known) {
            throw known;
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            throw damaged(e);
        }
        if (warning != null && isDamage(warning)) {
            throw new InputException("cannot read " + path + ": the file is damaged or cut off (" + warning + ")");
        }
    }

    /** ImageIO's JPEG reader fills what is missing with grey and only warns. */
    private static boolean isDamage(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.contains("premature") || lower.contains("corrupt") || lower.contains("truncated");
    }

    private InputException damaged(Throwable e) {
        if (String.valueOf(e.getMessage()).contains("Unsupported Image Type")) {
            return new InputException(
                    "cannot read " + path + ": its colours (CMYK or similar) are not supported; save it as RGB first",
                    e);
        }
        return new InputException(
                "cannot read " + path + ": the file is damaged, cut off or of an unsupported kind ("
                        + ImageFile.firstLine(e) + ")",
                e);
    }

    private static void close(ImageInputStream stream, ImageReader reader) {
        if (reader != null) {
            reader.dispose();
        }
        if (stream != null) {
            try {
                stream.close();
            } catch (IOException ignored) {
                // Reading is over; nothing depends on it.
            }
        }
    }

    @Override
    public void close() {
        close(stream, reader);
    }
}
