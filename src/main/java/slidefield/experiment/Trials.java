package slidefield.experiment;

import java.util.List;
import slidefield.data.SlideEntry;
import slidefield.data.Split;
import slidefield.fit.OpenedSlide;
import slidefield.fit.SlidePlane;
import slidefield.score.Confusion;
import slidefield.score.Resolution;

/** Trains every method with every seed, segments a split's slides at every resolution and hands the answers over. */
final class Trials {
    private final ExperimentContext context;
    private final Runs runs;

    /**
     * @param context slides, seeds and what is told how it goes
     * @param runs keeps trainings and answers
     */
    Trials(ExperimentContext context, Runs runs) {
        this.context = context;
        this.runs = runs;
    }

    /** What is done with an answer. */
    interface Sink {
        /**
         * @param method that answered
         * @param seed of its training
         * @param plane the slide at the answer's resolution, with its annotation
         * @param resolution of the answer
         * @param answer what the method says, and how long that took
         */
        void accept(Method method, long seed, SlidePlane plane, Resolution resolution, Runs.Answer answer);
    }

    /**
     * Runs all; methods are trained in the given order, and only where an answer of theirs is not there yet.
     *
     * @param methods the rows
     * @param split whose slides are segmented
     * @param resolutions where
     * @param sink gets every answer
     */
    void run(List<Method> methods, Split split, List<Resolution> resolutions, Sink sink) {
        run(methods, context.manifest().split(split), resolutions, sink);
    }

    /** The same for given slides of the manifest. */
    void run(List<Method> methods, List<SlideEntry> slides, List<Resolution> resolutions, Sink sink) {
        for (long seed : context.seeds()) {
            for (Method method : methods) {
                method.require(seed);
                Lazy model = new Lazy(method, seed);
                for (SlideEntry entry : slides) {
                    try (OpenedSlide slide = context.open(entry)) {
                        for (Resolution resolution : resolutions) {
                            String name = entry.name() + "-" + method.answer(resolution);
                            Runs.Answer answer =
                                    runs.answer(method.run(), seed, name, method.keepsColours(), () -> model.get()
                                            .predict(slide, resolution));
                            sink.accept(method, seed, slide.at(resolution), resolution, answer);
                        }
                    }
                }
            }
        }
    }

    /** The Dice of all methods on the test split. */
    Outcomes outcomes(List<Method> methods, List<Resolution> resolutions) {
        Outcomes outcomes = new Outcomes();
        run(methods, Split.TEST, resolutions, (method, seed, plane, resolution, answer) -> {
            byte[] truth = plane.mask(0, 0, plane.width(), plane.height());
            Confusion counts = new Confusion().add(answer.prediction().mask(), truth);
            outcomes.add(new Outcome(
                    method.name(),
                    seed,
                    plane.name(),
                    resolution,
                    counts,
                    TissuePixels.of(plane).allLesion(truth),
                    answer.prediction().psnr(),
                    answer.seconds()));
        });
        return outcomes;
    }

    /** A model that is trained when its first answer is missing. */
    private final class Lazy {
        private final Method method;
        private final long seed;
        private Method.Model model;

        private Lazy(Method method, long seed) {
            this.method = method;
            this.seed = seed;
        }

        Method.Model get() {
            if (model == null) {
                context.listener().notice(method.name() + ", seed " + seed);
                model = method.train(seed);
            }
            return model;
        }
    }
}
