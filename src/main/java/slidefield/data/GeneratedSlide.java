package slidefield.data;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import slidefield.io.InputException;
import slidefield.slide.PhantomFile;
import slidefield.slide.PhantomOptions;
import slidefield.slide.Phantoms;

/**
 * A synthetic slide of a manifest, drawn where it is missing. What it was drawn from is recorded beside it, so that a
 * manifest that asks for another slide under the same name gets it.
 */
final class GeneratedSlide {
    private static final String LOCK = ".drawing.lock";

    private final SlideEntry entry;
    private final Path folder;
    private final Path slide;
    /** Null where there is no lesion. */
    private final Path annotation;

    private final PhantomOptions options;
    private final String source;

    /**
     * @param entry has {@link SlideEntry#generate()}
     * @param folder its paths are relative to this
     */
    GeneratedSlide(SlideEntry entry, Path folder) {
        this.entry = entry;
        this.folder = folder;
        slide = folder.resolve(entry.path());
        annotation = entry.annotation() == null ? null : folder.resolve(entry.annotation());
        options = entry.generate().options(entry.mpp(), entry.seed());
        source = String.format(
                Locale.ROOT,
                "slidefield phantom, %dx%d pixels, mpp %s, seed %d, lesion fraction %s",
                options.width(),
                options.height(),
                options.mpp(),
                options.seed(),
                options.lesionFraction() == null
                        ? "0.0"
                        : entry.generate().withoutLesions() ? "none" : options.lesionFraction());
    }

    Path slide() {
        return slide;
    }

    Optional<Path> annotation() {
        return Optional.ofNullable(annotation);
    }

    /** Whether both files are there and are those that the entry asks for. */
    boolean isDrawn() {
        return Files.isRegularFile(slide)
                && (annotation == null || Files.isRegularFile(annotation))
                && Origin.of(slide)
                        .map(origin -> origin.source().equals(source))
                        .orElse(false);
    }

    /**
     * Draws the slide unless it is there. Several processes may ask at once: one draws, the others wait.
     *
     * @param progress told the fraction that is drawn, in (0, 1]
     * @throws InputException if a file cannot be written, one is there that was not drawn by this project,
     *     or a link leads out of the folder
     */
    void ensure(DoubleConsumer progress) {
        if (isDrawn()) {
            return;
        }
        Fetch.inside(folder, entry.path());
        if (annotation != null) {
            Fetch.inside(folder, entry.annotation());
        }
        // A file lock holds off other processes only.
        synchronized (GeneratedSlide.class) {
            Path beside = slide.getParent();
            try {
                Files.createDirectories(beside);
                try (FileChannel channel = FileChannel.open(
                                beside.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        FileLock held = channel.lock()) {
                    if (held.isValid() && !isDrawn()) {
                        draw(progress);
                    }
                }
            } catch (IOException failure) {
                throw new InputException("cannot draw " + slide + ": " + failure.getMessage(), failure);
            }
        }
    }

    private void draw(DoubleConsumer progress) throws IOException {
        if (Files.exists(slide) && Origin.of(slide).isEmpty()) {
            throw new InputException(slide + " is there but was not drawn for this manifest; move it away");
        }
        Files.deleteIfExists(slide);
        // Before the slide: were it the other way round, a kill in between would leave a slide of unknown origin.
        new Origin(source, 0, "", null).write(slide);
        PhantomFile file = Phantoms.write(entry.name(), slide, annotation, options, progress);
        new Origin(source, file.bytes(), file.sha256(), null).write(slide);
    }
}
