package slidefield.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import slidefield.data.Manifest;
import slidefield.data.SlideEntry;
import slidefield.data.Split;
import slidefield.data.Verified;
import slidefield.io.InputException;

/** The {@code manifest.yaml} that commands write beside the slides they make. */
final class Manifests {
    private Manifests() {}

    static Path in(Path folder) {
        return folder.resolve("manifest.yaml");
    }

    /** The manifest that a folder has already; empty where there is none. */
    static Optional<Manifest> existing(Path folder) {
        Path file = in(folder);
        return Files.exists(file) ? Optional.of(Manifest.read(file)) : Optional.empty();
    }

    /** Refuses to write over the manifest of something else. */
    static void refuseOther(Path folder, String name) {
        existing(folder).filter(manifest -> !manifest.name().equals(name)).ifPresent(other -> {
            throw new InputException(in(folder) + " is the manifest of '" + other.name() + "', not of '" + name
                    + "'; choose another --out");
        });
    }

    /**
     * An entry for files that lie in the manifest's own folder.
     *
     * @param annotation may be null
     * @param seed may be null
     */
    static SlideEntry entry(
            String name, Path slide, double mpp, Path annotation, Split split, long bytes, String sha256, Long seed) {
        return new SlideEntry(
                name,
                slide.getFileName().toString(),
                mpp,
                null,
                annotation == null ? null : annotation.getFileName().toString(),
                split,
                null,
                bytes,
                sha256,
                null,
                null,
                annotation == null ? null : Verified.size(annotation),
                annotation == null ? null : Verified.sha256(annotation),
                seed);
    }
}
