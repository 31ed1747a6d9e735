package slidefield.nic;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import slidefield.io.InputException;
import slidefield.nn.Engine;

/**
 * Finds the encoder that a person names.
 *
 * <p>Only functions: thread-safe.
 */
public final class Encoders {
    /** Name of the mean of colours. */
    public static final String MEAN_RGB = "mean-rgb";

    private Encoders() {}

    /**
     * @param text {@value #MEAN_RGB}, a published Keras model (.h5), a file of ours (.safetensors), or a run folder that holds one
     * @param engine in FLOAT, for networks; its memory is given back when the encoder is closed
     * @return the encoder
     * @throws InputException one line, if there is none or it cannot be used
     */
    public static PatchEncoder open(String text, Engine engine) {
        if (text.equalsIgnoreCase(MEAN_RGB)) {
            return new MeanRgb();
        }
        Path path = path(text);
        if (Files.isDirectory(path)) {
            Path file = path.resolve(TrainedEncoder.FILE);
            if (!Files.isRegularFile(file)) {
                throw new InputException(path + " holds no encoder (" + TrainedEncoder.FILE
                        + "): it is no run of train-encoder, or not trained to the end");
            }
            return TrainedEncoder.load(file, engine.type()).encoder(engine);
        }
        String name = path.toString().toLowerCase(Locale.ROOT);
        if (Files.isRegularFile(path) && name.endsWith(".safetensors")) {
            return TrainedEncoder.load(path, engine.type()).encoder(engine);
        }
        if (Files.isRegularFile(path)) {
            return KerasEncoder.open(path, engine);
        }
        throw new InputException(path + " does not exist: expected " + MEAN_RGB + ", a run folder of train-encoder, its "
                + TrainedEncoder.FILE + ", or a published encoder such as encoder_bigan.h5");
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException impossible) {
            throw new InputException("'" + text + "' is no path: " + impossible.getReason(), impossible);
        }
    }
}
