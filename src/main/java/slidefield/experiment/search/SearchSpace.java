package slidefield.experiment.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import slidefield.fit.Seeds;
import slidefield.io.InputException;

/**
 * Which points a search tries: all combinations of listed values, and at each of them the same number of random draws.
 *
 * @param grid options whose values are combined; may be empty
 * @param random options whose values are drawn; may be empty
 * @param draws random points, 1 where nothing is drawn
 */
public record SearchSpace(List<ListedKey> grid, List<SearchKey> random, int draws) {
    private static final int MOST = 10_000;

    /** @throws InputException if there is no key or one twice, or the number of points is not sensible */
    public SearchSpace {
        grid = List.copyOf(grid);
        random = List.copyOf(random);
        if (grid.isEmpty() && random.isEmpty()) {
            throw new InputException("nothing to search: name options with --grid key=a,b,c or --random key=low..high");
        }
        Set<String> seen = new LinkedHashSet<>();
        Stream.concat(grid.stream(), random.stream()).forEach(key -> {
            if (!seen.add(key.key())) {
                throw new InputException("the option " + key.key() + " is searched twice; name it once");
            }
        });
        if (draws < 1 || random.isEmpty() && draws > 1) {
            throw new InputException("expected a number of random trials of at least 1 (and 1 where nothing is drawn),"
                    + " found " + draws);
        }
        double points = draws;
        for (ListedKey key : grid) {
            points *= key.values().size();
        }
        if (points > MOST) {
            throw new InputException("a search of " + Math.round(points) + " trials; at most " + MOST + " are allowed");
        }
    }

    /** A grid alone. */
    public static SearchSpace grid(String... keys) {
        return new SearchSpace(Stream.of(keys).map(SearchKey::grid).toList(), List.of(), 1);
    }

    /** Random draws alone. */
    public static SearchSpace random(int draws, String... keys) {
        return new SearchSpace(List.of(), Stream.of(keys).map(SearchKey::random).toList(), draws);
    }

    /** All options, the grid's first. */
    public List<SearchKey> keys() {
        return Stream.<SearchKey>concat(grid.stream(), random.stream()).toList();
    }

    /**
     * The points, each once. A draw depends on the seed, its number and the key alone: asking for more draws later
     * keeps those that there are.
     *
     * @param seed of the draws
     */
    public List<Trial> trials(long seed) {
        Set<Map<String, String>> points = new LinkedHashSet<>();
        for (int draw = 0; draw < draws; draw++) {
            Map<String, String> drawn = new LinkedHashMap<>();
            for (SearchKey key : random) {
                drawn.put(key.key(), key.draw(Seeds.random(seed, "search", key.key(), draw)));
            }
            for (Map<String, String> point : combinations()) {
                point.putAll(drawn);
                points.add(point);
            }
        }
        List<Trial> trials = new ArrayList<>();
        points.forEach(point -> trials.add(new Trial(trials.size() + 1, point)));
        return List.copyOf(trials);
    }

    /** The last key's values change fastest. */
    private List<Map<String, String>> combinations() {
        List<Map<String, String>> points = List.of(new LinkedHashMap<>());
        for (ListedKey key : grid) {
            List<Map<String, String>> more = new ArrayList<>();
            for (Map<String, String> point : points) {
                for (String value : key.values()) {
                    Map<String, String> next = new LinkedHashMap<>(point);
                    next.put(key.key(), value);
                    more.add(next);
                }
            }
            points = more;
        }
        return points;
    }
}
