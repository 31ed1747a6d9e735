package slidefield.data;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import slidefield.io.InputException;

/**
 * A first pass over a YAML text, before anything is built from it: refuses what a plain data file never needs
 * (anchors, aliases, type tags, several documents, deep nesting) and remembers the line of every key.
 */
final class YamlLines {
    private static final int MAX_DEPTH = 20;

    private final String file;
    private final Map<String, Integer> lines = new HashMap<>();
    private final Deque<Frame> open = new ArrayDeque<>();
    private int documents;

    private static final class Frame {
        final String path;
        final boolean mapping;
        String key;
        int items;

        Frame(String path, boolean mapping) {
            this.path = path;
            this.mapping = mapping;
        }
    }

    private YamlLines(String file) {
        this.file = file;
    }

    /**
     * @param file for messages
     * @param text the whole YAML text
     * @throws InputException naming file and line
     */
    static YamlLines scan(String file, String text) {
        YamlLines scan = new YamlLines(file);
        LoaderOptions limits = new LoaderOptions();
        limits.setCodePointLimit(Integer.MAX_VALUE);
        try {
            for (Event event : new Yaml(limits).parse(new StringReader(text))) {
                scan.see(event);
            }
        } catch (MarkedYAMLException broken) {
            Mark mark = broken.getProblemMark();
            String where = mark == null ? file : file + " line " + (mark.getLine() + 1);
            throw new InputException(where + ": not valid YAML: " + broken.getProblem(), broken);
        } catch (YAMLException broken) {
            throw new InputException(
                    file + ": not valid YAML: "
                            + broken.getMessage().lines().findFirst().orElse("unreadable"),
                    broken);
        }
        return scan;
    }

    private void see(Event event) {
        if (event instanceof DocumentStartEvent && ++documents > 1) {
            throw refuse(event, "a second document ('---')", "keep one manifest per file");
        }
        if (event instanceof AliasEvent) {
            throw refuse(event, "an alias ('*')", "write the value out");
        }
        if (event instanceof NodeEvent node && node.getAnchor() != null) {
            throw refuse(event, "an anchor ('&" + node.getAnchor() + "')", "write the value out");
        }
        if (event instanceof ScalarEvent scalar) {
            refuseTag(event, scalar.getTag());
            scalar(scalar);
        } else if (event instanceof CollectionStartEvent start) {
            refuseTag(event, start.getTag());
            start(start);
        } else if (event instanceof CollectionEndEvent) {
            open.pop();
        }
    }

    private void refuseTag(Event event, String tag) {
        if (tag != null && !tag.equals("!")) {
            throw refuse(event, "a type tag ('" + tag + "')", "manifests hold plain values only");
        }
    }

    private InputException refuse(Event event, String found, String advice) {
        return new InputException(file + " line " + (event.getStartMark().getLine() + 1) + ": " + found
                + " is not allowed in a manifest; " + advice);
    }

    private void scalar(ScalarEvent scalar) {
        Frame frame = open.peek();
        if (frame != null && frame.mapping && frame.key == null) {
            frame.key = scalar.getValue();
            lines.putIfAbsent(join(frame.path, frame.key), scalar.getStartMark().getLine() + 1);
        } else {
            nextPath(scalar);
        }
    }

    private void start(CollectionStartEvent start) {
        Frame frame = open.peek();
        if (frame != null && frame.mapping && frame.key == null) {
            throw refuse(start, "a list or map as a key", "keys are words");
        }
        if (open.size() >= MAX_DEPTH) {
            throw refuse(start, "nesting deeper than " + MAX_DEPTH, "flatten it");
        }
        open.push(new Frame(nextPath(start), start instanceof MappingStartEvent));
    }

    /** The path of the value that begins here; a map's key is used up by it. */
    private String nextPath(Event event) {
        Frame frame = open.peek();
        if (frame == null) {
            return "";
        }
        String path = frame.mapping ? join(frame.path, frame.key) : frame.path + "[" + frame.items++ + "]";
        frame.key = null;
        lines.putIfAbsent(path, event.getStartMark().getLine() + 1);
        return path;
    }

    static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    /**
     * "line 7" for the deepest known part of a path such as {@code slides[2].mpp}; empty text where none is known.
     */
    String where(String path) {
        for (String known = path; !known.isEmpty(); known = parent(known)) {
            Integer line = lines.get(known);
            if (line != null) {
                return " line " + line;
            }
        }
        return "";
    }

    private static String parent(String path) {
        int cut = Math.max(path.lastIndexOf('.'), path.lastIndexOf('['));
        return cut < 0 ? "" : path.substring(0, cut);
    }
}
