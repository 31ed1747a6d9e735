package slidefield.swipe.volume;

import java.util.List;
import slidefield.data.Split;
import slidefield.fit.Phase;
import slidefield.fit.Seeds;
import slidefield.fit.ValidatedTask;
import slidefield.io.InputException;
import slidefield.nn.Engine;
import slidefield.nn.Module;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;
import slidefield.score.ImageScores;
import slidefield.swipe.LabelledVolume;
import slidefield.swipe.PointSampler;
import slidefield.swipe.SampledPoints;
import slidefield.swipe.Volume;

/** A network of volumes and what it learns from. Validation is of whole volumes, in their own voxels. */
final class VolumeTask implements ValidatedTask {
    private final VolumeSettings settings;
    private final VolumeSet set;
    private final VolumeNetwork network;
    private final TrainedVolumeNetwork answering;
    private final List<LabelledVolume> volumes;
    private final List<SampledPoints> pools;

    /**
     * @param engine arithmetic
     * @param settings all options
     * @param set its training and validation splits are used
     * @throws InputException if one of these splits has no volume, or the network answers another number of classes
     */
    VolumeTask(Engine engine, VolumeSettings settings, VolumeSet set) {
        this.settings = settings;
        this.set = set;
        requireFit();
        VolumeScaling scaling = new VolumeScaling(settings.scaling());
        volumes = set.of(Split.TRAIN).stream().map(scaling::scaled).toList();
        long seed = Seeds.derive(settings.seed(), "pool");
        int classes = set.classes().size();
        pools = volumes.stream()
                .map(labelled -> {
                    Volume volume = labelled.volume();
                    return PointSampler.sample(
                            volume.name(),
                            labelled.classes(),
                            classes,
                            settings.points(),
                            seed,
                            volume.width(),
                            volume.height(),
                            volume.depth());
                })
                .toList();
        network = TrainedVolumeNetwork.network(engine, settings);
        answering = new TrainedVolumeNetwork(engine, settings, network);
    }

    private void requireFit() {
        for (Split split : List.of(Split.TRAIN, Split.VALIDATION)) {
            if (set.of(split).isEmpty()) {
                throw new InputException("volume set " + set.name() + " has no volume with the split '"
                        + (split == Split.TRAIN ? "train" : "validation")
                        + "'; give its manifest a split such as {train: 156, validation: 52, test: 52}");
            }
        }
        if (settings.volume().classes() != set.outputs()) {
            throw new InputException("volume set " + set.name() + " shows " + String.join(", ", set.classes())
                    + ", for which the network needs " + set.outputs() + " answers a voxel; found "
                    + settings.volume().classes() + ": set volume.classes=" + set.outputs());
        }
    }

    TrainedVolumeNetwork answering() {
        return answering;
    }

    @Override
    public Module network() {
        return network;
    }

    @Override
    public Phase phase() {
        return network instanceof VolumeSwipe ? Phase.POINTS : Phase.PIXELS;
    }

    @Override
    public List<String> learnt() {
        return names(Split.TRAIN);
    }

    @Override
    public List<String> unseen() {
        return names(Split.VALIDATION);
    }

    private List<String> names(Split split) {
        return set.of(split).stream().map(labelled -> labelled.volume().name()).toList();
    }

    @Override
    public Tensor loss(Tape tape, List<Integer> items, long seed) {
        VolumeBatch batch = VolumeBatch.of(
                settings,
                items.stream().map(volumes::get).toList(),
                items.stream().map(pools::get).toList(),
                seed);
        return network.loss(tape, batch, settings.loss(), Seeds.derive(seed, "overreach"));
    }

    /** 1 - Dice of a volume. */
    @Override
    public double check(int item) {
        LabelledVolume truth = set.of(Split.VALIDATION).get(item);
        byte[] found = answering.predict(truth.volume()).classes();
        return 1 - new ImageScores(set.classes()).add(truth.volume().name(), found, truth.classes());
    }
}
