package slidefield.nic;

import java.util.List;
import java.util.function.Consumer;
import slidefield.fit.EpochReport;
import slidefield.fit.FitListener;
import slidefield.fit.PlateauSchedule;
import slidefield.fit.Resumable;
import slidefield.fit.ValidatedTrainer;
import slidefield.nn.AdamOptions;
import slidefield.nn.Engine;

/**
 * Trains a network on whole compressed slides (Tellez et al. 2019, section 3.2). Crops are drawn anew in every epoch; the
 * weights with the least loss of the validation slides are the result.
 *
 * <p>Not thread-safe.
 */
public final class SlideCnnTraining {
    private static final String ALL_SLIDES = "training slides";

    private final SlideCnnTask task;
    private final ValidatedTrainer trainer;

    /**
     * What training gives.
     *
     * @param network for unseen slides
     * @param reports what every epoch came to: its training, and the mean loss of the validation slides
     * @param bestEpoch whose weights the network has
     * @param leastLoss of the validation slides, with these weights
     */
    public record Trained(TrainedSlideCnn network, List<EpochReport> reports, int bestEpoch, double leastLoss) {}

    /**
     * @param engine arithmetic
     * @param settings all options
     * @param learnt slides to learn from
     * @param unseen slides that the best weights are chosen by, none of them learnt from
     * @throws slidefield.io.InputException if one of them is empty, a slide comes twice, or a label does not fit
     */
    public SlideCnnTraining(
            Engine engine, SlideCnnSettings settings, List<LabelledGrid> learnt, List<LabelledGrid> unseen) {
        task = new SlideCnnTask(engine, settings, learnt, unseen);
        SlideTrainingOptions training = settings.training();
        PlateauSchedule schedule = training.schedule();
        trainer = new ValidatedTrainer(
                engine,
                task,
                new ValidatedTrainer.Plan(
                        settings.seed(),
                        training.epochs(),
                        training.batch(),
                        1,
                        AdamOptions.of(training.rate()),
                        (epoch, done) -> schedule.rateAfterEpochs(done)),
                ALL_SLIDES);
    }

    /**
     * Trains on all cores without keeping anything on disk.
     *
     * @throws slidefield.io.InputException as the constructor, or if a slide has codes of another size or holds no tissue
     */
    public static Trained train(
            SlideCnnSettings settings, List<LabelledGrid> learnt, List<LabelledGrid> unseen, FitListener listener) {
        return new SlideCnnTraining(Engine.preferred(), settings, learnt, unseen).train(listener, t -> {});
    }

    /** What {@link slidefield.fit.Checkpoint} saves between epochs, and loads before {@link #train}. */
    public Resumable state() {
        return trainer;
    }

    /**
     * Runs all epochs from where the training stands.
     *
     * @param listener told how it goes
     * @param afterEpoch called after every epoch, for checkpoints
     * @throws slidefield.io.InputException if a slide has codes of another size or holds no tissue
     * @throws slidefield.fit.DivergedException if the loss or a weight stops being a sensible number
     * @throws java.util.concurrent.CancellationException if the thread is interrupted
     */
    public Trained train(FitListener listener, Consumer<? super Resumable> afterEpoch) {
        trainer.train(listener, afterEpoch::accept);
        return new Trained(task.answering(), trainer.reports(), trainer.bestEpoch(), trainer.leastLoss());
    }
}
