package slidefield.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine;

/** Starts {@code slidefield}. Exit status: 0 done, 1 failed with one clear line, 2 wrong usage, 130 or 143 stopped. */
public final class Main {
    /** Below this the libraries do not even start, and fail in ways that say nothing. */
    private static final long LEAST_HEAP = 24L << 20;

    private Main() {}

    /**
     * @param args as typed
     */
    public static void main(String[] args) {
        quietLogs();
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        // What libraries print by themselves must not end up between the results.
        System.setOut(err);
        requireHeap(err);
        CommandLine line = line(args, out, err);
        StopSignals signals = StopSignals.forThisThread(() -> err.println("slidefield: " + Failures.stopped(line)));
        int status = run(line, args, out, err);
        out.flush();
        err.flush();
        signals.ended();
        System.exit(status);
    }

    private static void requireHeap(PrintStream err) {
        long heap = Runtime.getRuntime().maxMemory();
        if (heap < LEAST_HEAP) {
            err.println("slidefield: the Java heap may grow to " + (heap >> 20) + " MB, and at least "
                    + (LEAST_HEAP >> 20) + " MB are needed; raise it with SLIDEFIELD_HEAP=1g");
            System.exit(1);
        }
    }

    /** Libraries say warnings only; JavaCPP's about mixed versions is known and harmless. */
    private static void quietLogs() {
        Map<String, String> defaults = Map.of(
                "org.slf4j.simpleLogger.defaultLogLevel", "warn",
                "org.slf4j.simpleLogger.log.org.bytedeco.javacpp", "error",
                "org.bytedeco.javacpp.logger", "slf4j");
        defaults.forEach((key, value) -> {
            if (System.getProperty(key) == null) {
                System.setProperty(key, value);
            }
        });
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
        return run(line(args, out, err), args, out, err);
    }

    /** The commands, with the handlers that turn failures into lines. */
    static CommandLine line(String[] args, PrintStream out, PrintStream err) {
        Failures failures = new Failures(args, out, err);
        return new CommandLine(new Slidefield(out, err))
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(failures::wrongUsage)
                .setExecutionExceptionHandler(failures::failed)
                .setOut(writer(out))
                .setErr(writer(err));
    }

    static int run(CommandLine line, String[] args, PrintStream out, PrintStream err) {
        try {
            return line.execute(args);
        } catch (Error error) {
            return new Failures(args, out, err).failed(error, line);
        }
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }
}
