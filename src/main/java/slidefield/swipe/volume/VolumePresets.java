package slidefield.swipe.volume;

import java.util.List;
import slidefield.io.InputException;
import slidefield.swipe.OccupancyLoss;
import slidefield.swipe.PoolOptions;
import slidefield.swipe.SwipeLossOptions;
import slidefield.swipe.SwipeOptimisation;

/** The presets of {@link VolumeSettings}. */
final class VolumePresets {
    private static final List<String> NAMES = List.of("paper", "unet-paper", "teaching", "unet-teaching");

    private VolumePresets() {}

    static List<String> names() {
        return NAMES;
    }

    static VolumeSettings of(String name) {
        return switch (name == null ? "" : name) {
            case "paper" -> paper(name, VolumeSwipeOptions.paper(), 7.5e-4, 6);
            case "unet-paper" -> paper(name, VolumeUNetOptions.paper(), 6e-4, 4);
            case "teaching" -> teaching(name, VolumeSwipeOptions.small(3), 60);
            case "unet-teaching" -> teaching(name, new VolumeUNetOptions(8, 4, 3), 20);
            default -> throw new InputException(
                    "unknown preset '" + name + "' of volumes; choose one of " + String.join(", ", NAMES));
        };
    }

    /**
     * Sections 2.3 and 3.1 and the supplement's Table 1 for 13 organs: 96 x 96 x 96 voxels, 50,000 iterations, 20,000
     * background and 4,000 foreground points a class. How crops are varied and how far windows overlap is not known.
     */
    private static VolumeSettings paper(String name, VolumeNetworkOptions network, double rate, int batch) {
        return new VolumeSettings(
                name,
                0,
                network,
                VolumeScalingOptions.paper(),
                new PoolOptions(20_000, 4_000, 0.5, PoolOptions.Rule.BAND, 10),
                new VolumeAugmentationOptions(List.of(0.5, 0.5, 0.5), 0.5, 0.1, 0.1),
                SwipeLossOptions.paper(),
                new SwipeOptimisation(rate, 1e-5, 200, 0.9, 0.999, 1e-8, 0),
                new VolumeTrainingOptions(50_000, batch, 1000, List.of(96, 96, 96), 0.75, 50),
                new VolumePredictionOptions(0.5));
    }

    /**
     * Two classes of a small MR (the Decathlon's hippocampus) in minutes on two cores. Only left and right are mirrored:
     * front and back are what the classes differ in. Structures of some voxels are nearly all boundary: with the paper's points,
     * none of the background near it, masks of the hippocampus came out twice too large. So all points of a class are
     * scattered about its boundary, and are of the class that they fall into.
     */
    private static VolumeSettings teaching(String name, VolumeNetworkOptions network, int epochs) {
        SwipeLossOptions paper = SwipeLossOptions.paper();
        return new VolumeSettings(
                name,
                0,
                network,
                VolumeScalingOptions.resonance(),
                new PoolOptions(1_000, 1_000, 1, PoolOptions.Rule.JITTER, 2),
                new VolumeAugmentationOptions(List.of(0.5, 0.0, 0.0), 0.5, 0.2, 0.1),
                new SwipeLossOptions(
                        OccupancyLoss.Dice.COUNTED,
                        paper.alpha(),
                        paper.overreach(),
                        paper.beta(),
                        paper.penalty(),
                        paper.lambda()),
                new SwipeOptimisation(3e-3, 1e-5, epochs, 0.9, 0.999, 1e-8, 0),
                new VolumeTrainingOptions(0, 4, 1000, List.of(32, 32, 32), 0.75, 10),
                new VolumePredictionOptions(0.5));
    }
}
