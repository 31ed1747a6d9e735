package slidefield.fit;

import java.util.List;
import java.util.Map;
import slidefield.field.FieldOptions;
import slidefield.nn.Precision;

/** The presets by name. */
final class Presets {
    static final Map<String, Settings> ALL = Map.of("teaching", teaching(), "paper", paper());

    private Presets() {}

    /** Minutes on two cores; the values were chosen on held-out parts of training slides (see the README's results). */
    private static Settings teaching() {
        return new Settings(
                "teaching",
                0,
                Precision.F32,
                false,
                FieldOptions.teaching(),
                new TrainingOptions(
                        128,
                        32,
                        0.05,
                        25,
                        5,
                        1e-2,
                        1e-3,
                        2e-3,
                        0,
                        0.9,
                        0.99,
                        new LatentOptions(List.of(1), 3, 6, 0.15),
                        TablesOnDisk.AUTO),
                new ItoOptions(20, 1e-2, 1, false, 0.002, 5, 1.3, 0.99));
    }

    /** The paper's size and epochs; rates where the paper is silent. */
    private static Settings paper() {
        return new Settings(
                "paper",
                0,
                Precision.F32,
                false,
                FieldOptions.paper(),
                new TrainingOptions(
                        128,
                        32,
                        0.05,
                        100,
                        100,
                        1e-2,
                        1e-4,
                        1e-3,
                        1,
                        0.9,
                        0.99,
                        new LatentOptions(List.of(1), 0, 10, 0.15),
                        TablesOnDisk.AUTO),
                new ItoOptions(20, 1e-2, 1, true, 0.002, 5, 1.3, 0.99));
    }
}
