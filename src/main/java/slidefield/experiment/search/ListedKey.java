package slidefield.experiment.search;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import slidefield.io.InputException;

/**
 * An option with listed values.
 *
 * @param key dotted
 * @param values as YAML, each once, at least one
 */
public record ListedKey(String key, List<String> values) implements SearchKey {
    /** @throws InputException if there is no value, an empty one, or one twice */
    public ListedKey {
        values = List.copyOf(values);
        if (values.isEmpty() || values.stream().anyMatch(String::isBlank)) {
            throw new InputException(key + ": expected values such as 1,2,3, found " + values);
        }
        if (new LinkedHashSet<>(values).size() < values.size()) {
            throw new InputException(key + ": a value is listed twice in " + values);
        }
    }

    static ListedKey parse(String key, String text) {
        List<String> values = new ArrayList<>();
        int depth = 0;
        int begin = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '[' ? 1 : c == ']' ? -1 : 0;
            if (c == ',' && depth == 0) {
                values.add(text.substring(begin, i).strip());
                begin = i + 1;
            }
        }
        values.add(text.substring(begin).strip());
        return new ListedKey(key, values);
    }

    @Override
    public String draw(Random random) {
        return values.get(random.nextInt(values.size()));
    }

    @Override
    public List<String> groups() {
        return values;
    }

    @Override
    public int groupOf(String value) {
        return values.indexOf(value);
    }
}
