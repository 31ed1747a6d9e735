package slidefield.fit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.nd4j.linalg.factory.Nd4j;
import slidefield.data.ImageSetManifest;
import slidefield.data.Manifest;
import slidefield.io.InputException;
import slidefield.io.WholeFile;
import slidefield.nn.Engine;
import slidefield.nn.MappedStorage;
import slidefield.nn.Precision;

/**
 * A folder with everything of one training: {@code config.yaml}, {@code manifest.yaml}, {@code metrics.csv},
 * {@code environment.json}, checkpoints and, once trained, the weights ({@link RunKind#weights()}).
 *
 * <p>Not thread-safe: one training at a time writes to a folder.
 */
public final class RunFolder {
    /** Name of the settings' file. */
    public static final String CONFIG = "config.yaml";

    /** Name of the file that says with what the slides of a {@link RunKind#SLIDES} run were compressed. */
    public static final String CODES = "codes.yaml";

    private static final String ENVIRONMENT = "environment.json";
    private static final String METRICS = "metrics.csv";
    private static final Set<String> OWN = Set.of(
            CONFIG,
            ENVIRONMENT,
            METRICS,
            Training.MANIFEST,
            RunKind.FIELD.weights(),
            RunKind.PATCH.weights(),
            RunKind.SWIPE.weights(),
            RunKind.RIVAL.weights(),
            RunKind.VOLUME.weights(),
            RunKind.ENCODER.weights(),
            RunKind.SLIDES.weights(),
            CODES);

    private final Path path;
    private final RunKind kind;
    private final boolean replaces;

    private RunFolder(Path path, RunKind kind, boolean replaces) {
        this.path = path;
        this.kind = kind;
        this.replaces = replaces;
    }

    /** What to do with a folder that holds a run already. */
    public enum IfExists {
        /** Complain. */
        REFUSE,
        /** Go on from its last checkpoint. */
        RESUME,
        /** The same, or begin where there is no run yet: for a notebook's cell that is run again after it was stopped. */
        RESUME_OR_BEGIN,
        /** Delete what the old run left, once the new one can begin; other files stay. */
        REPLACE
    }

    /** {@link #forTraining(Path, RunKind, IfExists)} of a field. */
    public static RunFolder forTraining(Path path, IfExists choice) {
        return forTraining(path, RunKind.FIELD, choice);
    }

    /**
     * The folder of a run that is about to train.
     *
     * @throws InputException if it holds a run and {@code choice} is to refuse, if there is nothing to resume, or if
     *     it holds something else than a run of this kind
     */
    public static RunFolder forTraining(Path path, RunKind kind, IfExists choice) {
        OutputFolder.require(path);
        Optional<RunKind> there = RunKind.of(path);
        boolean isRun = there.isPresent();
        if (Files.exists(path) && !isRun && !isEmpty(path)) {
            throw new InputException(path + " exists and is no run folder; choose another --out");
        }
        if (isRun && there.get() != kind) {
            throw new InputException(path + " holds a run of " + there.get().command() + ", not of " + kind.command()
                    + "; choose another --out");
        }
        if (isRun && choice == IfExists.REFUSE) {
            throw new InputException(path + " holds a run already; go on with --resume, or replace it with --force");
        }
        if (!isRun && choice == IfExists.RESUME) {
            throw new InputException(path + " holds no run to resume; leave --resume out to start one");
        }
        OutputFolder.make(path);
        removeLeftovers(path);
        return new RunFolder(path, kind, isRun && choice == IfExists.REPLACE);
    }

    /**
     * The folder of a finished run, of whatever kind.
     *
     * @throws InputException if it is none, or its training has not ended
     */
    public static RunFolder open(Path path) {
        if (!Files.exists(path.resolve(CONFIG))) {
            throw new InputException(path + " is no run folder: it has no " + CONFIG + "; make one with train");
        }
        RunKind kind = RunKind.of(path)
                .orElseThrow(() -> new InputException(
                        path + " is no run folder: its " + CONFIG + " is not that of a run; make one with train"));
        if (!Files.exists(path.resolve(kind.weights()))) {
            throw new InputException(path + " is not trained to the end: it has no " + kind.weights() + "; go on with "
                    + kind.command() + " --resume");
        }
        return new RunFolder(path, kind, false);
    }

    /** The manifest that is kept in it. */
    public Path manifest() {
        return path.resolve(Training.MANIFEST);
    }

    /** What it is a run of. */
    public RunKind kind() {
        return kind;
    }

    /** The folder itself. */
    public Path path() {
        return path;
    }

    /**
     * The settings that a field's run was started with.
     *
     * @throws InputException if the file cannot be used, or the run is of another kind
     */
    public Settings settings() {
        if (kind != RunKind.FIELD) {
            throw new InputException(
                    path + " holds a run of " + kind.command() + ", not of a field; make one with train");
        }
        return Settings.read(path.resolve(CONFIG));
    }

    /** Whether a checkpoint is there to go on from. */
    public boolean resumes() {
        return !replaces && Checkpoint.isIn(path);
    }

    /**
     * Refuses to go on with other settings than the run was started with.
     *
     * @param same whether they are the same
     * @throws InputException if they are not
     */
    public void requireSettings(boolean same) {
        if (!same) {
            throw new InputException(path + " was started with other settings (see its " + CONFIG
                    + "); go on with those, or choose another folder");
        }
    }

    /** {@link #begin(String, Precision, Manifest, Engine)} of a field's run. */
    void begin(Settings settings, Manifest manifest, Engine engine) {
        begin(settings.toYaml(), settings.precision(), manifest, engine);
    }

    /**
     * Deletes what the run left that is to be replaced, and writes the settings, the manifest and what the run is made
     * on.
     *
     * @param settings as YAML
     */
    public void begin(String settings, Precision precision, Manifest manifest, Engine engine) {
        begin(settings, precision, manifest::write, engine);
    }

    /** {@link #begin(String, Precision, Manifest, Engine)} of a set of images. */
    public void begin(String settings, Precision precision, ImageSetManifest manifest, Engine engine) {
        begin(settings, precision, manifest::write, engine);
    }

    /**
     * {@link #begin(String, Precision, Manifest, Engine)} of any data.
     *
     * @param manifest writes the manifest to the file it is given
     */
    public void begin(String settings, Precision precision, Consumer<Path> manifest, Engine engine) {
        if (replaces) {
            clear(path);
        }
        WholeFile.writeText(path.resolve(CONFIG), settings);
        manifest.accept(path.resolve(Training.MANIFEST));
        Map<String, Object> environment = new LinkedHashMap<>();
        environment.put("java", System.getProperty("java.version") + " " + System.getProperty("java.vm.name"));
        environment.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        environment.put("cores", Runtime.getRuntime().availableProcessors());
        environment.put("backend", Nd4j.getBackend().getClass().getSimpleName());
        environment.put("kernels", engine.kernels().name());
        environment.put("precision", precision.text());
        try {
            String json = new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(environment);
            WholeFile.writeText(path.resolve(ENVIRONMENT), json + "\n");
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Writes {@code metrics.csv}, one row per epoch. */
    public void metrics(List<EpochReport> reports) {
        StringBuilder csv = new StringBuilder("phase,subject,epoch,loss,psnr_db,steps,seconds\n");
        for (EpochReport r : reports) {
            csv.append(String.join(
                            ",",
                            r.phase().name().toLowerCase(Locale.ROOT),
                            r.subject().replace(',', ';'),
                            Integer.toString(r.epoch()),
                            Double.toString(r.loss()),
                            r.phase().paints() ? Double.toString(r.psnr()) : "",
                            Integer.toString(r.steps()),
                            String.format(Locale.ROOT, "%.3f", r.seconds())))
                    .append('\n');
        }
        WholeFile.writeText(path.resolve(METRICS), csv.toString());
    }

    private static boolean isEmpty(Path folder) {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.allMatch(RunFolder::isLeftover);
        } catch (IOException notAFolder) {
            throw new InputException(folder + " is not a folder that can be read; choose another --out", notAFolder);
        }
    }

    /** What a process leaves that is killed while it writes; nobody else writes here. */
    private static boolean isLeftover(Path file) {
        return WholeFile.isTemporary(file) || MappedStorage.isLeftover(file);
    }

    private static void removeLeftovers(Path folder) {
        try (Stream<Path> inside = Files.list(folder)) {
            for (Path file : inside.filter(RunFolder::isLeftover).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException failure) {
            throw new InputException("cannot clear " + folder + ": " + failure.getMessage(), failure);
        }
    }

    private static void clear(Path folder) {
        try (Stream<Path> inside = Files.list(folder)) {
            List<String> names =
                    inside.map(file -> file.getFileName().toString()).toList();
            for (String name : inDeletionOrder(names)) {
                Files.delete(folder.resolve(name));
            }
        } catch (IOException failure) {
            throw new InputException("cannot clear " + folder + ": " + failure.getMessage(), failure);
        }
    }

    /**
     * The files of a run among others, so ordered that a process killed in between leaves a run that can be resumed or
     * replaced: first what says that there is a checkpoint, last what says that there is a run.
     */
    static List<String> inDeletionOrder(List<String> names) {
        List<String> own = new ArrayList<>(names);
        own.removeIf(name -> !OWN.contains(name) && !Checkpoint.owns(name));
        own.sort(Comparator.comparingInt(name -> name.equals(CONFIG) ? 2 : Checkpoint.isSidecar(name) ? 0 : 1));
        return own;
    }
}
