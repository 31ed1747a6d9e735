package slidefield.slide;

import java.awt.image.BufferedImage;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import slidefield.io.InputException;

/** Decodes a plain image file (PNG, JPEG, BMP, GIF, TIFF) whole, after its header says that it fits. */
public final class ImageFile {
    private ImageFile() {}

    /**
     * Reads an image file.
     *
     * @param file the file
     * @param background the colour (grey) behind transparent pixels
     * @return the first image as {@link BufferedImage#TYPE_INT_RGB}; empty if no image format recognises the file
     * @throws InputException if the image is too large for the memory left, damaged or of an unsupported kind
     */
    public static Optional<BufferedImage> read(Path file, int background) {
        try (ImageInputStream stream = ImageIO.createImageInputStream(file.toFile())) {
            Iterator<ImageReader> readers =
                    stream == null ? List.<ImageReader>of().iterator() : readers(stream);
            if (!readers.hasNext()) {
                return Optional.empty();
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(stream);
                return Optional.of(decode(file, reader, background));
            } finally {
                reader.dispose();
            }
        } catch (InputException known) {
            throw known;
        } catch (IOException | RuntimeException | OutOfMemoryError damaged) {
            // The decoders check little of what a damaged header says: division by zero and null are among the answers.
            throw new InputException(
                    file + " cannot be read as an image (damaged, cut short or of an unsupported kind): "
                            + firstLine(damaged),
                    damaged);
        }
    }

    private static Iterator<ImageReader> readers(ImageInputStream stream) {
        return ImageIO.getImageReaders(stream);
    }

    private static BufferedImage decode(Path file, ImageReader reader, int background) throws IOException {
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        Slides.requireArray(file.toString(), width, height);
        requireMemory(file, width, height);
        List<String> warnings = new ArrayList<>();
        reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
        BufferedImage image = reader.read(0);
        for (String warning : warnings) {
            String lower = warning.toLowerCase(java.util.Locale.ROOT);
            if (lower.contains("premature") || lower.contains("truncat") || lower.contains("corrupt")) {
                throw new InputException(file + " is damaged or cut short: " + warning.strip());
            }
        }
        return Pixels.toRgb(image, background);
    }

    /** The decoder's image (up to 8 bytes a pixel) and ours (4) are held at once. */
    private static void requireMemory(Path file, int width, int height) {
        Runtime runtime = Runtime.getRuntime();
        long left = runtime.maxMemory() - (runtime.totalMemory() - runtime.freeMemory());
        long needed = (long) width * height * 8;
        if (needed > left) {
            throw new InputException(file + " is " + width + " x " + height + " pixels: decoding it whole takes about "
                    + (needed >> 20) + " MiB and " + (left >> 20)
                    + " MiB are left; give Java more (-Xmx) or import it into a pyramid first");
        }
    }

    /** What a decoder said, in words of this file; it often says no more than the name of its exception. */
    static String firstLine(Throwable failure) {
        if (failure instanceof EOFException) {
            return "the file ends early";
        }
        if (failure instanceof OutOfMemoryError) {
            return "it takes more memory than there is";
        }
        String message = failure.getMessage() == null ? "" : failure.getMessage();
        String line = message.lines().findFirst().orElse("").strip();
        return line.isEmpty() || failure instanceof RuntimeException ? "its header or data make no sense" : line;
    }
}
