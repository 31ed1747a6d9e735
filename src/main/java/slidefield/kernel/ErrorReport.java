package slidefield.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.UnresolvedReferenceException;

/**
 * Words what went wrong in a cell: compile errors with their source line and a caret, exceptions with every cause and
 * only the frames that the reader can do something about, lines counted as in the cell.
 */
final class ErrorReport {
    private static final String RED = "\u001b[1;31m";
    private static final String BOLD = "\u001b[1m";
    private static final String PLAIN = "\u001b[0m";
    private static final int FRAMES = 30;

    private final JShell shell;
    private final Map<String, CellRunner.Place> places;

    ErrorReport(JShell shell, Map<String, CellRunner.Place> places) {
        this.shell = shell;
        this.places = places;
    }

    CellFailure incomplete(Piece piece) {
        String message = "the cell ends before this is complete (line " + piece.line() + ")";
        List<String> lines = new ArrayList<>();
        piece.source().lines().limit(3).forEach(lines::add);
        lines.add(red("Incomplete: ") + message);
        return new CellFailure("Incomplete", message, lines);
    }

    CellFailure interrupted(boolean leftBehind) {
        String message = leftBehind
                ? "the cell was stopped, but the code that it called does not react to interrupts"
                        + " and goes on in the background until it ends"
                : "the cell was stopped";
        return new CellFailure("Interrupted", message, List.of(red("Interrupted: ") + message));
    }

    /**
     * @param snippet what JShell refused
     * @param line the line of the cell on which it starts
     */
    CellFailure rejected(Snippet snippet, int line) {
        List<String> lines = new ArrayList<>();
        List<Diag> errors = shell.diagnostics(snippet).filter(Diag::isError).toList();
        for (Diag error : errors) {
            lines.addAll(pointed(snippet.source(), error, line));
        }
        if (snippet instanceof DeclarationSnippet declaration) {
            List<String> missing = shell.unresolvedDependencies(declaration).toList();
            if (!missing.isEmpty()) {
                lines.add(red("error: ") + "not defined yet: " + String.join(", ", missing));
            }
        }
        String message = errors.isEmpty()
                ? "the snippet cannot be used"
                : text(errors.get(0)).get(0);
        return new CellFailure("CompilationError", message, lines);
    }

    /** The source line, a caret under the place, the compiler's words. */
    private static List<String> pointed(String source, Diag error, int firstLine) {
        int at = (int) Math.max(0, Math.min(error.getPosition(), source.length()));
        int from = source.lastIndexOf('\n', at - 1) + 1;
        int to = source.indexOf('\n', at) < 0 ? source.length() : source.indexOf('\n', at);
        int line = firstLine
                + (int) source.substring(0, from).chars().filter(c -> c == '\n').count();
        List<String> words = text(error);
        List<String> lines = new ArrayList<>();
        lines.add(BOLD + "line " + line + ": " + PLAIN + red("error: ") + words.get(0));
        lines.add("    " + source.substring(from, to));
        int end = (int) Math.max(at + 1, Math.min(error.getEndPosition(), to));
        int start = (int) Math.max(from, Math.min(error.getStartPosition(), at));
        String blank = source.substring(from, start).replaceAll("[^\t]", " ");
        lines.add("    " + blank + RED + "~".repeat(at - start) + "^" + "~".repeat(Math.max(0, end - at - 1)) + PLAIN);
        words.stream().skip(1).map(word -> "    " + word).forEach(lines::add);
        return lines;
    }

    private static List<String> text(Diag error) {
        List<String> words = error.getMessage(Locale.ENGLISH)
                .lines()
                .filter(line -> !line.strip().startsWith("location:"))
                .toList();
        return words.isEmpty() ? List.of("does not compile") : words;
    }

    /**
     * @param exception what JShell caught
     */
    CellFailure thrown(JShellException exception) {
        List<String> lines = new ArrayList<>();
        Throwable at = exception;
        List<String> above = List.of();
        for (int depth = 0; at != null && depth < 20; depth++) {
            lines.add((depth == 0 ? "" : BOLD + "Caused by " + PLAIN) + red(name(at)) + ": " + message(at));
            List<String> frames = frames(at);
            lines.addAll(shortened(frames, above));
            above = frames;
            at = at.getCause();
        }
        String name = name(exception);
        return new CellFailure(name.substring(name.lastIndexOf('.') + 1), message(exception), lines);
    }

    private static String name(Throwable exception) {
        if (exception instanceof EvalException thrown) {
            return thrown.getExceptionClassName().replaceFirst("^REPL\\.\\$JShell\\$\\w+\\$", "");
        }
        return exception instanceof UnresolvedReferenceException
                ? "UnresolvedReference"
                : exception.getClass().getName();
    }

    private String message(Throwable exception) {
        if (exception instanceof UnresolvedReferenceException open) {
            String missing = String.join(
                    ", ", shell.unresolvedDependencies(open.getSnippet()).toList());
            String errors = String.join(
                    "; ",
                    shell.diagnostics(open.getSnippet())
                            .map(diag -> text(diag).get(0))
                            .toList());
            return "this was declared with something that is not defined"
                    + (missing.isEmpty() ? "" : ": " + missing)
                    + (errors.isEmpty() ? "" : " (" + errors + ")");
        }
        return exception.getMessage() == null ? "(no message)" : exception.getMessage();
    }

    /** The frames from the throw down to the cell; below the cell there is only the kernel. */
    private List<String> frames(Throwable exception) {
        List<String> lines = new ArrayList<>();
        for (StackTraceElement frame : exception.getStackTrace()) {
            String file = frame.getFileName();
            boolean inCell = file != null && file.startsWith("#");
            if (inCell || !isMachinery(frame)) {
                lines.add("    at " + (inCell ? cellFrame(frame) : frame.toString()));
            }
            if (inCell && isBody(frame)) {
                break;
            }
        }
        return lines;
    }

    private static boolean isMachinery(StackTraceElement frame) {
        String type = frame.getClassName();
        return type.startsWith("jdk.internal.reflect.")
                || type.startsWith("java.lang.invoke.")
                || type.startsWith("slidefield.kernel.CellExecution")
                || type.startsWith("REPL.$Cancel$")
                || (type.equals("java.lang.Thread") && frame.getMethodName().startsWith("run"));
    }

    /** Without the frames that the exception above it shows too, and without the middle of a very long list. */
    private static List<String> shortened(List<String> frames, List<String> above) {
        int shared = 0;
        while (shared < Math.min(frames.size(), above.size())
                && frames.get(frames.size() - 1 - shared).equals(above.get(above.size() - 1 - shared))) {
            shared++;
        }
        List<String> own = new ArrayList<>(frames.subList(0, frames.size() - shared));
        if (own.size() > FRAMES) {
            int hidden = own.size() - FRAMES;
            own.subList(FRAMES / 2, FRAMES / 2 + hidden).clear();
            own.add(FRAMES / 2, "    ... " + hidden + " more ...");
        }
        if (shared > 0) {
            own.add("    ... then as above");
        }
        return own;
    }

    private static boolean isBody(StackTraceElement frame) {
        return frame.getMethodName().isEmpty() || frame.getMethodName().startsWith("do_it$");
    }

    private String cellFrame(StackTraceElement frame) {
        CellRunner.Place place = places.get(frame.getFileName().substring(1));
        if (place == null) {
            return frame.toString();
        }
        String where = "cell " + place.cell() + ", line " + (place.line() + Math.max(1, frame.getLineNumber()) - 1);
        if (isBody(frame) || frame.getMethodName().startsWith("lambda$")) {
            return where;
        }
        String type = frame.getClassName().isEmpty() ? "" : frame.getClassName() + ".";
        return type + frame.getMethodName() + " (" + where + ")";
    }

    private static String red(String text) {
        return RED + text + PLAIN;
    }
}
