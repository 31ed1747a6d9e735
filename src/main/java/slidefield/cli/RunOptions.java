package slidefield.cli;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Option;
import slidefield.io.InputException;
import slidefield.nn.Precision;

/** The options that make up the settings of any run. */
abstract class RunOptions {
    @Option(names = "--preset", paramLabel = "P", description = "teaching (default) or paper.")
    private String preset;

    @Option(
            names = "--precision",
            paramLabel = "P",
            description = "f32 (default), or bf16: about twice as fast where the processor multiplies it.")
    private String precision;

    @Option(names = "--seed", paramLabel = "S", description = "Seed of every random choice (default: 0).")
    private Long seed;

    /** Its name; teaching unless told. */
    String preset() {
        return preset == null ? "teaching" : preset;
    }

    /** Of the form key=value. */
    abstract List<String> changes();

    Optional<Precision> precision() {
        return Optional.ofNullable(precision).map(Precision::of);
    }

    OptionalLong seed() {
        return seed == null ? OptionalLong.empty() : OptionalLong.of(seed);
    }

    /**
     * For a run that is resumed, whose settings cannot be changed.
     *
     * @throws InputException if a change was asked for
     */
    void requireNone() {
        if (preset != null || seed != null || precision != null || !changes().isEmpty()) {
            throw new InputException("--resume goes on with the run's own settings; leave --preset, --set, --precision"
                    + " and --seed out");
        }
    }
}
