package slidefield.swipe;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Which rival of SwIPE's tables, and its sizes: in YAML its {@code kind} and the options of that kind.
 *
 * <p>Immutable, as every kind of it is a record: thread-safe.
 */
@JsonSubTypes({
    @JsonSubTypes.Type(value = PixelUNetOptions.class, name = "unet"),
    @JsonSubTypes.Type(value = PraNetOptions.class, name = "pranet"),
    @JsonSubTypes.Type(value = Res2UNetOptions.class, name = "res2unet"),
    @JsonSubTypes.Type(value = OssNetOptions.class, name = "ossnet"),
    @JsonSubTypes.Type(value = IosNetOptions.class, name = "iosnet")
})
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
public interface RivalOptions {
    /** @return logits a pixel or point, as {@link RivalNetwork#outputs} will say */
    int outputs();

    /** @return whether the kind has an option {@code outputs}, and so can answer more than one class */
    default boolean severalClasses() {
        return true;
    }

    /** @return what the sides of an image must be multiples of, in pixels, as {@link RivalNetwork#sizeMultiple} will say */
    int sizeMultiple();

    /**
     * @param type FLOAT, or DOUBLE for gradient checks
     * @param seed of the weights
     * @return a network with fresh weights
     */
    RivalNetwork build(DataType type, long seed);
}
