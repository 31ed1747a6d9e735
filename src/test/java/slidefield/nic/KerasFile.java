package slidefield.nic;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** A small encoder written as Keras writes it: 6 pixels a side, one convolution of 2 channels, codes of 3. */
final class KerasFile {
    static final String CONFIG =
            """
            {"class_name": "Sequential", "config": [
              {"class_name": "Conv2D", "config": {"name": "c1", "batch_input_shape": [null, 6, 6, 3], "filters": 2,
                "kernel_size": [3, 3], "strides": [2, 2], "padding": "valid", "data_format": "channels_last",
                "dilation_rate": [1, 1], "activation": "linear", "use_bias": true}},
              {"class_name": "LeakyReLU", "config": {"name": "l1", "alpha": 0.20000000298023224}},
              {"class_name": "BatchNormalization", "config": {"name": "b1", "epsilon": 0.001, "center": true, "scale": true}},
              {"class_name": "Flatten", "config": {"name": "f"}},
              {"class_name": "Dense", "config": {"name": "d", "units": 3, "activation": "linear", "use_bias": true}}]}
            """;

    String config = CONFIG;
    final Map<String, Object> arrays = new LinkedHashMap<>();

    KerasFile() {
        Random random = new Random(4);
        float[][][][] kernel = new float[3][3][3][2];
        for (float[][][] a : kernel) {
            for (float[][] b : a) {
                for (float[] c : b) {
                    fill(c, random);
                }
            }
        }
        arrays.put("c1/kernel:0", kernel);
        for (String name : new String[] {"c1/bias:0", "b1/gamma:0", "b1/beta:0", "b1/moving_mean:0"}) {
            arrays.put(name, fill(new float[2], random));
        }
        arrays.put("b1/moving_variance:0", new float[] {0.5f, 2});
        float[][] dense = new float[8][3];
        for (float[] row : dense) {
            fill(row, random);
        }
        arrays.put("d/kernel:0", dense);
        arrays.put("d/bias:0", fill(new float[3], random));
    }

    private static float[] fill(float[] values, Random random) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    void write(Path file) {
        try (WritableHdfFile hdf = HdfFile.write(file)) {
            if (config != null) {
                hdf.putAttribute("model_config", config);
            }
            WritableGroup weights = hdf.putGroup("model_weights");
            Map<String, WritableGroup> groups = new LinkedHashMap<>();
            arrays.forEach((name, array) -> {
                String[] parts = name.split("/");
                groups.computeIfAbsent(parts[0], weights::putGroup).putDataset(parts[1], array);
            });
        }
    }
}
