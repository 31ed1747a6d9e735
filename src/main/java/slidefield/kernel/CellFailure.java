package slidefield.kernel;

import java.util.List;

/** A cell that did not end well, worded for the front end. */
final class CellFailure extends Exception {
    private static final long serialVersionUID = 1;

    private final String name;
    private final transient List<String> lines;

    /**
     * @param name the kind of failure: an exception's class, {@code CompilationError}, {@code Interrupted}
     * @param message one line
     * @param lines the report, line by line, with ANSI colours
     */
    CellFailure(String name, String message, List<String> lines) {
        super(message);
        this.name = name;
        this.lines = List.copyOf(lines);
    }

    String name() {
        return name;
    }

    List<String> lines() {
        return lines;
    }
}
