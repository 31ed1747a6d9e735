package slidefield.experiment;

import slidefield.fit.FitListener;
import slidefield.fit.Fitted;
import slidefield.fit.OpenedSlide;
import slidefield.fit.Optimisation;
import slidefield.fit.Prediction;
import slidefield.fit.Settings;
import slidefield.fit.TrainedField;
import slidefield.score.Resolution;

/**
 * The field of WSI-INR as a row of a table: two-step training, then inference-time optimisation of every unseen slide
 * at Base or at each resolution.
 */
final class FieldMethod implements Method {
    private final String name;
    private final String run;
    private final FieldRuns fields;
    private final Settings settings;
    private final Optimisation optimisation;
    private final FitListener listener;

    /**
     * @param name the row's
     * @param run the run's
     * @param fields trains
     * @param settings without the seed
     * @param optimisation where the unseen slide is fitted
     * @param listener told how it goes
     */
    FieldMethod(
            String name,
            String run,
            FieldRuns fields,
            Settings settings,
            Optimisation optimisation,
            FitListener listener) {
        this.name = name;
        this.run = run;
        this.fields = fields;
        this.settings = settings;
        this.optimisation = optimisation;
        this.listener = listener;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String run() {
        return run;
    }

    /** At Base both ways of optimisation are the same, and so is the file. */
    @Override
    public String answer(Resolution resolution) {
        return resolution.fileName() + "-fitted-" + fittedAt(resolution).fileName();
    }

    private Resolution fittedAt(Resolution resolution) {
        return optimisation == Optimisation.BASE ? Resolution.BASE : resolution;
    }

    @Override
    public void require(long seed) {
        fields.require(run, seed, settings.withSeed(seed));
    }

    @Override
    public Model train(long seed) {
        return new FittedModel(fields.of(run, seed, settings.withSeed(seed)));
    }

    /** Fits a slide when its first resolution is asked for, and keeps the last fit. */
    private final class FittedModel implements Model {
        private final TrainedField field;
        private String fittedSlide;
        private Resolution fittedResolution;
        private Fitted fitted;

        private FittedModel(TrainedField field) {
            this.field = field;
        }

        @Override
        public Prediction predict(OpenedSlide slide, Resolution resolution) {
            Resolution at = fittedAt(resolution);
            if (!slide.name().equals(fittedSlide) || at != fittedResolution) {
                fitted = field.fit(slide.at(at), listener);
                fittedSlide = slide.name();
                fittedResolution = at;
            }
            return field.predict(fitted, slide.at(resolution), listener);
        }
    }
}
