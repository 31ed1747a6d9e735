package slidefield.fit;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import slidefield.field.FieldOptions;
import slidefield.io.InputException;
import slidefield.nn.Precision;

/**
 * Everything that decides a run besides its slides. Immutable, YAML in a run folder.
 *
 * @param preset the preset it began from
 * @param seed of every random choice
 * @param precision what the network's images are stored and multiplied in; a trained field may be used in the other
 * @param normaliseStain whether every slide's colours are brought to one reference stain before a field is fitted to
 *     them; what the field paints is brought back
 * @param field sizes of encoding, decoder and heads
 * @param training the two training steps
 * @param ito inference-time optimisation
 */
public record Settings(
        String preset,
        long seed,
        Precision precision,
        boolean normaliseStain,
        FieldOptions field,
        TrainingOptions training,
        ItoOptions ito)
        implements YamlSettings<Settings> {
    private static final YamlOptions<Settings> YAML = new YamlOptions<>(Settings.class, "training.lesionEpochs=40");

    public Settings {
        if (precision == null || field == null || training == null || ito == null) {
            throw new IllegalArgumentException("settings need precision, field, training and ito");
        }
        try {
            field.hashGrid().parameterCount();
        } catch (ArithmeticException overflow) {
            throw new IllegalArgumentException(
                    "field.hashGrid would have over 2^31 entries; lower levels or log2Table");
        }
    }

    /** The names that {@link #preset(String)} knows. */
    public static List<String> presets() {
        return List.copyOf(new TreeMap<>(Presets.ALL).keySet());
    }

    /**
     * A preset by name.
     *
     * @throws InputException if there is none of that name; lists those that there are
     */
    public static Settings preset(String name) {
        Settings found = Presets.ALL.get(name);
        if (found == null) {
            throw new InputException("unknown preset '" + name + "'; choose one of " + String.join(", ", presets()));
        }
        return found;
    }

    @Override
    public Settings withSeed(long other) {
        return new Settings(preset, other, precision, normaliseStain, field, training, ito);
    }

    /** The same settings in another precision. */
    public Settings with(Precision other) {
        return new Settings(preset, seed, other, normaliseStain, field, training, ito);
    }

    /** The same settings with another inference-time optimisation. */
    public Settings with(ItoOptions other) {
        return new Settings(preset, seed, precision, normaliseStain, field, training, other);
    }

    @Override
    public YamlOptions<Settings> yaml() {
        return YAML;
    }

    /**
     * Reads settings.
     *
     * @throws InputException if the file is missing, not YAML, or holds an unknown or impossible option; names it
     */
    public static Settings read(Path file) {
        return YAML.read(file);
    }
}
