package slidefield.swipe.volume;

import java.nio.file.Path;
import slidefield.fit.RunKind;
import slidefield.fit.RunWeights;
import slidefield.fit.Seeds;
import slidefield.nn.Engine;
import slidefield.swipe.Volume;

/** A network of volumes whose weights are trained, ready for volumes that it has not seen. Not thread-safe. */
public final class TrainedVolumeNetwork {
    private final Engine engine;
    private final VolumeSettings settings;
    private final VolumeNetwork network;

    /** @param network not in training while it is asked */
    TrainedVolumeNetwork(Engine engine, VolumeSettings settings, VolumeNetwork network) {
        this.engine = engine;
        this.settings = settings;
        this.network = network;
    }

    /** A network of the settings that has learnt nothing. */
    static VolumeNetwork network(Engine engine, VolumeSettings settings) {
        return settings.volume().build(engine.type(), Seeds.derive(settings.seed(), "network"));
    }

    /** What it was trained with. */
    public VolumeSettings settings() {
        return settings;
    }

    /** The network. */
    public VolumeNetwork network() {
        return network;
    }

    /**
     * Answers every voxel of a volume. It is interpolated to the settings' spacing and seen through windows of the training
     * crops' size; SwIPE is then asked about the volume's own voxels where they lie, and a U-Net's answers are interpolated.
     *
     * @param volume of any size, spacing and values
     * @return as many voxels
     * @throws slidefield.io.InputException if it shows nothing, or its answer does not fit into memory
     */
    public SegmentedVolume predict(Volume volume) {
        Volume scaled = new VolumeScaling(settings.scaling()).scaled(volume);
        VolumeWindows windows = new VolumeWindows(
                engine,
                network,
                settings.training().sizes(),
                settings.prediction().overlap());
        return windows.predict(scaled, new int[] {volume.width(), volume.height(), volume.depth()});
    }

    /** Writes the settings and the weights to {@code config.yaml} and {@code volume.safetensors} in a folder. */
    public void save(Path folder) {
        RunWeights.save(folder, settings, RunKind.VOLUME, network);
    }

    /**
     * Reads the weights that {@link #save} wrote.
     *
     * @throws slidefield.io.InputException if the file is missing, damaged or of another network
     */
    public static TrainedVolumeNetwork load(Path folder, VolumeSettings settings, Engine engine) {
        VolumeNetwork network = network(engine, settings);
        RunWeights.read(folder, RunKind.VOLUME, network);
        return new TrainedVolumeNetwork(engine, settings, network);
    }
}
