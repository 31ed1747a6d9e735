package slidefield.nic;

import java.util.List;
import java.util.function.Consumer;
import slidefield.SmallTraining;
import slidefield.fit.FitListener;
import slidefield.fit.PlateauSchedule;
import slidefield.fit.Resumable;
import slidefield.nn.Engine;

/** An encoder that learns to tell stripes, and keeps the weights of its best validation: 200 steps. */
public final class SmallEncoderTraining implements SmallTraining {
    /** 25 epochs of 8 steps; too few for the learning rate to fall. */
    private static final EncoderSettings SETTINGS = StripedPatches.settings(
            StripedPatches.encoder(EncoderMethod.SUPERVISED),
            new SupervisedObjective(8, 2),
            new EncoderTrainingOptions(16, 25, 0, PlateauSchedule.tenths(1e-2, 25), 0.9, 0.999));

    private final Engine engine = Engine.preferred();

    @Override
    public EncoderTrainer fresh() {
        return EncoderTraining.trainer(
                SETTINGS,
                EncoderTraining.learner(SETTINGS, engine),
                EncoderTraining.of(
                        SETTINGS, StripedPatches.labelled(128, 1), StripedPatches.labelled(24, 2), List.of("stripes")));
    }

    @Override
    public void finish(Resumable training, Consumer<Resumable> afterEpoch) {
        ((EncoderTrainer) training).train(FitListener.NONE, afterEpoch::accept);
    }
}
