package slidefield.fit;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.io.InputException;

/** Copies stored arrays into live ones, by name and shape. */
final class Weights {
    private Weights() {}

    /**
     * @param file for messages
     * @param stored what the file holds
     * @param prefix of the names in the file
     * @param live filled; every one must be stored in the same shape
     * @throws InputException if one is missing or of another shape
     */
    static void copy(Path file, Map<String, INDArray> stored, String prefix, Map<String, INDArray> live) {
        live.forEach((name, into) -> {
            INDArray from = stored.get(prefix + name);
            if (from == null) {
                throw new InputException(file + " holds no '" + prefix + name + "'; it belongs to other settings");
            }
            if (!Arrays.equals(from.shape(), into.shape())) {
                throw new InputException(file + ": '" + prefix + name + "' has shape " + Arrays.toString(from.shape())
                        + ", expected " + Arrays.toString(into.shape()) + "; it belongs to other settings");
            }
            into.assign(from);
        });
    }
}
