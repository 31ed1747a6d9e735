package slidefield.nic;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;
import slidefield.data.Manifest;
import slidefield.data.SlideEntry;
import slidefield.io.InputException;

/**
 * What the labels of a manifest's slides are to a network. Of two classes, {@code negative} or {@code normal} (or 0, beside 1) is the
 * negative one, and every other label is positive: {@code micro} and {@code macro} together, for instance. Of several classes, negative
 * or normal is the first and the others follow by name; whole numbers 0, 1, 2, ... stay what they are. Where a number is
 * predicted, labels are numbers.
 *
 * <p>Immutable: thread-safe.
 */
public final class SlideLabels {
    private static final List<String> NEGATIVE = List.of("negative", "normal");
    private static final int SHOWN = 6;

    private final SlideTask task;
    /** Of two classes the negative one and all that are positive; empty of numbers. */
    private final List<String> names;

    private SlideLabels(SlideTask task, List<String> names) {
        this.task = task;
        this.names = names;
    }

    /**
     * @param manifest whose labels are used
     * @param task what is predicted
     * @param outputs of the network
     * @throws InputException if its labels are not those of such a task; says which are expected
     */
    public static SlideLabels of(Manifest manifest, SlideTask task, int outputs) {
        List<String> found = new ArrayList<>(new TreeSet<>(manifest.slides().stream()
                .map(SlideEntry::label)
                .filter(Objects::nonNull)
                .toList()));
        if (found.isEmpty()) {
            throw new InputException(
                    "manifest " + manifest.name() + ": no slide has a label; give each one, such as label:"
                            + " negative, or label: 0.3 where a number is predicted");
        }
        if (task == SlideTask.REGRESSION) {
            manifest.slides().stream().filter(slide -> slide.label() != null).forEach(SlideLabels::requireNumber);
            return new SlideLabels(task, List.of());
        }
        boolean counted = counted(found);
        String negative = found.stream()
                .filter(label -> NEGATIVE.contains(label.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElse(counted ? "0" : null);
        if (task == SlideTask.BINARY && (negative == null || found.size() < 2 || counted && found.size() > 2)) {
            throw new InputException("manifest " + manifest.name() + ": expected the label negative or normal, and at"
                    + " least one other, or 0 and 1, for two classes; found " + shown(found)
                    + "; set training.task=regression for numbers, training.task=classes for several classes");
        }
        if (task == SlideTask.CLASSES && found.size() != outputs) {
            throw new InputException("manifest " + manifest.name() + " has labels of " + found.size() + " classes ("
                    + shown(found) + "), the network tells " + outputs
                    + " apart: set slideCnn.outputs=" + found.size());
        }
        if (counted) {
            found.sort((a, b) -> Integer.compare(Integer.parseInt(a), Integer.parseInt(b)));
        } else if (negative != null) {
            found.remove(negative);
            found.add(0, negative);
        }
        return new SlideLabels(task, List.copyOf(found));
    }

    private static void requireNumber(SlideEntry slide) {
        try {
            slide.labelNumber();
        } catch (InputException wrong) {
            throw new InputException(
                    "slide " + slide.name() + ": a number is predicted, and its " + wrong.getMessage(), wrong);
        }
    }

    /** Whether they are the numbers 0, 1, 2, ... as they are counted. */
    private static boolean counted(List<String> labels) {
        for (int i = 0; i < labels.size(); i++) {
            if (!labels.contains(Integer.toString(i))) {
                return false;
            }
        }
        return true;
    }

    private static String shown(List<String> labels) {
        String text = String.join(", ", labels.stream().limit(SHOWN).toList());
        return labels.size() > SHOWN ? text + " and " + (labels.size() - SHOWN) + " more" : text;
    }

    /** The names of the classes by their numbers, of two the second perhaps "positive"; empty where a number is predicted. */
    public List<String> classes() {
        return task == SlideTask.BINARY && names.size() > 2 ? List.of(names.get(0), "positive") : names;
    }

    /**
     * A slide's label as a number: its class counted from 0, or the number itself.
     *
     * @throws InputException if it has none, or one that no other slide of the manifest has
     */
    public double number(SlideEntry slide) {
        if (slide.label() == null) {
            throw new InputException("slide " + slide.name() + " ("
                    + slide.split().word() + ") has no label; give it one with label: in the manifest, or take it out");
        }
        if (task == SlideTask.REGRESSION) {
            return slide.labelNumber();
        }
        int found = names.indexOf(slide.label());
        if (found < 0) {
            throw new InputException(
                    "slide " + slide.name() + " has the label " + slide.label() + "; expected one of " + shown(names));
        }
        return task == SlideTask.BINARY ? Math.min(1, found) : found;
    }
}
