package slidefield.fit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a run folder is a run of. */
public enum RunKind {
    /** A field: two-step training. */
    FIELD("field:", TrainedField.WEIGHTS, "train", "slidefield field 2"),
    /** A patch network. */
    PATCH("network:", "network.safetensors", "train-patch", "slidefield patch network 2"),
    /** A SwIPE. */
    SWIPE("swipe:", "swipe.safetensors", "train-swipe", "slidefield swipe 1"),
    /** One of the networks that SwIPE is compared with. */
    RIVAL("rival:", "rival.safetensors", "train-rival", "slidefield rival 1"),
    /** A network of volumes. */
    VOLUME("volume:", "volume.safetensors", "train-volume", "slidefield volume 1"),
    /** An encoder of patches. */
    ENCODER("encoder:", "encoder.safetensors", "train-encoder", "slidefield encoder 2"),
    /** A network of compressed slides. */
    SLIDES("slideCnn:", "slide-cnn.safetensors", "train-slides", "slidefield slide cnn 1");

    private final String mark;
    private final String weights;
    private final String command;
    private final String format;

    RunKind(String mark, String weights, String command, String format) {
        this.mark = mark;
        this.weights = weights;
        this.command = command;
        this.format = format;
    }

    /** The file that a finished run has. */
    public String weights() {
        return weights;
    }

    /** What the file of the weights says of itself; another number for other contents. */
    public String format() {
        return format;
    }

    /** The command that makes such runs. */
    public String command() {
        return command;
    }

    /** What such a run segments, and by which command: for messages. */
    public String use() {
        return switch (this) {
            case FIELD, PATCH -> "it segments slides; use segment";
            case SWIPE, RIVAL -> "it segments plain images; use segment-image";
            case VOLUME -> "it segments volumes; use segment-volume";
            case ENCODER -> "it turns patches into codes; use compress";
            case SLIDES -> "it predicts labels of compressed slides; use predict-slides";
        };
    }

    /** By its config.yaml; others have files of that name too. */
    static Optional<RunKind> of(Path folder) {
        Path config = folder.resolve(RunFolder.CONFIG);
        if (!Files.isRegularFile(config)) {
            return Optional.empty();
        }
        try {
            List<String> lines = Files.readAllLines(config);
            return Arrays.stream(values())
                    .filter(kind -> lines.stream().anyMatch(line -> line.startsWith(kind.mark)))
                    .findFirst();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
