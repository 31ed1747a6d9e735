package slidefield.patch;

import java.util.List;
import java.util.function.Consumer;
import slidefield.SmallTraining;
import slidefield.fit.FitListener;
import slidefield.fit.Resumable;
import slidefield.nn.Engine;
import slidefield.nn.Precision;

/** A patch network on two slides of a formula: 200 steps. */
public final class SmallPatchTraining implements SmallTraining {
    /** 25 epochs of 8 steps. */
    static final PatchSettings SETTINGS = new PatchSettings(
            "test",
            3,
            Precision.F32,
            new TestNetworks.Tiny(4),
            new PatchOptions(16, 1, 0.5, 6, 0.25),
            new Augmentation(true, true, 0.05, 0.05),
            new PatchTrainingOptions(
                    4,
                    8,
                    25,
                    PatchTrainingOptions.Optimiser.ADAM,
                    0.02,
                    PatchTrainingOptions.Decay.COSINE,
                    0.1,
                    0.9,
                    0.99,
                    1e-4,
                    PatchLoss.BCE_DICE),
            new StitchingOptions(0.25, StitchingOptions.Borders.BLEND, 4));

    private final Engine engine = Engine.preferred();

    @Override
    public PatchTrainer fresh() {
        List<AnalyticPlane> slides =
                List.of(AnalyticPlane.of(120, 90), AnalyticPlane.of(80, 100).withDisc(0.3, 0.4, 0.2));
        return PatchTraining.trainer(engine, SETTINGS, slides, List.of(AnalyticPlane.of(90, 90)), FitListener.NONE);
    }

    @Override
    public void finish(Resumable training, Consumer<Resumable> afterEpoch) {
        ((PatchTrainer) training).train(FitListener.NONE, afterEpoch::accept);
    }
}
