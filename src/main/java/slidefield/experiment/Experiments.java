package slidefield.experiment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import slidefield.io.InputException;

/** All experiments by name. */
public final class Experiments {
    private static final Map<String, Experiment> ALL = Stream.of(
                    new WsiInrTable1(),
                    new WsiInrTable2(),
                    new WsiInrFigure3(),
                    new WsiInrDecoupling(),
                    new MrnRoc(),
                    new MrnFigure4())
            .collect(Collectors.toMap(
                    Experiment::name, Function.identity(), (first, second) -> first, LinkedHashMap::new));

    private Experiments() {}

    /** Every experiment, in the order of the papers. */
    public static List<Experiment> all() {
        return List.copyOf(ALL.values());
    }

    /**
     * One experiment.
     *
     * @param name as {@link Experiment#name()}
     * @throws InputException if there is none of that name; lists those that there are
     */
    public static Experiment named(String name) {
        Experiment found = ALL.get(name);
        if (found == null) {
            throw new InputException(
                    "unknown experiment '" + name + "'; choose one of " + String.join(", ", ALL.keySet()));
        }
        return found;
    }
}
