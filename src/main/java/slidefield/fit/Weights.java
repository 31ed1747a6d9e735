package slidefield.fit;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.io.InputException;
import slidefield.nn.SafeTensors;

/** Reads stored arrays into live ones, by name and shape. */
public final class Weights {
    private Weights() {}

    /**
     * Fills arrays from a file; all is checked before the first is changed.
     *
     * @param file in the safetensors format
     * @param live filled; every one must be stored in the same shape, and nothing else
     * @throws InputException if the file is damaged, or one is missing, of another shape or too many
     */
    public static void read(Path file, Map<String, INDArray> live) {
        SafeTensors.read(file, live, stored -> check(file, stored, live));
    }

    private static void check(Path file, Map<String, long[]> stored, Map<String, INDArray> live) {
        for (String name : stored.keySet()) {
            if (!live.containsKey(name)) {
                throw new InputException(file + " holds '" + name + "', which these settings have no place for; it"
                        + " belongs to other settings, or is damaged");
            }
        }
        live.forEach((name, into) -> {
            long[] from = stored.get(name);
            if (from == null) {
                throw new InputException(
                        file + " holds no '" + name + "'; it belongs to other settings, or is damaged");
            }
            if (!Arrays.equals(from, into.shape())) {
                throw new InputException(file + ": '" + name + "' has shape " + Arrays.toString(from) + ", expected "
                        + Arrays.toString(into.shape()) + "; it belongs to other settings, or is damaged");
            }
        });
    }
}
