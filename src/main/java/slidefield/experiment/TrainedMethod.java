package slidefield.experiment;

import java.util.function.IntFunction;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import slidefield.swipe.ImageSegmenter;
import slidefield.swipe.ImageSettings;
import slidefield.swipe.NetworkCost;

/**
 * A network as a row of a table.
 *
 * @param <S> settings
 * @param <M> what is trained
 */
final class TrainedMethod<S extends ImageSettings, M extends ImageSegmenter> implements ImageMethod {
    private final String name;
    private final String run;
    private final String text;
    private final ImageRuns<S, M> runs;
    private final LongFunction<S> settings;
    private final Supplier<NetworkCost> count;
    /** The settings that see images of another size; null for a network that cannot. */
    private final IntFunction<S> resized;

    /**
     * @param name the row's
     * @param run the run's
     * @param text what is trained and how long
     * @param runs trains
     * @param settings by seed
     * @param count what it costs, counted once
     * @param resized the settings of the first seed with images of another size, or null
     */
    TrainedMethod(
            String name,
            String run,
            String text,
            ImageRuns<S, M> runs,
            LongFunction<S> settings,
            Supplier<NetworkCost> count,
            IntFunction<S> resized) {
        this.name = name;
        this.run = run;
        this.text = text;
        this.runs = runs;
        this.settings = settings;
        this.count = count;
        this.resized = resized;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public NetworkCost cost() {
        return count.get();
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public void require(long seed) {
        runs.require(run, seed, settings.apply(seed));
    }

    @Override
    public M train(long seed, int input) {
        M trained = runs.of(run, seed, settings.apply(seed));
        if (input == 0) {
            return trained;
        }
        if (resized == null) {
            throw new IllegalArgumentException(name + " sees images of the size that it was trained with only");
        }
        return runs.reread(run, seed, resized.apply(input));
    }
}
