package slidefield.experiment;

import java.nio.file.Path;
import slidefield.data.SyntheticManifest;

/** An experiment on synthetic images of digits. */
public interface SyntheticExperiment extends Experiment<SyntheticManifest> {
    /** A fold of the training images validates with every seed, so four of the paper's size; otherwise one. */
    @Override
    default int seeds(Size size) {
        return size == Size.PAPER ? 4 : 1;
    }

    @Override
    default SyntheticManifest read(Path manifest) {
        return SyntheticManifest.read(manifest);
    }
}
