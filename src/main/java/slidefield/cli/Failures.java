package slidefield.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import slidefield.io.InputException;
import slidefield.nn.kernels.ArrayPool;

/** Turns every way to fail into one line on standard error and an exit status. */
final class Failures {
    /** What shells report for a command that Ctrl-C ended. */
    static final int STOPPED = 130;

    private final List<String> args;
    private final PrintStream out;
    private final PrintStream err;

    Failures(String[] args, PrintStream out, PrintStream err) {
        List<String> all = Arrays.asList(args);
        int end = all.indexOf("--");
        this.args = end < 0 ? all : all.subList(0, end);
        this.out = out;
        this.err = err;
    }

    /** Wrong usage: the fault and where the help is; status 2. */
    int wrongUsage(ParameterException wrong, String[] ignored) {
        CommandLine command = wrong.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        print(wrong.getMessage(), wrong);
        CommandLine.UnmatchedArgumentException.printSuggestions(wrong, new java.io.PrintWriter(err, true));
        if (command.getSubcommands().isEmpty()) {
            err.println("Usage: " + command.getHelp().synopsis(0).strip().replaceAll("\\s+", " "));
        } else {
            err.println(
                    "Commands: " + String.join(", ", command.getSubcommands().keySet()));
        }
        err.println("Try '" + name + " --help'.");
        return 2;
    }

    /** A command failed; status 1. */
    int failed(Exception failure, CommandLine command, CommandLine.ParseResult ignored) {
        return failed((Throwable) failure, command);
    }

    int failed(Throwable failure, CommandLine root) {
        if (isStop(failure)) {
            print(stopped(root), failure);
            return STOPPED;
        }
        print(describe(failure, root), failure);
        return 1;
    }

    private static String describe(Throwable failure, CommandLine root) {
        if (failure instanceof InputException) {
            return failure.getMessage();
        }
        // Whatever it made fail: a class that could not be initialised, a task of another thread.
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (ArrayPool.isOutOfMemory(cause)) {
                return outOfMemory(cause, root);
            }
        }
        if (failure instanceof UncheckedIOException unchecked) {
            return describe(unchecked.getCause(), root);
        }
        if (failure instanceof IOException) {
            return "cannot read or write: " + failure.getClass().getSimpleName() + ": " + failure.getMessage();
        }
        if (failure instanceof LinkageError) {
            return "a native library does not load (" + failure.getMessage()
                    + "); see what 'slidefield doctor' says, and"
                    + " whether the temporary folder " + System.getProperty("java.io.tmpdir")
                    + " is full or forbids programs";
        }
        return "this is a bug: " + failure.getClass().getSimpleName() + ": " + failure.getMessage()
                + "; run again with --debug and report what it prints";
    }

    private static String outOfMemory(Throwable error, CommandLine root) {
        String message = String.valueOf(error.getMessage());
        boolean heap = message.contains("heap space") || message.contains("GC overhead");
        long limit = Runtime.getRuntime().maxMemory();
        String line = heap
                ? String.format(
                        Locale.ROOT,
                        "out of memory: the Java heap may grow to %s; raise it with SLIDEFIELD_HEAP=8g (if the machine"
                                + " has it)",
                        Report.size(limit))
                : "out of memory outside the Java heap (" + message + "); raise the limit with SLIDEFIELD_OFFHEAP=8g"
                        + " (if the machine has it)";
        String advice = advice(root);
        return advice.isEmpty() ? line : line + ", or " + advice;
    }

    /** Whether somebody wanted this end: an interrupt shows as one of these. */
    private static boolean isStop(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CancellationException
                    || cause instanceof InterruptedException
                    || cause instanceof ClosedByInterruptException) {
                return true;
            }
        }
        return false;
    }

    /** The line for a command that was stopped. */
    static String stopped(CommandLine root) {
        String line = running(root).map(Subcommand::howToGoOn).orElse("");
        return line.isEmpty() ? "stopped" : "stopped; go on with: slidefield " + line;
    }

    private static String advice(CommandLine root) {
        return running(root).map(Subcommand::lessMemory).orElse("");
    }

    private static Optional<Subcommand> running(CommandLine root) {
        CommandLine deepest = root;
        CommandLine.ParseResult result = root.getParseResult();
        while (result != null && result.hasSubcommand()) {
            result = result.subcommand();
            deepest = result.commandSpec().commandLine();
        }
        return deepest.getCommand() instanceof Subcommand command ? Optional.of(command) : Optional.empty();
    }

    private void print(String message, Throwable failure) {
        String line = oneLine(message);
        err.println("slidefield: " + line);
        if (args.contains("--debug")) {
            failure.printStackTrace(err);
        }
        if (args.contains("--json")) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("error", line);
            out.println(Report.toJson(object));
        }
    }

    /** File names may hold anything; what is printed holds no line breaks and no terminal control. */
    private static String oneLine(String message) {
        return String.valueOf(message).strip().replaceAll("\\s*\\R\\s*", " ").replaceAll("\\p{Cntrl}", "?");
    }
}
