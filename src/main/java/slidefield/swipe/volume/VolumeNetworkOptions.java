package slidefield.swipe.volume;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.nd4j.linalg.api.buffer.DataType;

/** Which network of volumes, and its sizes: in YAML its {@code kind} and the options of that kind. Thread-safe: records. */
@JsonSubTypes({
    @JsonSubTypes.Type(value = VolumeSwipeOptions.class, name = "swipe"),
    @JsonSubTypes.Type(value = VolumeUNetOptions.class, name = "unet")
})
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
public sealed interface VolumeNetworkOptions permits VolumeSwipeOptions, VolumeUNetOptions {
    /** Logits a voxel: 1 for a single class, or one per class with background first. */
    int classes();

    /** What the sides of a crop must be multiples of, in voxels. */
    int sizeMultiple();

    /** Of how many voxels along each axis the coarsest map has one. */
    int coarsest();

    /**
     * @param type FLOAT, or DOUBLE for gradient checks
     * @param seed of the weights
     * @return a network with fresh weights
     */
    VolumeNetwork build(DataType type, long seed);
}
