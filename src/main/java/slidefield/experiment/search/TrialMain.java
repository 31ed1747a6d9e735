package slidefield.experiment.search;

import java.io.IOException;
import java.nio.file.Path;
import slidefield.data.DataRoot;
import slidefield.data.Manifest;
import slidefield.data.Split;
import slidefield.fit.FitListener;
import slidefield.fit.Optimisation;
import slidefield.fit.Settings;
import slidefield.io.InputException;

/**
 * A process of its own for one trial, started by {@link TrialProcess}; its answer is a file. The process that
 * started it holds the other end of its standard input, and it ends with that one: nobody waits for its answer any more.
 */
public final class TrialMain {
    private static final int ORPHANED = 3;

    private TrialMain() {}

    /**
     * @param args manifest, a file beside its slides, settings file, split, optimisation, result file
     */
    public static void main(String[] args) {
        endWithParent();
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

    /** Nothing is ever written to standard input, so its end is that of the process at the other end. */
    private static void endWithParent() {
        Thread watch = new Thread(
                () -> {
                    try {
                        while (System.in.read() >= 0) {
                            // Whatever it says, it lives.
                        }
                    } catch (IOException gone) {
                        // As if it had ended.
                    }
                    Runtime.getRuntime().halt(ORPHANED);
                },
                "parent");
        watch.setDaemon(true);
        watch.start();
    }
}
