package slidefield.nic;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.nd4j.linalg.api.buffer.DataType;
import slidefield.nn.Module;

/**
 * Which network turns patches into codes, and its sizes: in YAML its {@code kind} and the options of that kind. A further
 * kind is a record that implements this and is named here; {@link TrainedEncoder} then saves and loads it.
 *
 * <p>Immutable, as every kind of it is a record: thread-safe.
 */
@JsonSubTypes({
    @JsonSubTypes.Type(value = BiGanEncoderOptions.class, name = "bigan"),
    @JsonSubTypes.Type(value = StridedEncoderOptions.class, name = "strided")
})
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
public interface EncoderOptions {
    /** P, pixels along both sides of a patch. */
    int patch();

    /** Colours of a pixel: 3, red first, or 1, grey. */
    int colours();

    /** C, values of a code. */
    int code();

    /** What it is called in tables, such as "BiGAN". */
    String title();

    /**
     * @param type FLOAT, or DOUBLE for gradient checks
     * @param seed of the weights
     * @return a network with fresh weights, from N x P x P x colours in [-1, 1] to N x C
     */
    Module build(DataType type, long seed);

    /**
     * A network as it is fastest for encoding alone.
     *
     * @param network of {@link #build} with the weights that it shall have; not changed
     * @return a network of the same function in evaluation, up to rounding; the same one where there is nothing to gain
     */
    default Module forEncoding(Module network) {
        return network;
    }

    /** @throws IllegalArgumentException if these are not the colours of a pixel */
    static void requireColours(int colours) {
        if (colours != 1 && colours != 3) {
            throw new IllegalArgumentException("colours must be 3, or 1 for grey, got " + colours);
        }
    }
}
