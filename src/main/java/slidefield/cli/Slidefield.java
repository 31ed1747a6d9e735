package slidefield.cli;

import java.io.PrintStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root command: what all commands share. */
@Command(
        name = "slidefield",
        description = "Neural fields for whole-slide images.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Version.class,
        sortOptions = false,
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {
            "0:done",
            "1:failed, with one line that says why",
            "2:wrong usage",
            "130:stopped by Ctrl-C (143 by SIGTERM)"
        },
        subcommands = {
            DoctorCommand.class,
            PhantomCommand.class,
            DigitsCommand.class,
            ImportCommand.class,
            FetchCommand.class,
            TrainCommand.class,
            TrainPatchCommand.class,
            TrainSwipeCommand.class,
            TrainRivalCommand.class,
            TrainVolumeCommand.class,
            TrainEncoderCommand.class,
            TrainSlidesCommand.class,
            SegmentCommand.class,
            SegmentImageCommand.class,
            SegmentVolumeCommand.class,
            CompressCommand.class,
            PredictSlidesCommand.class,
            RunCommand.class,
            ExperimentCommand.class,
            ScoreCommand.class,
            SearchCommand.class,
            BenchCommand.class
        })
final class Slidefield implements Runnable {
    private final PrintStream out;
    private final PrintStream err;

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print one JSON object, nothing else.")
    private boolean json;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Print the stack trace of a failure.")
    private boolean debug;

    Slidefield(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    Report report(String command) {
        return new Report(command, json, out, err);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected a command");
    }
}
