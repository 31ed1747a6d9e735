package slidefield.experiment;

import java.nio.file.Path;
import slidefield.data.Manifest;

/** An experiment on whole slides. */
public interface SlideExperiment extends Experiment<Manifest> {
    @Override
    default Manifest read(Path manifest) {
        return Manifest.read(manifest);
    }
}
