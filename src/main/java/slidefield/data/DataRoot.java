package slidefield.data;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import slidefield.io.InputException;

/**
 * Where the files that a manifest names lie: beside the manifest itself, or in the data root. The data root is the
 * folder named by the environment variable {@value #VARIABLE}, else {@code data/} in the working folder, else
 * {@code ../shared/data} where that exists.
 */
public final class DataRoot {
    /** The environment variable that names the data root. */
    public static final String VARIABLE = "SLIDEFIELD_DATA";

    private final Path root;
    private final Path besideManifest;

    private DataRoot(Path root, Path besideManifest) {
        this.root = root;
        this.besideManifest = besideManifest;
    }

    /** The data root by the rule above; the folder need not exist. */
    public static DataRoot find() {
        return find(System.getenv(), Path.of(""));
    }

    /**
     * @param environment stands for {@link System#getenv()}
     * @param working stands for the working folder
     */
    static DataRoot find(Map<String, String> environment, Path working) {
        String named = environment.get(VARIABLE);
        if (named != null && !named.isBlank()) {
            try {
                return new DataRoot(working.resolve(Path.of(named)), null);
            } catch (InvalidPathException unusable) {
                throw new InputException(VARIABLE + " is not a path: " + Rules.quoted(named), unusable);
            }
        }
        Path own = working.resolve("data");
        Path shared = working.resolve("../shared/data").normalize();
        return new DataRoot(!Files.isDirectory(own) && Files.isDirectory(shared) ? shared : own, null);
    }

    /** A given folder as data root. */
    public static DataRoot of(Path folder) {
        return new DataRoot(folder, null);
    }

    /**
     * The same root, with the folder of a manifest tried first: {@code phantom} and {@code import} write manifests
     * beside their slides.
     *
     * @param manifest the manifest's file
     */
    public DataRoot forManifest(Path manifest) {
        Path folder = manifest.toAbsolutePath().getParent();
        return new DataRoot(root, folder);
    }

    /** The data root, where fetched files go. */
    public Path root() {
        return root;
    }

    /**
     * The file of a manifest's path.
     *
     * @param relative as in the manifest
     * @return an existing file
     * @throws InputException if there is none; names the file, the folders tried and what to do
     */
    public Path resolve(String relative) {
        String clean = Rules.relativePath("path", relative);
        List<Path> tried = new ArrayList<>();
        if (besideManifest != null) {
            tried.add(besideManifest);
        }
        tried.add(root);
        for (Path folder : tried) {
            Path file = folder.resolve(clean);
            if (Files.isRegularFile(file)) {
                return file;
            }
        }
        throw new InputException("no file " + clean + " in "
                + String.join(" or ", tried.stream().map(Path::toString).toList())
                + (Files.isDirectory(root) ? "" : " (no such folder)") + "; run 'slidefield fetch MANIFEST' or set "
                + VARIABLE + " to the folder that holds it");
    }

    /**
     * The file of a slide.
     *
     * @throws InputException if there is none
     */
    public Path slide(SlideEntry entry) {
        return resolve(entry.path());
    }

    /**
     * The file of a slide's annotation; empty where the manifest names none.
     *
     * @throws InputException if it is named but not there
     */
    public Optional<Path> annotation(SlideEntry entry) {
        return entry.annotation() == null ? Optional.empty() : Optional.of(resolve(entry.annotation()));
    }
}
