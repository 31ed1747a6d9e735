package slidefield.experiment.search;

import java.nio.file.Path;
import slidefield.fit.Settings;

/** A way to carry out a trial. */
@FunctionalInterface
interface TrialRunner {
    /**
     * @param settings of the trial
     * @param folder of the trial; it exists
     * @return what it came to, also where it failed by itself
     * @throws slidefield.io.InputException if no trial can be run
     * @throws InterruptedException if this thread was interrupted; nothing of the trial goes on then
     */
    TrialResult run(Settings settings, Path folder) throws InterruptedException;
}
