package slidefield.swipe;

import java.util.List;
import slidefield.io.InputException;

/** The presets of {@link SwipeSettings}. */
final class SwipePresets {
    private static final List<String> NAMES = List.of("released", "paper", "teaching");

    private SwipePresets() {}

    static List<String> names() {
        return NAMES;
    }

    static SwipeSettings of(String name) {
        return switch (name == null ? "" : name) {
            case "released" -> released();
            case "paper" -> paper();
            case "teaching" -> teaching();
            default -> throw new InputException(
                    "unknown preset '" + name + "' of SwIPE; choose one of " + String.join(", ", NAMES));
        };
    }

    /** The authors' code with its sessile configuration: 200 epochs, validation every 2, random crops. */
    private static SwipeSettings released() {
        return new SwipeSettings(
                "released",
                0,
                SwipeOptions.released(),
                PoolOptions.released(),
                AugmentationOptions.released(),
                SwipeLossOptions.released(),
                SwipeOptimisation.released(),
                new SwipeTrainingOptions(0, 12, 1000, 384, 2),
                SwipePredictionOptions.oneWindow());
    }

    /** The paper's formulas, 30,000 iterations, no crops. */
    private static SwipeSettings paper() {
        return new SwipeSettings(
                "paper",
                0,
                SwipeOptions.paper(),
                PoolOptions.paper(),
                AugmentationOptions.paper(),
                SwipeLossOptions.paper(),
                SwipeOptimisation.released(),
                new SwipeTrainingOptions(30_000, 12, 1000, 384, 2),
                SwipePredictionOptions.oneWindow());
    }

    /** Minutes on two cores: the small network on images of 128 x 128, milder crops, four times the rate. */
    private static SwipeSettings teaching() {
        AugmentationOptions released = AugmentationOptions.released();
        return new SwipeSettings(
                "teaching",
                0,
                SwipeOptions.small(),
                PoolOptions.released(),
                new AugmentationOptions(
                        released.flip(),
                        released.rotation(),
                        released.degrees(),
                        released.jitter(),
                        released.colour(),
                        0.5,
                        0.5,
                        1,
                        released.ratio()),
                SwipeLossOptions.released(),
                new SwipeOptimisation(2e-3, 1e-5, 40, 0.9, 0.999, 1e-8, 0),
                new SwipeTrainingOptions(0, 8, 300, 128, 2),
                SwipePredictionOptions.oneWindow());
    }
}
