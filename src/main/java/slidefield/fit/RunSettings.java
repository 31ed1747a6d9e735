package slidefield.fit;

import java.nio.file.Path;

/**
 * Everything that decides a run besides its data.
 *
 * <p>Immutable, as every kind of it is a record: thread-safe.
 */
public interface RunSettings {
    /** The preset that they began as. */
    String preset();

    /** Of every random choice. */
    long seed();

    /** The settings as YAML. */
    String toYaml();

    /** Writes the settings as YAML. */
    void write(Path file);
}
