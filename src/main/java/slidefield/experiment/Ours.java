package slidefield.experiment;

import java.util.List;
import slidefield.data.Manifest;
import slidefield.fit.Optimisation;
import slidefield.fit.Settings;

/** The two rows of WSI-INR's own in its Table 1: one training, two ways to fit an unseen slide. */
final class Ours {
    /** Name of the runs, which Table 1, Figure 3 and Figure 4 share. */
    static final String RUN = "field";

    private Ours() {}

    /**
     * @param context told how it goes
     * @param runs where the training is kept
     * @param settings without the seed
     */
    static List<Method> of(ExperimentContext<Manifest> context, Runs runs, Settings settings) {
        FieldRuns fields = new FieldRuns(context, runs);
        return List.of(
                new FieldMethod(PaperDice.BASE_OPT, RUN, fields, settings, Optimisation.BASE, context.listener()),
                new FieldMethod(PaperDice.SPECIFIC_OPT, RUN, fields, settings, Optimisation.SAME, context.listener()));
    }
}
