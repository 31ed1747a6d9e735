package slidefield.fit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.io.InputException;
import slidefield.io.WholeFile;
import slidefield.nn.SafeTensors;

/**
 * The state of a training, on disk. The arrays go to a file of their own, {@code checkpoint-N.safetensors}; the
 * sidecar {@code checkpoint.json} names it, and is replaced only when the arrays are whole on disk. So whatever
 * interrupts a save, the sidecar names a whole checkpoint: the new one or the one before. The random state is the
 * seed and the epochs done, see {@link Seeds}.
 */
final class Checkpoint {
    private static final String SIDECAR = "checkpoint.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private Checkpoint() {}

    /**
     * The sidecar.
     *
     * @param arrays the file that holds the arrays
     * @param slides the training slides in their order
     * @param reports the epochs done
     */
    record Sidecar(String arrays, List<String> slides, List<EpochReport> reports) {}

    /** Saves a trainer between two epochs. */
    static void save(Path folder, Trainer trainer) {
        String name = "checkpoint-" + trainer.reports().size() + ".safetensors";
        SafeTensors.write(folder.resolve(name), trainer.state(), Map.of("format", "slidefield checkpoint 1"));
        Sidecar sidecar = new Sidecar(name, trainer.slides(), trainer.reports());
        try {
            String json = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(sidecar);
            WholeFile.write(folder.resolve(SIDECAR), file -> Files.writeString(file, json + "\n"));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
        removeOthers(folder, name);
    }

    private static void removeOthers(Path folder, String keep) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.startsWith("checkpoint-") && name.endsWith(".safetensors") && !name.equals(keep)) {
                    Files.delete(file);
                }
            }
        } catch (IOException failure) {
            throw new InputException(
                    "cannot remove old checkpoints in " + folder + ": " + failure.getMessage(), failure);
        }
    }

    /** Whether a folder holds one. */
    static boolean isIn(Path folder) {
        return Files.exists(folder.resolve(SIDECAR));
    }

    /**
     * Puts a fresh trainer where the saved one stood.
     *
     * @throws InputException if the checkpoint is damaged, or was made with other slides or settings
     */
    static void load(Path folder, Trainer trainer) {
        Path file = folder.resolve(SIDECAR);
        Sidecar sidecar;
        try {
            sidecar = JSON.readValue(Files.readString(file), Sidecar.class);
        } catch (IOException damaged) {
            throw new InputException("cannot read " + file + ": " + damaged.getMessage(), damaged);
        }
        if (!sidecar.slides().equals(trainer.slides())) {
            throw new InputException(file + " was made with the slides " + sidecar.slides() + ", not with "
                    + trainer.slides() + "; resume with the same manifest");
        }
        Path arrays = folder.resolve(sidecar.arrays());
        Map<String, INDArray> stored = SafeTensors.read(arrays).tensors();
        trainer.restore(sidecar.reports());
        Weights.copy(arrays, stored, "", trainer.state());
    }
}
