package slidefield.kernel;

import io.github.spencerpark.jupyter.kernel.ReplacementOptions;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.SourceCodeAnalysis.Documentation;
import jdk.jshell.SourceCodeAnalysis.Suggestion;

/** Completion and documentation at a cursor. Jupyter counts the cursor in code points of the whole cell. */
final class Assistance {
    private static final int MOST = 300;

    private Assistance() {}

    /**
     * @param analysis the session's analysis
     * @param code the whole cell
     * @param cursor code points before the cursor
     * @return what could stand there
     */
    static ReplacementOptions complete(SourceCodeAnalysis analysis, String code, int cursor) {
        String before = before(code, cursor);
        int start = snippetStart(analysis, before);
        int[] anchor = new int[1];
        List<Suggestion> found = List.of();
        int shift = start;
        if (start > 0) {
            // Variables of earlier lines of the same cell are known when both stand in one block.
            found = analysis.completionSuggestions("{" + before, before.length() + 1, anchor);
            shift = -1;
        }
        if (found.isEmpty()) {
            String snippet = before.substring(start);
            found = analysis.completionSuggestions(snippet, snippet.length(), anchor);
            shift = start;
        }
        List<String> texts = found.stream()
                .sorted(Comparator.comparing(suggestion -> !suggestion.matchesType()))
                .map(Suggestion::continuation)
                .distinct()
                .limit(MOST)
                .toList();
        int from = Math.max(0, Math.min(anchor[0] + shift, before.length()));
        return new ReplacementOptions(texts, code.codePointCount(0, from), code.codePointCount(0, before.length()));
    }

    /**
     * @param analysis the session's analysis
     * @param code the whole cell
     * @param cursor code points before the cursor
     * @return signatures and comments of what stands there, or null
     */
    static DisplayData inspect(SourceCodeAnalysis analysis, String code, int cursor) {
        int at = before(code, cursor).length();
        while (at < code.length() && Character.isJavaIdentifierPart(code.charAt(at))) {
            at++;
        }
        int call = at;
        while (call < code.length() && Character.isWhitespace(code.charAt(call))) {
            call++;
        }
        at = call < code.length() && code.charAt(call) == '(' ? call + 1 : at;
        int start = snippetStart(analysis, code.substring(0, at));
        List<Documentation> found = analysis.documentation(code.substring(start), at - start, true);
        if (found.isEmpty()) {
            return null;
        }
        return new DisplayData(found.stream()
                .map(doc -> doc.signature() + (doc.javadoc() == null ? "" : "\n" + doc.javadoc()))
                .collect(Collectors.joining("\n\n")));
    }

    private static String before(String code, int cursor) {
        int points = code.codePointCount(0, code.length());
        return code.substring(0, code.offsetByCodePoints(0, Math.max(0, Math.min(cursor, points))));
    }

    /** Where the snippet under the cursor starts: behind every snippet that is complete and followed by more. */
    private static int snippetStart(SourceCodeAnalysis analysis, String before) {
        String rest = before;
        while (true) {
            CompletionInfo info = analysis.analyzeCompletion(rest);
            if (!info.completeness().isComplete()
                    || info.remaining() == null
                    || info.remaining().isBlank()) {
                return before.length() - rest.length();
            }
            rest = info.remaining();
        }
    }
}
