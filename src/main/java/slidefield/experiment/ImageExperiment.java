package slidefield.experiment;

import java.nio.file.Path;
import slidefield.data.ImageSetManifest;

/** An experiment on a set of plain images with masks. */
public interface ImageExperiment extends Experiment<ImageSetManifest> {
    @Override
    default ImageSetManifest read(Path manifest) {
        return ImageSetManifest.read(manifest);
    }
}
