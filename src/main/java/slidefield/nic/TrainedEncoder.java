package slidefield.nic;

import java.nio.file.Path;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.fit.RunKind;
import slidefield.fit.YamlOptions;
import slidefield.io.InputException;
import slidefield.nn.Engine;
import slidefield.nn.Module;
import slidefield.nn.SafeTensors;

/**
 * An encoder with its weights, and the file that holds both: safetensors whose metadata name the options as YAML.
 *
 * <p>Not thread-safe.
 *
 * @param options which network it is
 * @param network with its weights, in evaluation
 */
public record TrainedEncoder(EncoderOptions options, Module network) {
    /** What the file is called in a run folder. */
    public static final String FILE = "encoder.safetensors";

    private static final String FORMAT = "format";
    private static final String KIND = RunKind.ENCODER.format();
    private static final String OPTIONS = "options";

    private static final YamlOptions<EncoderOptions> YAML = new YamlOptions<>(EncoderOptions.class, "code=128");

    /** Puts the network into evaluation. */
    public TrainedEncoder {
        network.training(false);
    }

    /**
     * @param engine in FLOAT; its memory is given back when the encoder is closed
     * @return the encoder as it is fastest for encoding alone; later changes of the weights do not reach it
     */
    public PatchEncoder encoder(Engine engine) {
        return new NetworkEncoder(options, options.forEncoding(network), engine);
    }

    /**
     * Writes options and weights into one file.
     *
     * @throws InputException if the file cannot be written
     */
    public void save(Path file) {
        SafeTensors.write(file, network.values(), Map.of(FORMAT, KIND, OPTIONS, YAML.text(options)));
    }

    /**
     * Reads what {@link #save} wrote.
     *
     * @param type FLOAT, or DOUBLE for checks
     * @throws InputException if the file is missing, damaged or not an encoder
     */
    public static TrainedEncoder load(Path file, DataType type) {
        SafeTensors.Contents contents = SafeTensors.read(file);
        try {
            String format = contents.metadata().get(FORMAT);
            String options = contents.metadata().get(OPTIONS);
            if (!KIND.equals(format) || options == null) {
                throw new InputException(file + " is no encoder: expected the format \"" + KIND + "\", found "
                        + (format == null ? "none" : "\"" + format + "\""));
            }
            EncoderOptions read = YAML.parse(options, file + ", " + OPTIONS);
            Module network = read.build(type, 0);
            try {
                network.load(contents.tensors());
            } catch (InputException wrong) {
                throw new InputException(file + ": " + wrong.getMessage(), wrong);
            }
            return new TrainedEncoder(read, network);
        } finally {
            contents.tensors().values().forEach(INDArray::close);
        }
    }
}
