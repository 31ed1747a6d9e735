package slidefield.kernel;

import java.util.ArrayList;
import java.util.List;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/**
 * One snippet of a cell.
 *
 * @param source its text, from its first character that is not white space
 * @param line the line of the cell (from 1) on which it starts
 * @param completeness what JShell says of it
 */
record Piece(String source, int line, Completeness completeness) {
    /**
     * Cuts a cell into snippets without running anything. The last one may be incomplete.
     *
     * @param cell the text of a cell
     * @param analysis JShell's parser
     * @return the snippets in order; none for white space and comments alone
     */
    static List<Piece> of(String cell, SourceCodeAnalysis analysis) {
        List<Piece> pieces = new ArrayList<>();
        String rest = cell;
        while (!rest.isBlank()) {
            int start = cell.length() - rest.length() + leadingSpace(rest);
            CompletionInfo info = analysis.analyzeCompletion(rest.substring(leadingSpace(rest)));
            if (info.completeness() == Completeness.EMPTY) {
                break;
            }
            int line = 1
                    + (int) cell.substring(0, start)
                            .chars()
                            .filter(c -> c == '\n')
                            .count();
            boolean usable = info.completeness().isComplete() && info.source() != null;
            pieces.add(new Piece(usable ? info.source() : cell.substring(start), line, info.completeness()));
            if (!usable) {
                break;
            }
            rest = info.remaining();
        }
        return pieces;
    }

    boolean complete() {
        return completeness.isComplete();
    }

    /** Whether the author ended it with a semicolon, which hides an expression's value. */
    boolean silent() {
        return completeness == Completeness.COMPLETE && source.stripTrailing().endsWith(";");
    }

    private static int leadingSpace(String text) {
        return text.length() - text.stripLeading().length();
    }
}
