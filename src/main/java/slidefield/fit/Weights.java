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
     * @param live filled; every one must be stored in the same shape, and nothing else
     * @throws InputException if one is missing, of another shape or too many
     */
    static void copy(Path file, Map<String, INDArray> stored, Map<String, INDArray> live) {
        for (String name : stored.keySet()) {
            if (!live.containsKey(name)) {
                throw new InputException(file + " holds '" + name + "', which these settings have no place for; it"
                        + " belongs to other settings");
            }
        }
        live.forEach((name, into) -> {
            INDArray from = stored.get(name);
            if (from == null) {
                throw new InputException(file + " holds no '" + name + "'; it belongs to other settings");
            }
            if (!Arrays.equals(from.shape(), into.shape())) {
                throw new InputException(file + ": '" + name + "' has shape " + Arrays.toString(from.shape())
                        + ", expected " + Arrays.toString(into.shape()) + "; it belongs to other settings");
            }
            into.assign(from);
        });
    }
}
