package slidefield.swipe.volume;

import java.util.function.Consumer;
import slidefield.SmallTraining;
import slidefield.fit.FitListener;
import slidefield.fit.Resumable;
import slidefield.fit.ValidatedTrainer;
import slidefield.nn.Engine;

/** A 3-D SwIPE on a handful of volumes with a ball each. */
public final class SmallVolumeTraining implements SmallTraining {
    private final Engine engine = Engine.preferred();

    @Override
    public ValidatedTrainer fresh() {
        return trainer(engine, TinyVolumes.settings("teaching"));
    }

    static ValidatedTrainer trainer(Engine engine, VolumeSettings settings) {
        return VolumeTraining.trainer(engine, settings, new VolumeTask(engine, settings, TinyVolumes.set(3, 2)));
    }

    @Override
    public void finish(Resumable training, Consumer<Resumable> afterEpoch) {
        ((ValidatedTrainer) training).train(FitListener.NONE, afterEpoch::accept);
    }
}
