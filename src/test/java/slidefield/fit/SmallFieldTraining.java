package slidefield.fit;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import slidefield.SmallTraining;
import slidefield.nn.Engine;

/** Both steps of a field, and the virtual slides between them, on two slides of discs: over 200 steps. */
public final class SmallFieldTraining implements SmallTraining {
    /** Every part of a training, as small as it can be. */
    static final Settings SETTINGS = Settings.preset("teaching")
            .with(List.of(
                    "normaliseStain=false",
                    "field.hashGrid.levels=3",
                    "field.hashGrid.log2Table=9",
                    "field.decoder.width=4",
                    "field.head.width=4",
                    "field.head.dilations=[2]",
                    "training.window=24",
                    "training.jitter=4",
                    "training.reconstructionEpochs=14",
                    "training.lesionEpochs=8",
                    "training.latents.scales=[1]",
                    "training.latents.virtualSlides=1",
                    "training.latents.virtualEpochs=2",
                    "ito.epochs=4"));

    static final List<DiscPlane> SLIDES = List.of(DiscPlane.of("one", 48, 40, 1), DiscPlane.of("two", 30, 48, 2));

    private final Engine engine = Engine.preferred();

    @Override
    public Trainer fresh() {
        return new Trainer(engine, SETTINGS, SLIDES, Path.of("absent"));
    }

    @Override
    public void finish(Resumable training, Consumer<Resumable> afterEpoch) {
        ((Trainer) training).train(FitListener.NONE, afterEpoch::accept);
    }
}
