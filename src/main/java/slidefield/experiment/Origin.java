package slidefield.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import slidefield.data.Base;
import slidefield.data.Manifest;
import slidefield.data.SlideEntry;
import slidefield.data.Split;

/**
 * Where an experiment's numbers come from, in plain words: slides, seeds, sizes, machine.
 *
 * @param paper the paper's data, in a few words
 * @param paperManifest name of the manifest that holds the paper's own slides
 * @param scored the splits that were scored
 * @param sizes the models and how long they were trained, a line each
 */
record Origin(String paper, String paperManifest, List<Split> scored, List<String> sizes) {
    Origin {
        scored = List.copyOf(scored);
        sizes = List.copyOf(sizes);
    }

    /**
     * @param context slides, seeds and size
     * @param seconds that this call took
     * @return a Markdown list
     */
    String text(ExperimentContext context, double seconds) {
        Manifest manifest = context.manifest();
        List<String> lines = new ArrayList<>();
        boolean same = manifest.name().equals(paperManifest);
        lines.add("Slides: manifest `" + manifest.name() + "`"
                + (manifest.description() == null ? "" : " (" + oneLine(manifest.description()) + ")") + "; Base is "
                + of(manifest.base()) + ". "
                + (same
                        ? "These are the paper's slides."
                        : "The paper's are " + paper + ": compare the pattern, not the numbers."));
        lines.add("Trained on " + names(manifest, Split.TRAIN));
        for (Split split : scored) {
            lines.add("Scored on " + names(manifest, split) + (split == Split.VALIDATION ? " (validation)" : ""));
        }
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

    private static String names(Manifest manifest, Split split) {
        List<String> names =
                manifest.split(split).stream().map(SlideEntry::name).toList();
        String list = names.size() <= 8
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, 7)) + " and " + (names.size() - 7) + " more";
        return names.size() + (names.size() == 1 ? " slide: " : " slides: ") + list;
    }

    private static String of(Base base) {
        return base.mpp() != null
                ? base.mpp() + " µm per pixel"
                : "the stored pixels " + base.downsample() + " times coarser";
    }

    private static String oneLine(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }
}
