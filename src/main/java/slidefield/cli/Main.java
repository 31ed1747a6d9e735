package slidefield.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** Starts {@code slidefield}. Exit status: 0 done, 1 failed with one clear line, 2 wrong usage. */
public final class Main {
    private Main() {}

    /**
     * @param args as typed
     */
    public static void main(String[] args) {
        if (System.getProperty("org.slf4j.simpleLogger.defaultLogLevel") == null) {
            System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
        }
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        // What libraries print by themselves must not end up between the results.
        System.setOut(err);
        int status = run(args, out, err);
        out.flush();
        err.flush();
        System.exit(status);
    }

    /**
     * Runs one command.
     *
     * @param args as typed
     * @param out results; with {@code --json} exactly one JSON object
     * @param err everything else
     * @return the exit status
     */
    static int run(String[] args, PrintStream out, PrintStream err) {
        Failures failures = new Failures(args, out, err);
        CommandLine line = new CommandLine(new Slidefield(out, err))
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(failures::wrongUsage)
                .setExecutionExceptionHandler(failures::failed);
        line.setOut(new java.io.PrintWriter(out, true));
        line.setErr(new java.io.PrintWriter(err, true));
        try {
            return line.execute(args);
        } catch (Error error) {
            return failures.failed(error, line);
        }
    }
}
