package slidefield.fit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.nd4j.linalg.factory.Nd4j;
import slidefield.io.InputException;
import slidefield.io.WholeFile;
import slidefield.nn.Engine;

/**
 * A folder with everything of one training: {@code config.yaml}, {@code manifest.yaml}, {@code metrics.csv},
 * {@code environment.json}, checkpoints and, once trained, {@code field.safetensors}.
 */
public final class RunFolder {
    private static final String CONFIG = "config.yaml";

    private final Path path;

    private RunFolder(Path path) {
        this.path = path;
    }

    /** What to do with a folder that holds a run already. */
    public enum IfExists {
        /** Complain. */
        REFUSE,
        /** Go on from its last checkpoint. */
        RESUME,
        /** Delete what the old run left. */
        REPLACE
    }

    /**
     * The folder of a run that is about to train.
     *
     * @throws InputException if it holds a run and {@code choice} is to refuse, if there is nothing to resume, or if
     *     it holds something else than a run
     */
    public static RunFolder forTraining(Path path, IfExists choice) {
        boolean isRun = Files.exists(path.resolve(CONFIG));
        if (Files.exists(path) && !isRun && !isEmpty(path)) {
            throw new InputException(path + " exists and is no run folder; choose another --out");
        }
        if (isRun && choice == IfExists.REFUSE) {
            throw new InputException(path + " holds a run already; go on with --resume, or replace it with --force");
        }
        if (!isRun && choice == IfExists.RESUME) {
            throw new InputException(path + " holds no run to resume; leave --resume out to start one");
        }
        if (isRun && choice == IfExists.REPLACE) {
            clear(path);
        }
        return new RunFolder(path);
    }

    /**
     * The folder of a finished run.
     *
     * @throws InputException if it is none, or its training has not ended
     */
    public static RunFolder open(Path path) {
        if (!Files.exists(path.resolve(CONFIG))) {
            throw new InputException(path + " is no run folder: it has no " + CONFIG + "; make one with train");
        }
        if (!Files.exists(path.resolve(TrainedField.WEIGHTS))) {
            throw new InputException(path + " is not trained to the end: it has no " + TrainedField.WEIGHTS
                    + "; go on with train --resume");
        }
        return new RunFolder(path);
    }

    /** The folder itself. */
    public Path path() {
        return path;
    }

    /** The settings that the run was started with. */
    public Settings settings() {
        return Settings.read(path.resolve(CONFIG));
    }

    /** Writes the settings and what the run was made on. */
    public void begin(Settings settings, Engine engine) {
        settings.write(path.resolve(CONFIG));
        Map<String, Object> environment = new LinkedHashMap<>();
        environment.put("java", System.getProperty("java.version") + " " + System.getProperty("java.vm.name"));
        environment.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        environment.put("cores", Runtime.getRuntime().availableProcessors());
        environment.put("backend", Nd4j.getBackend().getClass().getSimpleName());
        environment.put("kernels", engine.kernels().name());
        environment.put("precision", engine.type().toString());
        try {
            String json = new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(environment);
            WholeFile.write(path.resolve("environment.json"), file -> Files.writeString(file, json + "\n"));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Writes {@code metrics.csv}, one row per epoch. */
    public void metrics(List<EpochReport> reports) {
        StringBuilder csv = new StringBuilder("phase,subject,epoch,loss,psnr_db,steps,seconds\n");
        for (EpochReport r : reports) {
            boolean paints = r.phase() != Phase.LESION;
            csv.append(String.join(
                            ",",
                            r.phase().name().toLowerCase(Locale.ROOT),
                            r.subject().replace(',', ';'),
                            Integer.toString(r.epoch()),
                            Double.toString(r.loss()),
                            paints ? Double.toString(r.psnr()) : "",
                            Integer.toString(r.steps()),
                            String.format(Locale.ROOT, "%.3f", r.seconds())))
                    .append('\n');
        }
        WholeFile.write(path.resolve("metrics.csv"), file -> Files.writeString(file, csv));
    }

    private static boolean isEmpty(Path folder) {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.findAny().isEmpty();
        } catch (IOException notAFolder) {
            throw new InputException(folder + " is not a folder that can be read; choose another --out", notAFolder);
        }
    }

    private static void clear(Path folder) {
        try (Stream<Path> inside = Files.walk(folder)) {
            for (Path file : inside.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(folder)) {
                    Files.delete(file);
                }
            }
        } catch (IOException failure) {
            throw new InputException("cannot clear " + folder + ": " + failure.getMessage(), failure);
        }
    }
}
