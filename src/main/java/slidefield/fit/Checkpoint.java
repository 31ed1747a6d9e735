package slidefield.fit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.io.Checksum;
import slidefield.io.InputException;
import slidefield.io.WholeFile;
import slidefield.nn.SafeTensors;

/**
 * The state of a training, on disk. The arrays go to a file of their own, {@code checkpoint-N.safetensors}; the
 * sidecar {@code checkpoint.json} names it, and is replaced only when the arrays are whole on disk. So whatever
 * interrupts a save, the sidecar names a whole checkpoint: the new one or the one before. The random state is the
 * seed and the epochs done, see {@link Seeds}; phase, step and the order of the windows follow from them. Both files
 * hold a {@link Checksum} of themselves.
 */
public final class Checkpoint {
    private static final String SIDECAR = "checkpoint.json";
    /** Bytes; an epoch takes about 200. */
    private static final long LARGEST_SIDECAR = 256L << 20;

    private static final Pattern ARRAYS = Pattern.compile("checkpoint-\\d{1,9}\\.safetensors");
    private static final ObjectMapper JSON = new ObjectMapper();

    private Checkpoint() {}

    /**
     * The sidecar.
     *
     * @param arrays the file that holds the arrays
     * @param slides the training slides in their order
     * @param reports the epochs done
     * @param sha256 {@link Checksum} of the sidecar; null in those of before it was kept
     */
    record Sidecar(String arrays, List<String> slides, List<EpochReport> reports, String sha256) {
        Sidecar {
            boolean whole = arrays != null
                    && ARRAYS.matcher(arrays).matches()
                    && slides != null
                    && reports != null
                    && reports.stream().allMatch(r -> r != null && r.phase() != null && r.subject() != null);
            if (!whole) {
                throw new IllegalArgumentException("it names no arrays, slides or epochs");
            }
        }
    }

    /**
     * Saves a training between two epochs.
     *
     * @return the file with the arrays
     * @throws DivergedException if an array holds NaN or infinity: such a checkpoint would be of no use, and replace one
     *     that is
     * @throws InputException if it cannot be written
     */
    public static Path save(Path folder, Resumable trainer) {
        Map<String, INDArray> state = trainer.state();
        EpochLoop.requireFinite(trainer.reports(), state);
        String name = "checkpoint-" + trainer.reports().size() + ".safetensors";
        SafeTensors.write(folder.resolve(name), state, Map.of("format", "slidefield checkpoint 2"));
        Sidecar sidecar = new Sidecar(name, trainer.slides(), trainer.reports(), Checksum.BLANK);
        try {
            String json = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(sidecar);
            WholeFile.writeText(folder.resolve(SIDECAR), Checksum.seal(json + "\n"));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
        removeOthers(folder, name);
        return folder.resolve(name);
    }

    private static void removeOthers(Path folder, String keep) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                boolean old = ARRAYS.matcher(name).matches() && !name.equals(keep);
                if (old || name.startsWith(".checkpoint") && WholeFile.isTemporary(file)) {
                    Files.delete(file);
                }
            }
        } catch (IOException failure) {
            throw new InputException(
                    "cannot remove old checkpoints in " + folder + ": " + failure.getMessage(), failure);
        }
    }

    private static InputException damaged(Path file, String why, Exception cause) {
        return new InputException(
                file + " is damaged: " + why
                        + "; without a checkpoint the run cannot go on, start it anew with --force",
                cause);
    }

    private static String reason(JsonProcessingException damaged) {
        String text = damaged.getCause() instanceof IllegalArgumentException own
                ? own.getMessage()
                : damaged.getOriginalMessage();
        return String.valueOf(text).lines().findFirst().orElse("it is no JSON").replaceFirst(" \\(start marker.*", "");
    }

    /** Whether a file of this name says which checkpoint there is. */
    static boolean isSidecar(String name) {
        return name.equals(SIDECAR);
    }

    /** Whether a file of this name belongs to a checkpoint. */
    static boolean owns(String name) {
        return name.equals(SIDECAR) || ARRAYS.matcher(name).matches();
    }

    /**
     * What a folder's checkpoint is of.
     *
     * @param arrays its file with the arrays
     * @param reports the epochs done
     */
    record Last(Path arrays, List<EpochReport> reports) {}

    /** The checkpoint of a folder; empty if there is none that can be read. */
    static Optional<Last> last(Path folder) {
        try {
            Sidecar sidecar = JSON.readValue(Files.readAllBytes(folder.resolve(SIDECAR)), Sidecar.class);
            return Optional.of(new Last(folder.resolve(sidecar.arrays()), sidecar.reports()));
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    /** Whether a folder holds one. */
    static boolean isIn(Path folder) {
        return Files.exists(folder.resolve(SIDECAR));
    }

    /**
     * Puts a fresh training where the saved one stood.
     *
     * @throws InputException if the checkpoint is damaged, or was made with other slides or settings
     */
    public static void load(Path folder, Resumable trainer) {
        Path file = folder.resolve(SIDECAR);
        Sidecar sidecar;
        byte[] content;
        try {
            long size = Files.size(file);
            if (size > LARGEST_SIDECAR) {
                throw damaged(file, "it has " + size + " bytes, and none has over " + LARGEST_SIDECAR, null);
            }
            content = Files.readAllBytes(file);
            sidecar = JSON.readValue(content, Sidecar.class);
        } catch (JsonProcessingException damaged) {
            throw damaged(file, reason(damaged), damaged);
        } catch (IOException unreadable) {
            throw new InputException("cannot read " + file + ": " + unreadable.getMessage(), unreadable);
        }
        if (sidecar == null) {
            throw damaged(file, "it is empty", null);
        }
        if (sidecar.sha256() != null && !Checksum.fits(content, sidecar.sha256())) {
            throw damaged(file, "its checksum is that of another content", null);
        }
        if (!sidecar.slides().equals(trainer.slides())) {
            throw new InputException(file + " was made with the slides " + sidecar.slides() + ", not with "
                    + trainer.slides() + "; resume with the same manifest");
        }
        trainer.restore(sidecar.reports());
        Weights.read(folder.resolve(sidecar.arrays()), trainer.state());
    }
}
