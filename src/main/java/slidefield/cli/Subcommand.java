package slidefield.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What every command does: make a {@link Report}, fill it, print it. */
@Command
abstract class Subcommand implements Callable<Integer> {
    @ParentCommand
    private Slidefield root;

    @Spec
    private CommandSpec spec;

    @Override
    public final Integer call() throws Exception {
        Report report = root.report(spec.name());
        int status = run(report);
        report.print();
        return status;
    }

    /**
     * Does the work.
     *
     * @param report takes the results
     * @return the exit status
     * @throws slidefield.io.InputException if something the user gave cannot be used
     */
    protected abstract int run(Report report) throws Exception;

    /** The command line that goes on where this one was stopped; empty where there is none. */
    protected String howToGoOn() {
        return "";
    }

    /** How this command can do with less memory, for the line printed when it runs out; may be empty. */
    protected String lessMemory() {
        return "";
    }
}
