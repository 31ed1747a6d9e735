package slidefield.nn.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Every fast kernel in bf16 against the float32 reference with rounded inputs and results. */
@Tag("alone")
class FastBfloat16KernelsTest extends FastKernelsTest {
    @Override
    DataType type() {
        return DataType.BFLOAT16;
    }

    @Override
    double tolerance() {
        return 1e-2;
    }

    @Test
    void roundingIsToTheNearestAndToEvenBetweenTwo() {
        // given values between 1 and its neighbours in bf16, 2^-7 apart, and some special ones
        float step = 0x1p-7f;
        float[] exact = {
            1,
            1 + step / 4,
            1 + step / 2,
            1 + 3 * step / 4,
            1 + 3 * step / 2,
            -1 - step / 2,
            -1 - 3 * step / 2,
            0x1p-130f
        };
        float[] expected = {1, 1, 1, 1 + step, 1 + 2 * step, -1, -1 - 2 * step, 0x1p-130f};

        for (int i = 0; i < exact.length; i++) {
            // when, then
            assertEquals(expected[i], Bfloat16.decode(Bfloat16.encode(exact[i])), "of " + exact[i]);
        }
        assertEquals(Float.NaN, Bfloat16.decode(Bfloat16.encode(Float.NaN)));
        assertEquals(Float.POSITIVE_INFINITY, Bfloat16.decode(Bfloat16.encode(Float.MAX_VALUE)));
    }

    @Test
    void everySineIsTheNearest() {
        // given all finite values of bf16 up to 64
        INDArray x = Nd4j.createUninitializedDetached(DataType.BFLOAT16, 'c', new long[] {2 * 0x4280});
        for (int bits = 0; bits < 0x4280; bits++) {
            x.putScalar(bits, Bfloat16.decode(bits));
            x.putScalar(0x4280 + bits, -Bfloat16.decode(bits));
        }
        INDArray y = x.ulike();

        // when
        new SineTable(30).sine(x, y);

        // then
        for (int i = 0; i < x.length(); i++) {
            double sine = Math.sin(30 * x.getDouble(i));
            assertEquals(Bfloat16.decode(Bfloat16.encode((float) sine)), y.getFloat(i), "of " + x.getDouble(i));
        }
    }
}
