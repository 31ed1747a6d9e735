package slidefield.experiment;

import slidefield.fit.FitListener;
import slidefield.fit.Fitted;
import slidefield.fit.OpenedSlide;
import slidefield.fit.Prediction;
import slidefield.fit.Settings;
import slidefield.fit.SlidePlane;
import slidefield.fit.TrainedField;
import slidefield.score.Resolution;

/** A trained field that unseen slides are fitted to with some levels of the hash grid closed. */
final class LevelMethod implements Method {
    private final LevelVariant variant;
    private final String run;
    private final Settings settings;
    private final FitListener listener;
    private final FieldRuns fields;
    private final FullFits fullFits;

    /**
     * @param variant which levels
     * @param run the run's name
     * @param fields trains
     * @param fullFits shared by variants that close levels after a fit
     * @param settings without the seed
     * @param listener told how it goes
     */
    LevelMethod(
            LevelVariant variant,
            String run,
            FieldRuns fields,
            FullFits fullFits,
            Settings settings,
            FitListener listener) {
        this.variant = variant;
        this.run = run;
        this.fields = fields;
        this.fullFits = fullFits;
        this.settings = settings;
        this.listener = listener;
    }

    /** The last fit of all levels, which many variants close levels of. */
    static final class FullFits {
        private String key;
        private Fitted fitted;

        private Fitted of(String wanted, TrainedField field, SlidePlane plane, FitListener listener) {
            if (!wanted.equals(key)) {
                fitted = field.fit(plane, listener);
                key = wanted;
            }
            return fitted;
        }
    }

    LevelVariant variant() {
        return variant;
    }

    @Override
    public String name() {
        return variant.name();
    }

    @Override
    public String run() {
        return run;
    }

    @Override
    public String answer(Resolution resolution) {
        return resolution.fileName() + "-" + variant.fileName();
    }

    @Override
    public boolean keepsColours() {
        return true;
    }

    @Override
    public void require(long seed) {
        fields.require(run, seed, settings.withSeed(seed));
    }

    @Override
    public Model train(long seed) {
        TrainedField trained = fields.of(run, seed, settings.withSeed(seed));
        TrainedField field = trained.with(
                settings.with("ito.epochs", Integer.toString(variant.epochs())).ito());
        return (slide, resolution) -> predict(field, seed, slide, resolution);
    }

    private Prediction predict(TrainedField field, long seed, OpenedSlide slide, Resolution resolution) {
        SlidePlane plane = slide.at(resolution);
        Fitted fitted = variant.when() == LevelVariant.When.DURING
                ? field.fit(plane, variant.mask(), listener)
                : fullFits.of(
                                String.join("/", slide.name(), resolution.label(), seed + "", variant.epochs() + ""),
                                field,
                                plane,
                                listener)
                        .through(variant.mask());
        return field.predict(fitted, plane, listener);
    }
}
