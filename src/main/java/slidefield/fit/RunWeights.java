package slidefield.fit;

import java.nio.file.Path;
import java.util.Map;
import slidefield.nn.Module;
import slidefield.nn.SafeTensors;

/** The settings and the weights of a network in its run folder. */
public final class RunWeights {
    private RunWeights() {}

    /**
     * Writes the settings and the weights.
     *
     * @param folder of the run
     * @param settings written to {@link RunFolder#CONFIG}
     * @param kind names the file of the weights and its format
     * @param network whose weights are written
     */
    public static void save(Path folder, RunSettings settings, RunKind kind, Module network) {
        settings.write(folder.resolve(RunFolder.CONFIG));
        SafeTensors.write(folder.resolve(kind.weights()), network.values(), Map.of("format", kind.format()));
    }

    /**
     * Gives a network the weights that {@link #save} wrote, and takes it out of training.
     *
     * @param folder of the run
     * @param kind names the file of the weights
     * @param network of the run's settings
     * @throws slidefield.io.InputException if the file is missing, damaged or of another network
     */
    public static void read(Path folder, RunKind kind, Module network) {
        Weights.read(folder.resolve(kind.weights()), network.values());
        network.training(false);
    }
}
