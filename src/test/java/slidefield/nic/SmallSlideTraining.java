package slidefield.nic;

import java.util.List;
import java.util.function.Consumer;
import slidefield.SmallTraining;
import slidefield.fit.FitListener;
import slidefield.fit.Resumable;
import slidefield.nn.Engine;

/** A network of compressed slides on a few tiny ones. */
public final class SmallSlideTraining implements SmallTraining {
    private SlideCnnTraining training;

    @Override
    public Resumable fresh() {
        SlideCnnSettings settings = TinySlides.settings().with(List.of("training.epochs=40"));
        training = new SlideCnnTraining(
                Engine.preferred(), settings, TinySlides.of("seen", 24), TinySlides.of("unseen", 4));
        return training.state();
    }

    @Override
    public void finish(Resumable begun, Consumer<Resumable> afterEpoch) {
        if (begun != training.state()) {
            throw new IllegalArgumentException("expected the training that was made last");
        }
        training.train(FitListener.NONE, afterEpoch::accept);
    }
}
