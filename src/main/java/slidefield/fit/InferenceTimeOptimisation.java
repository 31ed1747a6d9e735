package slidefield.fit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.field.Encoding;
import slidefield.field.Field;
import slidefield.nn.Ema;
import slidefield.nn.Engine;
import slidefield.nn.Storage;

/**
 * Fits a fresh hash grid to a slide by the reconstruction error alone, with decoder and heads frozen (WSI-INR
 * section 2, "Inference-time Optimization"). The lesions of the plane are never read.
 */
final class InferenceTimeOptimisation {
    private final Engine engine;
    private final Field field;
    private final Settings settings;
    private final Storage storage;

    InferenceTimeOptimisation(Engine engine, Field field, Settings settings) {
        this(engine, field, settings, Storage.MEMORY);
    }

    /** Fits into tables that live in the given storage. */
    InferenceTimeOptimisation(Engine engine, Field field, Settings settings, Storage storage) {
        this.engine = engine;
        this.field = field;
        this.settings = settings;
        this.storage = storage;
    }

    /**
     * @param plane what to fit to
     * @param phase {@link Phase#ITO}, or {@link Phase#REFIT} for a training slide
     * @param seed of the first entries and of the windows' order
     */
    Fitted fit(Plane plane, Phase phase, long seed, FitListener listener) {
        return fit(plane, phase, seed, UnaryOperator.identity(), listener);
    }

    /**
     * The same through a view of the encoding, such as {@link slidefield.field.LevelMask#on}.
     *
     * @param view gets the fresh encoding; what it gives is fitted
     */
    Fitted fit(Plane plane, Phase phase, long seed, UnaryOperator<Encoding> view, FitListener listener) {
        field.trainable(false, false);
        ItoOptions ito = settings.ito();
        Encoding encoding = view.apply(field.newEncoding(Seeds.derive(seed, "table"), storage));
        Subject subject = Subject.of(plane, encoding, ito.rate(), settings.training());
        if (subject.cover().parts().isEmpty()) {
            throw NoTissue.in(plane, settings.training());
        }
        Ema average = new Ema(encoding.parameters(), ito.emaDecay());
        Steps steps = new Steps(engine, field);
        StopRule rule = new StopRule(ito);
        EpochLoop loop = new EpochLoop(phase, plane.name(), () -> arrays(encoding), listener);
        List<EpochReport> epochs = new ArrayList<>();
        Optional<String> stop = Optional.empty();
        // A fixed encoding has nothing to fit: one epoch tells its error.
        int most = encoding.parameters().isEmpty() ? 1 : ito.epochs();
        int windows = subject.cover().parts().size();
        long total = (long) most * windows;
        listener.begin(phase, plane.name(), total);
        for (int epoch = 1; epoch <= most && stop.isEmpty(); epoch++) {
            List<Visit> visits = EpochLoop.visits(
                    List.of(subject), settings.training().jitter(), Seeds.random(seed, "windows", epoch));
            long before = (long) (epoch - 1) * windows;
            long[] done = {before};
            EpochReport report = loop.run(
                    epoch,
                    visits,
                    visit -> steps.reconstruct(visit, () -> {
                        double progress = (double) done[0]++ / Math.max(1, total - 1);
                        subject.optimiser().learningRate(ito.rate() * Schedule.cosine(progress, ito.finalRate()));
                        subject.optimiser().step();
                        average.update();
                    }));
            epochs.add(report);
            stop = rule.after(report.loss());
            String reason = stop.orElse("");
            listener.fitted(phase, () -> {
                if (!average.swapped()) {
                    average.swap();
                }
                return new Fitted(encoding, List.copyOf(epochs), reason);
            });
            if (average.swapped()) {
                average.swap();
            }
        }
        average.swap();
        average.close();
        subject.optimiser().close();
        EpochLoop.requireFinite(phase, epochs.size(), arrays(encoding));
        listener.end(phase, plane.name());
        return new Fitted(encoding, List.copyOf(epochs), stop.orElse(""));
    }

    /** The slide's own arrays and then the field's. */
    private Map<String, INDArray> arrays(Encoding encoding) {
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        encoding.parameters().forEach((name, p) -> arrays.put("slide." + name, p.value()));
        TrainedField.values(field).forEach((name, array) -> arrays.put("field." + name, array));
        return arrays;
    }
}
