package slidefield.fit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import slidefield.field.Field;
import slidefield.nn.Engine;
import slidefield.nn.Storage;

/**
 * Turned and restained copies of the training slides, each with a hash grid that is fitted to it as to an unseen slide:
 * step 2 learns from them what latents look like that step 1 has not shaped.
 */
final class VirtualSlides {
    private final Engine engine;
    private final Settings settings;
    private final Field field;
    private final Storage storage;
    private final List<Subject> originals;
    private final List<Subject> fitted = new ArrayList<>();

    /** @param originals the training slides; may be filled later */
    VirtualSlides(Engine engine, Settings settings, Field field, Storage storage, List<Subject> originals) {
        this.engine = engine;
        this.settings = settings;
        this.field = field;
        this.storage = storage;
        this.originals = originals;
    }

    /** Those that have their grid. */
    List<Subject> fitted() {
        return Collections.unmodifiableList(fitted);
    }

    /**
     * Fits the grids that are missing.
     *
     * @param listener told how it goes
     * @param afterEach given every new grid's epochs
     */
    void fitTheRest(FitListener listener, Consumer<List<EpochReport>> afterEach) {
        LatentOptions latents = settings.training().latents();
        Settings refit = settings.with(settings.ito().always(latents.virtualEpochs()));
        InferenceTimeOptimisation fit = new InferenceTimeOptimisation(engine, field, refit, storage);
        for (int i = fitted.size(); i < originals.size() * latents.virtualSlides(); i++) {
            Plane plane = plane(i);
            Fitted grid = fit.fit(plane, Phase.REFIT, Seeds.derive(settings.seed(), "virtual fit", i), listener);
            fitted.add(Subject.frozen(plane, grid.encoding(), settings.training()));
            afterEach.accept(grid.epochs());
        }
    }

    /** Makes room for the grids that were fitted according to these reports, to be read from a checkpoint. */
    void restore(List<EpochReport> done) {
        fitted.clear();
        long count = done.stream()
                .filter(r -> r.phase() == Phase.REFIT)
                .map(EpochReport::subject)
                .distinct()
                .count();
        for (int i = 0; i < count; i++) {
            fitted.add(Subject.frozen(plane(i), field.newEncoding(0, storage), settings.training()));
        }
    }

    private Plane plane(int i) {
        LatentOptions latents = settings.training().latents();
        Plane slide = originals.get(i % originals.size()).plane();
        String name = slide.name() + " (virtual " + (i / originals.size() + 1) + ")";
        return AugmentedPlane.random(slide, latents.stain(), name, Seeds.random(settings.seed(), "virtual", i));
    }
}
