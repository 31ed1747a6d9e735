package slidefield.patch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.io.InputException;
import slidefield.nn.Adam;
import slidefield.nn.AdamOptions;
import slidefield.nn.Engine;
import slidefield.nn.Init;
import slidefield.nn.Losses;
import slidefield.nn.Precision;
import slidefield.nn.SafeTensors;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;

/** U-Nets of one and of several resolutions. */
class UNetTest {
    /**
     * Parameters of five levels with b channels at the finest, counted by hand. Weights of 3 x 3 convolutions, in 9 b^2:
     * on the way down 1 + (2 + 4) + (8 + 16) + (32 + 64) + (128 + 256) = 511 and 27 b from the colours, on the way up
     * (128 + 64) + (32 + 16) + (8 + 4) + (2 + 1) = 255. Transposed ones, in 4 b^2: 128 + 32 + 8 + 2 = 170. Channels
     * after a 3 x 3 convolution: down 2 x 31 b, up 2 x 15 b; after a transposed one: 15 b. The output: b + 1.
     */
    private static long unet(long b, boolean mrn) {
        long weights = 9 * b * b * (511 + 255) + 27 * b + 4 * b * b * 170;
        long convolved = 2 * 31 * b + 2 * 15 * b;
        long normalized = 2 * convolved;
        long up = 15 * b;
        return weights + normalized + up + b + 1 + (mrn ? convolved + 2 * up : 0);
    }

    /**
     * What J resolutions add to the U-Net: J - 1 encoders (weights as above, 62 b channels with a bias and a
     * normalisation), and per level of c channels a J c x c product, a bias and a normalisation. With c = b, 2 b, ... 16 b
     * the sum of c^2 is 341 b^2, that of c is 31 b. Up-scaling by gamma has gamma^2 c^2 weights, c biases and 2 c values of
     * normalisation; by 2, 4 and 8 at once that is 84 c^2 + 9 c, in six steps of 2 it is 24 c^2 + 18 c.
     */
    private static long multiResolution(long b, Upscaling upscaling) {
        long encoder = 9 * b * b * 511 + 27 * b + 3 * 62 * b;
        long sums = 4 * 341 * b * b + 3 * 31 * b;
        long upscaled =
                switch (upscaling) {
                    case BILINEAR -> 0;
                    case TRANSPOSED -> 84 * 341 * b * b + 9 * 31 * b;
                    case CHAINED -> 24 * 341 * b * b + 18 * 31 * b;
                };
        return unet(b, true) + 3 * encoder + sums + upscaled;
    }

    @Test
    void theUNetsHaveThePapersParameters() {
        assertEquals(31_037_633, unet(64, false));
        assertEquals(31_037_633, new UNet(UNetOptions.wsiInr(), DataType.FLOAT, 1).parameterCount(), "31.0 million");
        assertEquals(1_944_529, unet(16, true));
        assertEquals(7_766_945, unet(32, true));
        assertEquals(31_045_441, unet(64, true));
        for (int base : new int[] {16, 32}) {
            assertEquals(
                    unet(base, true), new UNet(UNetOptions.mrn(base), DataType.FLOAT, 1).parameterCount(), "" + base);
        }
    }

    @ParameterizedTest
    @CsvSource({"BILINEAR, 5837457", "TRANSPOSED, 13174785", "CHAINED, 7941489"})
    void theMultiResolutionUNetsHaveThePapersParameters(Upscaling upscaling, long expected) {
        // given base 16 and four resolutions: 5.84, 13.2 and 7.94 million
        MultiResolutionUNet network =
                new MultiResolutionUNet(MultiResolutionOptions.mrn(16, upscaling), DataType.FLOAT, 1);

        // then
        assertEquals(expected, multiResolution(16, upscaling));
        assertEquals(expected, network.parameterCount());
        assertEquals(List.of(1, 2, 4, 8), network.scales());
    }

    static Stream<PatchNetwork> small() {
        return Stream.concat(
                Stream.of(new UNet(new UNetOptions(4, 3, false, false), DataType.FLOAT, 1)),
                Stream.of(Upscaling.values())
                        .map(upscaling -> new MultiResolutionUNet(
                                new MultiResolutionOptions(4, 3, 3, upscaling), DataType.FLOAT, 1)));
    }

    private static List<INDArray> patches(PatchNetwork network, long height, long width) {
        Init init = new Init(DataType.FLOAT, 8);
        return network.scales().stream()
                .map(scale -> init.uniform(0.5, 2, height, width, 3).addi(0.5))
                .toList();
    }

    private static Tensor logits(Tape tape, PatchNetwork network, List<INDArray> patches) {
        return network.forward(patches.stream().map(tape::constant).toList());
    }

    private static INDArray predicted(Engine engine, PatchNetwork network, List<INDArray> patches) {
        network.training(false);
        try (Tape tape = engine.inference()) {
            return logits(tape, network, patches).value().dup();
        } finally {
            network.training(true);
        }
    }

    /** Steps with Adam on one batch; the loss of each. */
    private static double[] train(Engine engine, PatchNetwork network, List<INDArray> patches, int steps) {
        INDArray target =
                patches.get(0).slice(0, 3).gt(0.5).castTo(DataType.FLOAT).reshape('c', 2, 16, 32, 1);
        double[] losses = new double[steps];
        try (Adam adam = new Adam(network.parameters(), AdamOptions.of(0.01))) {
            for (int k = 0; k < steps; k++) {
                try (Tape tape = engine.record()) {
                    Tensor loss = Losses.bceWithLogits(logits(tape, network, patches), target);
                    losses[k] = loss.scalar();
                    tape.backward(loss);
                    adam.step();
                }
            }
        }
        return losses;
    }

    @ParameterizedTest
    @MethodSource("small")
    void aNetworkLearnsAndIsTheSameAgainFromItsFile(PatchNetwork network, @TempDir Path folder) throws Exception {
        try (Engine engine = Engine.preferred()) {
            // given a network that has learnt on one batch
            List<INDArray> patches = patches(network, 16, 32);
            INDArray before = predicted(engine, network, patches);
            double[] losses = train(engine, network, patches, 12);
            assertTrue(losses[11] < 0.9 * losses[0], losses[0] + " became " + losses[11]);
            INDArray after = predicted(engine, network, patches);
            assertArrayEquals(new long[] {2, 16, 32, 1}, after.shape());
            assertNotEquals(before, after);

            // when it is saved, and read into one of other weights
            Path file = folder.resolve("network.safetensors");
            SafeTensors.write(file, network.values(), Map.of());
            PatchNetwork other = network instanceof UNet unet
                    ? new UNet(unet.options(), DataType.FLOAT, 2)
                    : new MultiResolutionUNet(((MultiResolutionUNet) network).options(), DataType.FLOAT, 2);
            assertNotEquals(after, predicted(engine, other, patches));
            other.load(SafeTensors.read(file).tensors());

            // then
            assertEquals(after, predicted(engine, other, patches));
        }
    }

    @Test
    void aNetworkLearnsInBfloat16() {
        // given the reference, which computes in bf16 everywhere
        UNet network = new UNet(new UNetOptions(4, 3, false, false), DataType.FLOAT, 1);
        try (Engine engine = Engine.reference(Precision.BF16)) {
            // when
            double[] losses = train(engine, network, patches(network, 16, 32), 8);

            // then
            assertTrue(losses[7] < losses[0], losses[0] + " became " + losses[7]);
        }
    }

    @Test
    void oneSeedGivesOneNetwork() {
        UNetOptions options = new UNetOptions(3, 2, true, true);
        UNet one = new UNet(options, DataType.FLOAT, 5);
        UNet same = new UNet(options, DataType.FLOAT, 5);
        UNet other = new UNet(options, DataType.FLOAT, 6);
        one.values().forEach((name, value) -> assertEquals(value, same.values().get(name), name));
        assertNotEquals(
                one.values().get("encoder.level0.conv0.weight"), other.values().get("encoder.level0.conv0.weight"));
    }

    @Test
    void weightsAreWhatConvolutionsMultiplyWith() {
        UNet network = new UNet(new UNetOptions(3, 2, true, true), DataType.FLOAT, 5);
        assertTrue(network.weights().containsKey("encoder.level0.conv0.weight"));
        assertTrue(network.weights().containsKey("up0.conv.weight"));
        assertFalse(network.weights().containsKey("encoder.level0.norm0.weight"));
        assertFalse(network.weights().keySet().stream().anyMatch(name -> name.endsWith("bias")));
    }

    @Test
    void impossibleSizesSayWhatIsExpected() {
        // given
        UNet unet = new UNet(UNetOptions.of(2), DataType.FLOAT, 1);
        MultiResolutionUNet bilinear =
                new MultiResolutionUNet(MultiResolutionOptions.mrn(2, Upscaling.BILINEAR), DataType.FLOAT, 1);
        MultiResolutionUNet transposed =
                new MultiResolutionUNet(MultiResolutionOptions.mrn(2, Upscaling.TRANSPOSED), DataType.FLOAT, 1);

        // then
        refused(unet, 32, 40, "multiples of 16 pixels and at least 16, found 40 x 32");
        refused(bilinear, 112, 112, "multiples of 16 pixels and at least 128, found 112 x 112");
        refused(transposed, 128, 192, "multiples of 128 pixels and at least 128, found 192 x 128");
        assertEquals(16, unet.sizeMultiple());
        assertEquals(16, bilinear.sizeMultiple());
        assertEquals(128, transposed.sizeMultiple());
    }

    private static void refused(PatchNetwork network, long height, long width, String expected) {
        try (Engine engine = Engine.preferred();
                Tape tape = engine.inference()) {
            IllegalArgumentException error = assertThrows(
                    IllegalArgumentException.class, () -> logits(tape, network, patches(network, height, width)));
            assertTrue(error.getMessage().contains(expected), error.getMessage());
        }
    }

    @Test
    void patchesMustFitTogether() {
        MultiResolutionUNet network =
                new MultiResolutionUNet(new MultiResolutionOptions(2, 2, 2, Upscaling.BILINEAR), DataType.FLOAT, 1);
        Init init = new Init(DataType.FLOAT, 1);
        try (Engine engine = Engine.preferred();
                Tape tape = engine.inference()) {
            Tensor patch = tape.constant(init.ones(1, 8, 8, 3));
            Tensor larger = tape.constant(init.ones(1, 8, 12, 3));
            Tensor grey = tape.constant(init.ones(1, 8, 8, 1));
            assertThrows(IllegalArgumentException.class, () -> network.forward(List.of(patch)));
            assertThrows(IllegalArgumentException.class, () -> network.forward(List.of(patch, larger)));
            assertThrows(IllegalArgumentException.class, () -> network.forward(List.of(patch, grey)));
            assertArrayEquals(
                    new long[] {1, 8, 8, 1},
                    network.forward(List.of(patch, patch)).shape());
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 5", "2000, 5", "16, 1", "16, 9"})
    void impossibleOptionsAreNamed(int base, int levels) {
        assertThrows(InputException.class, () -> new UNetOptions(base, levels, true, true));
        assertThrows(InputException.class, () -> new MultiResolutionOptions(base, levels, 4, Upscaling.BILINEAR));
    }

    @Test
    void aResolutionTooFarIsRefused() {
        assertThrows(InputException.class, () -> new MultiResolutionOptions(16, 5, 0, Upscaling.BILINEAR));
        assertThrows(InputException.class, () -> new MultiResolutionOptions(16, 5, 7, Upscaling.BILINEAR));
        InputException error = assertThrows(InputException.class, () -> new MultiResolutionOptions(16, 5, 4, null));
        assertTrue(error.getMessage().contains("bilinear, transposed, chained"), error.getMessage());
    }

    @ParameterizedTest
    @EnumSource(Upscaling.class)
    void onlyTheCentreOfACoarsePatchCounts(Upscaling upscaling) {
        // given two resolutions of one level pair, and coarse patches that differ at the border only
        MultiResolutionUNet network =
                new MultiResolutionUNet(new MultiResolutionOptions(8, 2, 2, upscaling), DataType.FLOAT, 1);
        List<INDArray> patches = patches(network, 64, 64);
        INDArray changed = patches.get(1).dup();
        changed.slice(0).slice(0).assign(0);
        INDArray centre = patches.get(1).dup();
        centre.slice(0).slice(32).assign(0);

        try (Engine engine = Engine.preferred()) {
            // when
            INDArray logits = predicted(engine, network, patches);

            // then
            assertEquals(logits, predicted(engine, network, List.of(patches.get(0), changed)));
            assertNotEquals(logits, predicted(engine, network, List.of(patches.get(0), centre)));
        }
    }
}
