package slidefield.experiment;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import slidefield.data.ImageSetManifest;
import slidefield.fit.RunFolder;
import slidefield.fit.RunFolder.IfExists;
import slidefield.fit.RunKind;
import slidefield.nn.Engine;
import slidefield.swipe.ImageSegmenter;
import slidefield.swipe.ImageSet;
import slidefield.swipe.ImageSettings;
import slidefield.swipe.NetworkCost;

/**
 * The networks of an experiment that segment plain images. They share the images in memory, as reading them takes longer
 * than a short training, and one engine.
 *
 * @param <S> settings, with the seed
 * @param <M> what is trained
 */
abstract class ImageRuns<S extends ImageSettings, M extends ImageSegmenter> extends KeptRuns<ImageSetManifest, S, M> {
    private final Shared shared;
    private final RunKind kind;

    ImageRuns(ExperimentContext<ImageSetManifest> context, Runs runs, Shared shared, RunKind kind) {
        super(context, runs);
        this.shared = shared;
        this.kind = kind;
    }

    /** What the networks of one experiment share. */
    static final class Shared {
        private final Engine engine = Engine.preferred();
        private ImageSetManifest manifest;
        private int size;
        private ImageSet images;
        private final Map<Object, NetworkCost> costs = new HashMap<>();

        /**
         * What a network costs, counted once.
         *
         * @param network its options and whatever else the cost depends on
         * @param count counts it
         */
        NetworkCost cost(Object network, Supplier<NetworkCost> count) {
            return costs.computeIfAbsent(network, counted -> count.get());
        }

        Engine engine() {
            return engine;
        }

        private ImageSet images(ExperimentContext<ImageSetManifest> context, ImageSettings settings) {
            int wanted = settings.training().size();
            if (size != wanted || !context.manifest().equals(manifest)) {
                images = null;
                images = ImageSet.read(context.manifest(), context.data(), wanted, wanted, settings.seed());
                size = wanted;
                manifest = context.manifest();
            }
            return images;
        }
    }

    /** Trains in a folder with images that are in memory. */
    abstract M train(
            Engine engine, RunFolder folder, S settings, ImageSet images, ExperimentContext<ImageSetManifest> where);

    /** Reads a trained network. */
    abstract M read(Path folder, S settings, Engine engine);

    @Override
    final RunFolder open(Path folder, IfExists choice) {
        return RunFolder.forTraining(folder, kind, choice);
    }

    @Override
    final String weights() {
        return kind.weights();
    }

    @Override
    final ImageSetManifest manifest(RunFolder folder) {
        return ImageSetManifest.read(folder.manifest());
    }

    @Override
    final M read(Path folder, S settings) {
        return read(folder, settings, shared.engine());
    }

    @Override
    final M train(RunFolder folder, S settings, ExperimentContext<ImageSetManifest> where) {
        return train(shared.engine(), folder, settings, shared.images(where, settings), where);
    }
}
