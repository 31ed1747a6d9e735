package slidefield.kernel;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;

/** The JShell session behind the kernel: evaluates cells snippet by snippet in this JVM, on its class path. */
final class CellRunner implements AutoCloseable {
    private static final List<String> IMPORTS = List.of(
            "import java.io.*;",
            "import java.math.*;",
            "import java.net.*;",
            "import java.nio.file.*;",
            "import java.util.*;",
            "import java.util.concurrent.*;",
            "import java.util.function.*;",
            "import java.util.regex.*;",
            "import java.util.stream.*;",
            "import static slidefield.kernel.Display.*;");
    private static final Set<SubKind> VALUES = Set.of(
            SubKind.VAR_VALUE_SUBKIND,
            SubKind.TEMP_VAR_EXPRESSION_SUBKIND,
            SubKind.OTHER_EXPRESSION_SUBKIND,
            SubKind.ASSIGNMENT_SUBKIND);

    private final CellExecution execution = new CellExecution();
    private final JShell shell;
    private final Map<String, Place> places = new HashMap<>();

    /** Where a snippet stands: the cell's number and the line of that cell on which the snippet starts. */
    record Place(int cell, int line) {}

    CellRunner() {
        shell = JShell.builder()
                .executionEngine(execution.provider(), Map.of())
                .compilerOptions("-classpath", System.getProperty("java.class.path"), "-Xlint:none")
                .build();
        IMPORTS.forEach(shell::eval);
    }

    SourceCodeAnalysis analysis() {
        return shell.sourceCodeAnalysis();
    }

    /** A stop asked for while no cell runs is forgotten here. */
    void reset() {
        execution.reset();
    }

    /** Stops the running cell; returns at once. */
    void interrupt() {
        execution.stop();
    }

    /**
     * Runs a cell.
     *
     * @param cell its text
     * @param number its execution count, for error reports
     * @return the value of its last snippet where that is an expression without a semicolon, else null
     * @throws CellFailure if it does not compile, throws or is interrupted
     */
    Object run(String cell, int number) throws CellFailure {
        ErrorReport report = new ErrorReport(shell, places);
        List<Piece> pieces = Piece.of(cell, analysis());
        if (!pieces.isEmpty() && !pieces.get(pieces.size() - 1).complete()) {
            throw report.incomplete(pieces.get(pieces.size() - 1));
        }
        Object value = null;
        for (Piece piece : pieces) {
            value = runPiece(piece, number, report);
        }
        return value;
    }

    private Object runPiece(Piece piece, int number, ErrorReport report) throws CellFailure {
        if (execution.stopping()) {
            throw report.interrupted(execution.leftBehind());
        }
        List<SnippetEvent> events = shell.eval(piece.source());
        Object value = execution.takeValue();
        if (execution.stopping()) {
            throw report.interrupted(execution.leftBehind());
        }
        events.stream()
                .filter(event -> event.causeSnippet() == null)
                .forEach(event -> places.put(event.snippet().id(), new Place(number, piece.line())));
        boolean shown = false;
        for (SnippetEvent event : events) {
            Snippet snippet = event.snippet();
            if (event.exception() != null) {
                throw report.thrown(event.exception());
            }
            if (event.causeSnippet() != null) {
                continue;
            }
            if (event.status() == Status.REJECTED || event.status() == Status.RECOVERABLE_NOT_DEFINED) {
                throw report.rejected(snippet, piece.line());
            }
            shown = VALUES.contains(snippet.subKind()) && !piece.silent();
        }
        return shown ? value : null;
    }

    @Override
    public void close() {
        shell.close();
    }
}
