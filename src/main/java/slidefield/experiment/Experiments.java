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
    private static final Map<String, Experiment<?>> ALL = Stream.<Experiment<?>>of(
                    new WsiInrTable1(),
                    new WsiInrTable2(),
                    new WsiInrFigure3(),
                    new WsiInrDecoupling(),
                    new MrnRoc(),
                    new MrnFigure4(),
                    new SwipeTable1(),
                    new SwipeTable2Resolution(),
                    new SwipeTable2DataSet(),
                    new SwipeEfficiency(),
                    new SwipeTable3(),
                    new SwipeMea(),
                    new NicFigure6(),
                    new NicFigure7(),
                    new NicTable1(),
                    new NicTable2(),
                    new NicTable3())
            .collect(Collectors.toMap(
                    Experiment::name, Function.identity(), (first, second) -> first, LinkedHashMap::new));

    private static final Map<Class<?>, String> DATA = Map.of(
            SlideExperiment.class, " on slides",
            ImageExperiment.class, " on images",
            SyntheticExperiment.class, " on synthetic images");

    private Experiments() {}

    /** Every experiment, in the order of the papers. */
    public static List<Experiment<?>> all() {
        return List.copyOf(ALL.values());
    }

    /**
     * One experiment.
     *
     * @param name as {@link Experiment#name()}
     * @throws InputException if there is none of that name; lists those that there are
     */
    public static Experiment<?> named(String name) {
        return found(name, Experiment.class);
    }

    /**
     * One experiment on slides.
     *
     * @param name as {@link Experiment#name()}
     * @throws InputException if there is none of that name on slides; lists those that there are
     */
    public static SlideExperiment ofSlides(String name) {
        return found(name, SlideExperiment.class);
    }

    /**
     * One experiment on plain images.
     *
     * @param name as {@link Experiment#name()}
     * @throws InputException if there is none of that name on images; lists those that there are
     */
    public static ImageExperiment ofImages(String name) {
        return found(name, ImageExperiment.class);
    }

    /**
     * One experiment on synthetic images.
     *
     * @param name as {@link Experiment#name()}
     * @throws InputException if there is none of that name on synthetic images; lists those that there are
     */
    public static SyntheticExperiment ofSynthetic(String name) {
        return found(name, SyntheticExperiment.class);
    }

    private static <E> E found(String name, Class<E> kind) {
        Experiment<?> found = ALL.get(name);
        if (!kind.isInstance(found)) {
            String known = ALL.values().stream()
                    .filter(kind::isInstance)
                    .map(Experiment::name)
                    .collect(Collectors.joining(", "));
            String data = DATA.getOrDefault(kind, "");
            throw new InputException("unknown experiment" + data + " '" + name + "'; choose one of " + known);
        }
        return kind.cast(found);
    }
}
