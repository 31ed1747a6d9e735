package slidefield.swipe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import slidefield.io.InputException;

/**
 * The presets of {@link RivalSettings}. Of the paper's size: rates and batches of its supplement, Table 1, everything else as
 * SwIPE's own paper preset. With {@code -teaching}: small networks, everything else as SwIPE's teaching preset.
 */
final class RivalPresets {
    private static final String TEACHING = "-teaching";

    private static final Map<String, RivalSettings> ALL = new LinkedHashMap<>();

    static {
        add("unet", PixelUNetOptions.paper(), 7.5e-4, 12, new PixelUNetOptions(8, 4));
        add("pranet", PraNetOptions.paper(), 1e-3, 16, PraNetOptions.small());
        add("res2unet", Res2UNetOptions.paper(), 1e-3, 16, Res2UNetOptions.small());
    }

    private RivalPresets() {}

    /** Both sizes of a network. */
    private static void add(String name, RivalOptions paper, double rate, int batch, RivalOptions teaching) {
        SwipeSettings like = SwipeSettings.preset("paper");
        SwipeTrainingOptions length = like.training();
        put(
                name,
                like,
                paper,
                like.optimisation().withRate(rate),
                new SwipeTrainingOptions(
                        length.iterations(), batch, length.points(), length.size(), length.validateEvery()));
        SwipeSettings small = SwipeSettings.preset("teaching");
        put(name + TEACHING, small, teaching, small.optimisation(), small.training());
    }

    private static void put(
            String name,
            SwipeSettings like,
            RivalOptions network,
            SwipeOptimisation optimisation,
            SwipeTrainingOptions training) {
        ALL.put(
                name,
                new RivalSettings(
                        name,
                        0,
                        network,
                        like.points(),
                        like.augmentation(),
                        new RivalLossOptions(like.loss().dice(), 0.1),
                        optimisation,
                        training,
                        like.prediction()));
    }

    static List<String> names() {
        return new ArrayList<>(ALL.keySet());
    }

    static RivalSettings of(String name) {
        RivalSettings found = ALL.get(name);
        if (found == null) {
            throw new InputException("unknown preset '" + name + "' of SwIPE's rivals; choose one of "
                    + String.join(", ", ALL.keySet()));
        }
        return found;
    }
}
