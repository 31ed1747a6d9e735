package slidefield.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import slidefield.data.Manifest;
import slidefield.data.PhantomSet;

/** The {@code manifest.yaml} that commands write beside the slides they make. */
final class Manifests {
    private Manifests() {}

    static Path in(Path folder) {
        return folder.resolve(PhantomSet.MANIFEST);
    }

    /** The manifest that a folder has already; empty where there is none. */
    static Optional<Manifest> existing(Path folder) {
        Path file = in(folder);
        return Files.exists(file) ? Optional.of(Manifest.read(file)) : Optional.empty();
    }
}
