package slidefield.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Where an experiment's numbers come from, in plain words: data, seeds, sizes, machine.
 *
 * @param data what was trained and scored on, and what the paper took, a line each
 * @param sizes the models and how long they were trained, a line each
 */
record Origin(List<String> data, List<String> sizes) {
    Origin {
        data = List.copyOf(data);
        sizes = List.copyOf(sizes);
    }

    /**
     * @param context seeds and size
     * @param seconds that this call took
     * @return a Markdown list
     */
    String text(ExperimentContext<?> context, double seconds) {
        List<String> lines = new ArrayList<>(data);
        lines.add("Seeds: " + context.seeds().stream().map(String::valueOf).collect(Collectors.joining(", "))
                + "; ± is the sample standard deviation over them"
                + (context.seeds().size() == 1 ? ", which one seed does not have" : ""));
        lines.add("Size `" + context.size().label() + "`"
                + (context.size() == Size.QUICK ? ": a trial, so short that the numbers mean little" : ""));
        lines.addAll(sizes);
        if (!context.changes().all().isEmpty()) {
            lines.add("Changed: " + String.join(", ", context.changes().all()));
        }
        lines.add("Machine: " + Machine.text());
        lines.add(String.format(
                Locale.ROOT, "Took %.1f minutes, without runs and predictions that were there already", seconds / 60));
        return lines.stream().map(line -> "- " + line + "\n").collect(Collectors.joining());
    }

    /**
     * A data set in a few words.
     *
     * @param name of its manifest
     * @param description of its manifest, or null
     */
    static String named(String name, String description) {
        return "manifest `" + name + "`" + (description == null ? "" : " (" + oneLine(description) + ")");
    }

    private static String oneLine(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }
}
