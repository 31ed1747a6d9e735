package slidefield.nic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import slidefield.fit.FitListener;
import slidefield.fit.Seeds;
import slidefield.nn.Engine;

/**
 * A network for every fold, and what each says of the slides that it has not seen (Tellez et al. 2019, section 4.1).
 *
 * <p>Not thread-safe.
 */
public final class CrossValidation {
    private CrossValidation() {}

    /**
     * What it gives.
     *
     * @param folds which slides were in which partition
     * @param heldOut what is said of every slide by the one network that it was held out from, in the order of the slides
     * @param trained the networks, in the order of the folds
     */
    public record Result(SlideFolds folds, List<SlidePrediction> heldOut, List<SlideCnnTraining.Trained> trained) {
        /**
         * The mean of what all networks say of a slide that none of them has seen, such as one of an official test set.
         *
         * @param slide none of those that were dealt
         */
        public SlidePrediction predict(LabelledGrid slide) {
            return SlidePrediction.mean(
                    trained.stream().map(each -> each.network().predict(slide)).toList());
        }
    }

    /**
     * Trains and predicts fold after fold.
     *
     * @param engine arithmetic
     * @param settings all options; every fold has a seed of its own that follows from theirs
     * @param slides with different names
     * @param count of partitions, at least 3; the paper's is 4
     * @param listener told how it goes
     * @throws slidefield.io.InputException if there are too few slides, or as {@link SlideCnnTraining}
     */
    public static Result run(
            Engine engine, SlideCnnSettings settings, List<LabelledGrid> slides, int count, FitListener listener) {
        return run(
                engine,
                settings,
                slides,
                SlideFolds.of(slides, settings.training().task(), count, settings.seed()),
                listener);
    }

    /**
     * The same with given folds, such as a manifest's.
     *
     * @param folds of these slides
     */
    public static Result run(
            Engine engine,
            SlideCnnSettings settings,
            List<LabelledGrid> slides,
            SlideFolds folds,
            FitListener listener) {
        Map<Integer, SlidePrediction> heldOut = new TreeMap<>();
        List<SlideCnnTraining.Trained> trained = new ArrayList<>();
        for (int k = 0; k < folds.count(); k++) {
            SlideFolds.Fold fold = folds.fold(k);
            SlideCnnSettings own = ofFold(settings, k);
            SlideCnnTraining training =
                    new SlideCnnTraining(engine, own, chosen(slides, fold.learnt()), chosen(slides, fold.unseen()));
            SlideCnnTraining.Trained done = training.train(listener, t -> {});
            fold.heldOut().forEach(i -> heldOut.put(i, done.network().predict(slides.get(i))));
            trained.add(done);
        }
        return new Result(folds, List.copyOf(heldOut.values()), List.copyOf(trained));
    }

    /** The settings of one fold: all have the same options, each a seed of its own. */
    public static SlideCnnSettings ofFold(SlideCnnSettings settings, int number) {
        return settings.withSeed(Seeds.derive(settings.seed(), "fold", number));
    }

    private static List<LabelledGrid> chosen(List<LabelledGrid> slides, List<Integer> numbers) {
        return numbers.stream().map(slides::get).toList();
    }
}
