package slidefield.fit;

import java.nio.file.Path;
import java.util.List;

/**
 * A run's settings that are changed by their dotted names and kept as YAML.
 *
 * <p>Immutable, as every kind of it is a record: thread-safe.
 *
 * @param <S> the record itself
 */
public interface YamlSettings<S extends YamlSettings<S>> extends RunSettings {
    /** How they are read, changed and written. */
    YamlOptions<S> yaml();

    /** The same settings with another seed. */
    S withSeed(long other);

    /**
     * The same settings with one option changed.
     *
     * @param key dotted name as in the YAML form, such as {@code training.batch}
     * @param value its new value, read as YAML
     * @throws slidefield.io.InputException if the key does not exist (the known ones are listed) or the value does not fit
     */
    default S with(String key, String value) {
        return yaml().with(yaml().cast(this), key, value);
    }

    /**
     * Several changes of the form {@code key=value}, made together: each alone need not fit.
     *
     * @throws slidefield.io.InputException as {@link #with(String, String)}, or if one has no equals sign
     */
    default S with(List<String> changes) {
        return yaml().with(yaml().cast(this), changes);
    }

    @Override
    default String toYaml() {
        return yaml().text(yaml().cast(this));
    }

    @Override
    default void write(Path file) {
        yaml().write(yaml().cast(this), file);
    }
}
