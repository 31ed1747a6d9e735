package slidefield.patch;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;

/** Which network, and its sizes: in YAML its {@code kind} and the options of that kind. */
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

    /**
     * @param type FLOAT, or DOUBLE for gradient checks
     * @param seed of the weights
     * @return a network with fresh weights
     */
    PatchNetwork build(DataType type, long seed);
}
