package slidefield.experiment.search;

import java.nio.file.Path;
import slidefield.data.DataRoot;
import slidefield.data.Manifest;
import slidefield.data.Split;
import slidefield.fit.FitListener;
import slidefield.fit.Optimisation;
import slidefield.fit.Settings;
import slidefield.io.InputException;

/** A process of its own for one trial, started by {@link TrialProcess}; its answer is a file. */
public final class TrialMain {
    private TrialMain() {}

    /**
     * @param args manifest, a file beside its slides, settings file, split, optimisation, result file
     */
    public static void main(String[] args) {
        Path result = Path.of(args[5]);
        try {
            TrialRun run = new TrialRun(
                    Manifest.read(Path.of(args[0])),
                    DataRoot.find().forManifest(Path.of(args[1])),
                    Split.valueOf(args[3]),
                    Optimisation.valueOf(args[4]));
            run.run(Settings.read(Path.of(args[2])), FitListener.NONE).write(result);
        } catch (InputException wrong) {
            TrialResult.failed(wrong.getMessage(), 0).write(result);
        }
    }
}
