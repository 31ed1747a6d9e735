package slidefield.patch;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Which network, and its sizes: in YAML its {@code kind} and the options of that kind.
 *
 * <p>Immutable, as every kind of it is a record: thread-safe.
 */
@JsonSubTypes({
    @JsonSubTypes.Type(value = UNetOptions.class, name = "unet"),
    @JsonSubTypes.Type(value = MultiResolutionOptions.class, name = "mrn"),
    @JsonSubTypes.Type(value = TransUNetOptions.class, name = "transunet")
})
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
public interface NetworkOptions {
    /**
     * @return how many times coarser each input is than the finest, as {@link PatchNetwork#scales()} will say
     */
    List<Integer> scales();

    /**
     * @param size side of a patch in pixels
     * @throws IllegalArgumentException if the network cannot take such patches; says which it can
     */
    void requireSize(int size);

    /** @throws IllegalArgumentException if the side of a patch is no multiple of the number */
    static void requireMultiple(int size, int multiple) {
        if (size % multiple != 0) {
            throw new IllegalArgumentException(
                    "patches.size must be a multiple of " + multiple + " for this network, got " + size);
        }
    }

    /**
     * @param type FLOAT, or DOUBLE for gradient checks
     * @param seed of the weights
     * @return a network with fresh weights
     */
    PatchNetwork build(DataType type, long seed);
}
