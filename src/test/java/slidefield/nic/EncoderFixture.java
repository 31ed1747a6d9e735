package slidefield.nic;

import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.Init;

/** Small encoders and patches for them. */
final class EncoderFixture {
    /** Patches of 8 pixels in colours, codes of 5. */
    static final BiGanEncoderOptions TINY = new BiGanEncoderOptions(8, 3, 1, 2, 4, 5);

    private EncoderFixture() {}

    /** An encoder whose normalisations have learnt something. */
    static BiGanEncoder trained(BiGanEncoderOptions options, long seed) {
        BiGanEncoder encoder = options.build(DataType.FLOAT, seed);
        Init init = new Init(DataType.FLOAT, seed + 1);
        encoder.values().forEach((name, array) -> {
            if (name.endsWith("bias") || name.endsWith("running_mean")) {
                fill(array, init.normal(0.3, array.shape()));
            } else if (name.startsWith("norm")) {
                fill(array, init.uniform(0.5, array.shape()).addi(1));
            }
        });
        encoder.training(false);
        return encoder;
    }

    private static void fill(INDArray array, INDArray values) {
        array.assign(values);
        values.close();
    }

    /** Values in [-1, 1). */
    static float[] patches(PatchEncoder encoder, int count, long seed) {
        Random random = new Random(seed);
        float[] values = new float[count * encoder.patch() * encoder.patch() * encoder.colours()];
        for (int i = 0; i < values.length; i++) {
            values[i] = 2 * random.nextFloat() - 1;
        }
        return values;
    }
}
