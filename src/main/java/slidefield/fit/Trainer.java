package slidefield.fit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.field.Encoding;
import slidefield.field.Field;
import slidefield.io.InputException;
import slidefield.nn.Adam;
import slidefield.nn.Engine;
import slidefield.nn.Parameter;
import slidefield.nn.Storage;

/**
 * Two-step training (WSI-INR section 2). Step 1 fits every slide's hash grid, the shared decoder and the
 * reconstruction head to the slides' colours; step 2 freezes all of that and trains the lesion head alone. An epoch
 * visits every tissue window of every slide once.
 *
 * <p>Not thread-safe.
 */
public final class Trainer implements Resumable {
    private static final String ALL_SLIDES = "training slides";

    private final Engine engine;
    private final Settings settings;
    private final Field field;
    private final List<Subject> subjects = new ArrayList<>();
    private final Adam shared;
    private final Adam lesion;
    private final VirtualSlides virtual;
    private final List<EpochReport> reports = new ArrayList<>();
    private final Steps steps;

    /**
     * @param engine arithmetic and precision
     * @param settings all options
     * @param slides the training slides at Base, annotated
     * @param folder on the disk for tables that are to live there ({@link TablesOnDisk})
     * @throws InputException if there is no slide, no tissue in one, no annotation, or no lesion in any
     */
    public Trainer(Engine engine, Settings settings, List<? extends Plane> slides, Path folder) {
        this.engine = engine;
        this.settings = settings;
        NoLesion.check(slides);
        TrainingOptions training = settings.training();
        field = new Field(settings.field(), engine.type(), Seeds.derive(settings.seed(), "field"));
        steps = new Steps(engine, field);
        Storage storage = training.tablesOnDisk().storage(settings, engine.type(), slides.size(), folder);
        virtual = new VirtualSlides(engine, settings, field, storage, subjects);
        for (Plane slide : slides) {
            Encoding encoding = field.newEncoding(Seeds.derive(settings.seed(), "table", slide.name()), storage);
            Plane seen = NormalisedPlane.asSeen(slide, settings);
            Subject subject = Subject.of(seen, encoding, training.tableRate(), training, storage);
            if (subject.cover().parts().isEmpty()) {
                throw NoTissue.in(slide, training);
            }
            subjects.add(subject);
        }
        Map<String, Parameter> painting = new LinkedHashMap<>();
        Map<String, Parameter> marking = new LinkedHashMap<>();
        field.parameters().forEach((name, p) -> (name.startsWith("lesion.") ? marking : painting).put(name, p));
        shared = new Adam(painting, training.networkAdam(training.networkRate()));
        lesion = new Adam(marking, training.networkAdam(training.lesionRate()));
    }

    /**
     * Runs both steps from where the trainer stands to the end.
     *
     * @param listener told how it goes
     * @param afterEpoch called after every epoch, for checkpoints
     * @return the trained field
     * @throws java.util.concurrent.CancellationException if the thread is interrupted
     */
    public TrainedField train(FitListener listener, Consumer<Trainer> afterEpoch) {
        reconstruct(listener, afterEpoch);
        // Between the steps: fresh grids for turned and restained copies of the training slides.
        virtual.fitTheRest(listener, epochs -> {
            reports.addAll(epochs);
            afterEpoch.accept(this);
        });
        learnLesions(listener, afterEpoch);
        field.trainable(false, false);
        return new TrainedField(engine, settings, field);
    }

    /**
     * What the paper advises against (section 2, "Training"): hash grids, decoder and both heads learn at once from the
     * start, by the unweighted sum of both losses, for as many epochs as both steps have together. Without virtual
     * slides. Of every epoch there are two reports more, of each loss alone ({@link Phase#RECONSTRUCTION}, {@link
     * Phase#LESION}).
     *
     * @param listener told how it goes
     * @return the trained field
     * @throws IllegalStateException if this trainer has trained already
     */
    public TrainedField trainJointly(FitListener listener) {
        if (!reports.isEmpty()) {
            throw new IllegalStateException("this trainer has trained already; make a new one");
        }
        field.trainable(true, true);
        tablesTrainable(true);
        TrainingOptions training = settings.training();
        int epochs = training.reconstructionEpochs() + training.lesionEpochs();
        double last = Math.max(1, windows(subjects) * epochs - 1);
        long[] done = {0};
        double[] sums = new double[2];
        phase(Phase.JOINT, epochs, subjects, listener, t -> report(sums), visit -> {
            Steps.Both losses = steps.both(visit, () -> {
                shared.step();
                lesion.learningRate(
                        training.lesionRate() * Schedule.cosine(done[0]++ / last, training.lesionFinalRate()));
                lesion.step();
                visit.subject().optimiser().step();
            });
            sums[0] += losses.reconstruction();
            sums[1] += losses.lesion();
            return losses.reconstruction() + losses.lesion();
        });
        field.trainable(false, false);
        tablesTrainable(false);
        return new TrainedField(engine, settings, field);
    }

    /** Each loss of a joint epoch by itself; the sums begin anew. */
    private void report(double[] sums) {
        EpochReport both = reports.get(reports.size() - 1);
        for (Phase part : List.of(Phase.RECONSTRUCTION, Phase.LESION)) {
            int at = part == Phase.LESION ? 1 : 0;
            double mean = sums[at] / both.steps();
            reports.add(new EpochReport(part, both.subject(), both.epoch(), mean, both.steps(), both.seconds()));
            sums[at] = 0;
        }
    }

    /**
     * A training slide as training left it.
     *
     * @param slide counted from 0, in the order given to the constructor
     * @return its own encoding, and the epochs of all slides together
     */
    public Fitted trained(int slide) {
        return new Fitted(subjects.get(slide).encoding(), reports(), "");
    }

    /**
     * How strongly each loss pulls at the decoder now; changes nothing.
     *
     * @param slide counted from 0, in the order given to the constructor
     * @param part the window of that slide to measure on
     */
    public Pull pull(int slide, Part part) {
        Subject subject = subjects.get(slide);
        return Pull.at(engine, field, subject.encoding(), subject.plane(), part);
    }

    /** Step 1. */
    private void reconstruct(FitListener listener, Consumer<Trainer> afterEpoch) {
        field.trainable(true, false);
        tablesTrainable(true);
        phase(
                Phase.RECONSTRUCTION,
                settings.training().reconstructionEpochs(),
                subjects,
                listener,
                afterEpoch,
                visit -> {
                    return steps.reconstruct(visit, () -> {
                        shared.step();
                        visit.subject().optimiser().step();
                    });
                });
    }

    /** Step 2. */
    private void learnLesions(FitListener listener, Consumer<Trainer> afterEpoch) {
        TrainingOptions training = settings.training();
        field.trainable(false, true);
        tablesTrainable(false);
        List<Subject> latents = latents();
        long windows = windows(latents);
        if (windows == 0) {
            throw new InputException("no window holds enough tissue at any of training.latents.scales "
                    + training.latents().scales() + "; add scale 1, or lower training.minimumTissue");
        }
        long total = windows * training.lesionEpochs();
        long[] done = {windows * done(Phase.LESION)};
        phase(Phase.LESION, training.lesionEpochs(), latents, listener, afterEpoch, visit -> {
            return steps.lesion(visit, () -> {
                double progress = (double) done[0]++ / Math.max(1, total - 1);
                lesion.learningRate(training.lesionRate() * Schedule.cosine(progress, training.lesionFinalRate()));
                lesion.step();
            });
        });
    }

    /** Every training and virtual slide at every scale; a coarser scale has fewer windows and comes more often. */
    private List<Subject> latents() {
        List<Subject> latents = new ArrayList<>();
        for (Subject subject :
                Stream.concat(subjects.stream(), virtual.fitted().stream()).toList()) {
            for (int scale : settings.training().latents().scales()) {
                Subject sampled =
                        Subject.frozen(subject.plane().coarser(scale), subject.encoding(), settings.training());
                latents.addAll(Collections.nCopies(scale, sampled));
            }
        }
        return latents;
    }

    private static long windows(List<Subject> visited) {
        return visited.stream().mapToLong(s -> s.cover().parts().size()).sum();
    }

    private void tablesTrainable(boolean on) {
        Stream.concat(subjects.stream(), virtual.fitted().stream())
                .forEach(s -> s.encoding().parameters().values().forEach(p -> p.trainable(on)));
    }

    private int done(Phase phase) {
        return (int) reports.stream().filter(r -> r.phase() == phase).count();
    }

    /** The remaining epochs of one phase; how many are behind it is told by the reports. */
    private void phase(
            Phase phase,
            int epochs,
            List<Subject> visited,
            FitListener listener,
            Consumer<Trainer> afterEpoch,
            ToDoubleFunction<Visit> step) {
        int done = done(phase);
        if (done >= epochs) {
            return;
        }
        EpochLoop loop = new EpochLoop(phase, ALL_SLIDES, this::state, listener);
        listener.begin(phase, ALL_SLIDES, windows(visited) * (epochs - done));
        for (int epoch = done + 1; epoch <= epochs; epoch++) {
            Random random = Seeds.random(settings.seed(), phase, epoch);
            List<Visit> visits = EpochLoop.visits(visited, settings.training().jitter(), random);
            EpochReport report = loop.run(epoch, visits, step);
            EpochLoop.requireFinite(phase, epoch, TrainedField.values(field));
            reports.add(report);
            afterEpoch.accept(this);
        }
        listener.end(phase, ALL_SLIDES);
    }

    @Override
    public List<EpochReport> reports() {
        return List.copyOf(reports);
    }

    /** All options. */
    public Settings settings() {
        return settings;
    }

    @Override
    public Map<String, INDArray> state() {
        Map<String, INDArray> state = new LinkedHashMap<>();
        field.parameters().forEach((name, p) -> state.put("field." + name, p.value()));
        shared.state().forEach((name, array) -> state.put("adam.shared." + name, array));
        lesion.state().forEach((name, array) -> state.put("adam.lesion." + name, array));
        put(state, "slide.", subjects);
        put(state, "virtual.", virtual.fitted());
        return state;
    }

    private static void put(Map<String, INDArray> state, String prefix, List<Subject> subjects) {
        for (int i = 0; i < subjects.size(); i++) {
            String slide = prefix + i + ".";
            subjects.get(i).encoding().parameters().forEach((name, p) -> state.put(slide + name, p.value()));
            if (subjects.get(i).optimiser() != null) {
                subjects.get(i).optimiser().state().forEach((name, a) -> state.put(slide + "adam." + name, a));
            }
        }
    }

    @Override
    public List<String> slides() {
        return subjects.stream().map(s -> s.plane().name()).toList();
    }

    @Override
    public void restore(List<EpochReport> done) {
        reports.clear();
        reports.addAll(done);
        virtual.restore(done);
    }
}
