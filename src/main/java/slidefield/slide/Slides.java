package slidefield.slide;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import slidefield.io.InputException;

/**
 * Opens slides: whatever OpenSlide recognises, else plain images (PNG, JPEG, BMP, GIF, and TIFF that OpenSlide
 * refuses) as slides of one level.
 */
public final class Slides {
    private Slides() {}

    /**
     * Opens a slide or image.
     *
     * @param file the file
     * @return the slide; close it after use
     * @throws InputException one line naming the file, if it is missing, unreadable, empty, neither slide nor image,
     *     damaged or too large, or if OpenSlide is needed and not installed
     */
    public static Slide open(Path file) {
        return open(file, OptionalDouble.empty());
    }

    /**
     * Opens a slide or image whose resolution the caller may know better than the file.
     *
     * @param file the file
     * @param mpp micrometres per level-0 pixel that replace what the file says; empty keeps the file's
     * @return the slide; close it after use
     * @throws InputException as {@link #open(Path)}, or if {@code mpp} is not a finite number over zero
     */
    public static Slide open(Path file, OptionalDouble mpp) {
        return open(file, mpp, Pixels.WHITE);
    }

    /** Opens a mask: as a slide, but what is transparent or outside counts as black. */
    static Slide openMask(Path file) {
        return open(file, OptionalDouble.empty(), Pixels.BLACK);
    }

    private static Slide open(Path file, OptionalDouble mpp, int background) {
        if (mpp.isPresent() && !(mpp.getAsDouble() > 0 && Double.isFinite(mpp.getAsDouble()))) {
            throw new InputException("micrometres per pixel must be a finite number over 0, not " + mpp.getAsDouble());
        }
        byte[] head = head(file);
        if (isTiff(head)) {
            WholeTiff.check(file);
        }
        Optional<OpenSlideLibrary> library = OpenSlideLibrary.find();
        if (library.isPresent() && library.get().openslide_detect_vendor(file.toString()) != null) {
            return new OpenSlideSlide(file, mpp, background);
        }
        try {
            Optional<BufferedImage> image = ImageFile.read(file, background);
            if (image.isPresent()) {
                return new ImageSlide(nameOf(file), image.get(), mpp, background);
            }
        } catch (InputException failure) {
            if (library.isEmpty() && isTiff(head)) {
                throw missingLibrary(failure);
            }
            throw failure;
        }
        if (library.isEmpty() && !isText(head)) {
            throw missingLibrary(null);
        }
        throw new NotASlide(file + " is not a slide or image: expected a slide that OpenSlide reads, or PNG, JPEG,"
                + " BMP or TIFF" + (isTiff(head) ? " (it starts like a TIFF, of a kind that neither reads)" : ""));
    }

    /** Neither OpenSlide nor an image format recognises the file. */
    static final class NotASlide extends InputException {
        NotASlide(String message) {
            super(message);
        }
    }

    private static InputException missingLibrary(InputException cause) {
        try {
            OpenSlideLibrary.require();
        } catch (InputException missing) {
            return missing;
        }
        return cause;
    }

    /** The first bytes of a file that exists, may be read and is not empty. */
    static byte[] head(Path file) {
        if (!Files.exists(file)) {
            throw new InputException(file + " does not exist: expected a slide or image");
        }
        if (Files.isDirectory(file)) {
            throw new InputException(file + " is a folder: expected a slide or image");
        }
        if (!Files.isRegularFile(file)) {
            // A pipe would be waited for, and a device may have no end.
            throw new InputException(file + " is a pipe or device: expected a slide or image in a file");
        }
        if (!Files.isReadable(file)) {
            throw new InputException(file + " may not be read: check its permissions");
        }
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(64);
        } catch (IOException failure) {
            throw new InputException(file + " cannot be read: " + failure.getMessage(), failure);
        }
        if (head.length == 0) {
            throw new InputException(file + " is empty (0 bytes): expected a slide or image");
        }
        return head;
    }

    private static boolean isTiff(byte[] head) {
        return head.length >= 4
                && (head[0] == 'I' && head[1] == 'I' && (head[2] == 42 || head[2] == 43)
                        || head[0] == 'M' && head[1] == 'M' && (head[3] == 42 || head[3] == 43));
    }

    private static boolean isText(byte[] head) {
        for (byte value : Arrays.copyOf(head, Math.min(head.length, 64))) {
            if (value >= 0 && value < 32 && value != '\n' && value != '\r' && value != '\t') {
                return false;
            }
        }
        return true;
    }

    /**
     * The slide's resolution, for code that cannot do without it.
     *
     * @param slide a slide
     * @return micrometres per level-0 pixel
     * @throws InputException if the slide does not say; tells how to give it
     */
    public static double requireMpp(Slide slide) {
        return slide.mpp()
                .orElseThrow(
                        () -> new InputException(
                                "slide " + slide.name()
                                        + " does not say how many micrometres a pixel is; give it with --mpp, or as mpp: in the manifest"));
    }

    /**
     * OpenSlide's version.
     *
     * @return such as {@code 3.4.1}; empty where the library is not installed
     */
    public static Optional<String> openSlideVersion() {
        return OpenSlideLibrary.find().map(OpenSlideLibrary::openslide_get_version);
    }

    /** The file's name without its last extension. */
    static String nameOf(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    static Level requireLevel(Slide slide, int level) {
        if (level < 0 || level >= slide.levels().size()) {
            throw new InputException("slide " + slide.name() + " has levels 0 to "
                    + (slide.levels().size() - 1) + ", not " + level);
        }
        return slide.levels().get(level);
    }

    /** Refuses sizes that no array can hold, before any memory is taken. */
    static void requireArray(String what, long width, long height) {
        if (width < 1 || height < 1 || width > (Integer.MAX_VALUE - 8L) / height) {
            throw new InputException(what + ": cannot hold " + width + " x " + height
                    + " pixels at once; sides must be at least 1 and the area below 2^31");
        }
    }
}
