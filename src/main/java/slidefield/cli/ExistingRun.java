package slidefield.cli;

import picocli.CommandLine.Option;
import slidefield.fit.RunFolder.IfExists;

/** What to do with a run that is there already. */
final class ExistingRun {
    @Option(names = "--resume", description = "Go on from the run's last checkpoint, with its settings.")
    private boolean resume;

    @Option(names = "--force", description = "Replace the run.")
    private boolean force;

    IfExists choice() {
        return resume ? IfExists.RESUME : force ? IfExists.REPLACE : IfExists.REFUSE;
    }
}
