package slidefield.nn;

import java.util.Locale;
import org.nd4j.linalg.api.buffer.DataType;
import slidefield.io.InputException;

/**
 * What a network's images are stored and multiplied in. Weights, their gradients, optimisers, hash grids, targets and
 * losses are float32 in either; sums of products are formed in float32 too.
 */
public enum Precision {
    /** float32: 24 bits of fraction. */
    F32(DataType.FLOAT),
    /** bfloat16: the range of float32 with 8 bits of fraction; half the memory, and twice as fast where it is known. */
    BF16(DataType.BFLOAT16);

    private final DataType type;

    Precision(DataType type) {
        this.type = type;
    }

    /**
     * @param text f32 or bf16
     * @return that precision
     * @throws InputException for any other text
     */
    public static Precision of(String text) {
        for (Precision precision : values()) {
            if (precision.text().equalsIgnoreCase(text.strip())) {
                return precision;
            }
        }
        throw new InputException("the precision must be f32 or bf16, got '" + text + "'");
    }

    /** @return how options and reports name it: f32, bf16 */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @return the type of images and their gradients */
    public DataType type() {
        return type;
    }
}
