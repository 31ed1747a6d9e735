package slidefield.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import slidefield.nn.kernels.Activation;
import slidefield.nn.kernels.Convolution;

/** The multiply-adds that a tape counts, against counts by hand. */
class MultiplyAddsTest {
    private static final Engine ENGINE = Engine.reference(DataType.FLOAT);

    private static long counted(Consumer<Tape> pass) {
        try (Tape tape = ENGINE.inference()) {
            pass.accept(tape);
            return tape.multiplyAdds();
        }
    }

    private static Tensor random(Tape tape, long... shape) {
        return tape.constant(new Init(DataType.FLOAT, 1).uniform(1, shape));
    }

    @Test
    void aConvolutionMultipliesEveryTapOfEveryOutput() {
        long plain = counted(tape -> Convolutions.convolution(
                random(tape, 2, 6, 8, 3), random(tape, 3, 3, 3, 5), null, Convolution.same(3), null, Activation.RELU));
        assertEquals(2 * 6 * 8 * 5 * (3 * 3 * 3), plain);
    }

    @Test
    void aProductMultipliesEveryRowWithTheMatrix() {
        long product = counted(tape -> Convolutions.pointwise(
                random(tape, 2, 4, 7, 3), random(tape, 3, 5), random(tape, 5), null, Activation.NONE));
        assertEquals(2 * 4 * 7 * 3 * 5, product);
    }

    @Test
    void aTransposedConvolutionMultipliesEveryInputWithTheKernel() {
        long transposed = counted(tape -> Convolutions.transposed(
                random(tape, 2, 4, 5, 3), random(tape, 2, 2, 3, 7), random(tape, 7), 2, Activation.NONE));
        assertEquals(2 * 4 * 5 * 3 * (2 * 2 * 7), transposed);
    }

    @Test
    void attentionHasFourLinearLayersAndTwoProductsOfTokens() {
        Attention attention = new Attention(new Init(DataType.FLOAT, 1), 6, 2);
        long count = counted(tape -> attention.forward(random(tape, 3, 5, 6)));
        assertEquals(3 * 5 * 6 * 6 * 4 + 2 * (3 * 5 * 5 * 6), count);
    }

    @Test
    void whatMultipliesNoMatricesCountsNothingAndPassesAddUp() {
        assertEquals(0, counted(tape -> Pooling.max(random(tape, 1, 4, 4, 2), 2, 2, 0)));
        try (Tape tape = ENGINE.inference()) {
            Tensor x = random(tape, 1, 2);
            Tensor w = random(tape, 2, 3);
            Convolutions.pointwise(x, w, null, null, Activation.NONE);
            Convolutions.pointwise(x, w, null, null, Activation.NONE);
            assertEquals(2 * 2 * 3, tape.multiplyAdds());
        }
    }
}
