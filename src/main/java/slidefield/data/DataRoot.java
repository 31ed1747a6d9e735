package slidefield.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import slidefield.io.InputException;

/**
 * Where the files that a manifest names lie: beside the manifest itself, or in the data root. The data root is the
 * folder named by the environment variable {@value #VARIABLE}; without it, {@code data/} in the project's folder, and
 * {@code ../shared/data} beside the project where that exists.
 */
public final class DataRoot {
    /** The environment variable that names the data root. */
    public static final String VARIABLE = "SLIDEFIELD_DATA";

    private final Path root;
    private final List<Path> folders;
    private final Path destination;
    private final Path generated;

    private DataRoot(Path root, List<Path> folders, Path destination, Path generated) {
        this.root = root;
        this.folders = List.copyOf(folders);
        this.destination = destination;
        this.generated = generated;
    }

    /** The data root by the rule above; the folder need not exist. */
    public static DataRoot find() {
        return find(System.getenv(), home());
    }

    /** The project's folder where a launcher says it ({@code -Dslidefield.home}), else the working folder. */
    public static Path home() {
        return Path.of(System.getProperty("slidefield.home", ""));
    }

    /**
     * @param environment stands for {@link System#getenv()}
     * @param home stands for {@link #home()}
     */
    static DataRoot find(Map<String, String> environment, Path home) {
        String named = environment.get(VARIABLE);
        Path own = home.resolve("data");
        if (named != null && !named.isBlank()) {
            try {
                Path folder = Path.of(named);
                return new DataRoot(folder, List.of(folder), folder, own);
            } catch (InvalidPathException unusable) {
                throw new InputException(VARIABLE + " is not a path: " + Rules.quoted(named), unusable);
            }
        }
        Path shared = home.resolve("../shared/data").normalize();
        boolean sharedThere = Files.isDirectory(shared);
        Path root = sharedThere && !Files.isDirectory(own) ? shared : own;
        return new DataRoot(root, sharedThere ? List.of(own, shared) : List.of(own), own, own);
    }

    /** A given folder as data root. */
    public static DataRoot of(Path folder) {
        return new DataRoot(folder, List.of(folder), folder, folder);
    }

    /**
     * The same root, with the folder of a manifest tried first: {@code phantom} and {@code import} write manifests
     * beside their slides.
     *
     * @param manifest the manifest's file
     */
    public DataRoot forManifest(Path manifest) {
        List<Path> tried = new ArrayList<>();
        tried.add(manifest.toAbsolutePath().getParent());
        tried.addAll(folders);
        return new DataRoot(root, tried, destination, generated);
    }

    /** The data root. */
    public Path root() {
        return root;
    }

    /**
     * Where fetched files go: the folder that {@value #VARIABLE} names, else {@code data/} in the project's folder. The
     * shared folder is only read.
     */
    public Path destination() {
        return destination;
    }

    /** Where synthetic slides of a manifest are drawn: {@code data/} in the project's folder. */
    Path generated() {
        return generated;
    }

    /**
     * The file of a manifest's path.
     *
     * @param relative as in the manifest
     * @return an existing file
     * @throws InputException if there is none; names the file, the folders tried and what to do
     */
    public Path resolve(String relative) {
        return resolve(relative, null);
    }

    private Path resolve(String relative, String url) {
        String clean = Rules.relativePath("path", relative);
        return existing(clean).orElseThrow(() -> missing(clean, url));
    }

    /**
     * The file of a path, as {@link #resolve}; empty where it is in none of the folders.
     *
     * @param relative with "/" between folders
     */
    public Optional<Path> existing(String relative) {
        String clean = Rules.relativePath("path", relative);
        return folders.stream()
                .map(folder -> folder.resolve(clean))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /**
     * The files of a folder of the data root, in any of the places tried.
     *
     * @param relative the folder as in a manifest; empty for the data root itself
     * @return their paths relative to the data root, sorted; empty where there is no such folder
     * @throws InputException if a folder cannot be read
     */
    List<String> list(String relative) {
        TreeSet<String> files = new TreeSet<>();
        for (Path folder : folders) {
            Path there = folder.resolve(relative);
            if (!Files.isDirectory(there)) {
                continue;
            }
            try (Stream<Path> entries = Files.list(there)) {
                entries.filter(Files::isRegularFile)
                        .map(file -> file.getFileName().toString())
                        .forEach(name -> files.add(relative.isEmpty() ? name : relative + "/" + name));
            } catch (IOException | UncheckedIOException unreadable) {
                throw new InputException("cannot list " + there + ": " + unreadable.getMessage(), unreadable);
            }
        }
        return List.copyOf(files);
    }

    private InputException missing(String clean, String url) {
        return new InputException("no file " + clean + " in "
                + String.join(" or ", folders.stream().map(Path::toString).toList())
                + (Files.isDirectory(root) ? "" : " (no such folder)") + "; set "
                + VARIABLE + " to the folder that holds it"
                + (url == null ? "" : ", or get it with 'slidefield fetch'"));
    }

    /**
     * The file of a slide. One that a manifest only describes ({@link Generate}) is drawn first where it is missing.
     *
     * @throws InputException if there is none, or it cannot be drawn
     */
    public Path slide(SlideEntry entry) {
        return entry.generate() == null
                ? resolve(entry.path(), entry.url())
                : drawn(entry).slide();
    }

    /**
     * The file of a slide's annotation; empty where the manifest names none. It is drawn with its slide.
     *
     * @throws InputException if it is named but not there
     */
    public Optional<Path> annotation(SlideEntry entry) {
        if (entry.generate() != null) {
            return drawn(entry).annotation();
        }
        return entry.annotation() == null
                ? Optional.empty()
                : Optional.of(resolve(entry.annotation(), entry.annotationUrl()));
    }

    /**
     * The file of the mask of a slide's tissues; empty where the manifest names none.
     *
     * @throws InputException if it is named but not there
     */
    public Optional<Path> tissueMask(SlideEntry entry) {
        return Optional.ofNullable(entry.tissueMask()).map(mask -> resolve(mask.path(), mask.url()));
    }

    private GeneratedSlide drawn(SlideEntry entry) {
        GeneratedSlide slide = new GeneratedSlide(entry, generated);
        slide.ensure(done -> {});
        return slide;
    }
}
