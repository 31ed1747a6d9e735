package slidefield.patch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.CrossEntropyDice;
import slidefield.nn.Engine;
import slidefield.nn.Init;
import slidefield.nn.Precision;
import slidefield.nn.SafeTensors;
import slidefield.nn.Sgd;
import slidefield.nn.SgdOptions;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;

class TransUNetTest {
    private static TransUNet tiny(long seed) {
        return new TransUNet(TransUNetCases.TINY, DataType.FLOAT, seed);
    }

    private static INDArray patches(long seed, int count) {
        return new Init(DataType.FLOAT, seed).uniform(0.5, count, 32, 32, 3).addi(0.5);
    }

    private static INDArray logits(Engine engine, TransUNet network, INDArray patches) {
        try (Tape tape = engine.inference()) {
            return network.forward(tape.constant(patches)).value().dup();
        }
    }

    @ParameterizedTest
    @CsvSource({"224, 2, 105276066", "224, 1, 105275921", "256, 2, 105322146", "512, 2, 105911970"})
    void theFullNetworkHasTheAuthorsNumberOfParameters(int size, int classes, long count) {
        // given the authors' layers (105,276,066 at 224 pixels, 105,322,146 at 256, 105,911,970 at 512)
        TransUNet network = new TransUNet(TransUNetOptions.r50VitB16(size).withClasses(classes), DataType.FLOAT, 1);

        // when, then
        assertEquals(count, network.parameterCount());
        assertEquals(11_894_848, count(network, "resnet."));
        assertEquals(85_056_000, count(network, "layers.") + count(network, "norm."));
        assertEquals(7_387_200, count(network, "decoder."));
        network.values().values().forEach(INDArray::close);
    }

    private static long count(TransUNet network, String prefix) {
        return network.parameters().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .mapToLong(entry -> entry.getValue().value().length())
                .sum();
    }

    @Test
    void otherSizesAreClearErrors() {
        TransUNet network = tiny(1);
        try (Engine engine = Engine.preferred();
                Tape tape = engine.inference()) {
            for (long[] shape : new long[][] {{1, 64, 64, 3}, {1, 32, 48, 3}, {1, 32, 32, 4}, {32, 32, 3}}) {
                Tensor wrong = tape.constant(new Init(DataType.FLOAT, 1).zeros(shape));
                String said = assertThrows(IllegalArgumentException.class, () -> network.forward(wrong))
                        .getMessage();
                assertTrue(said.contains("N x 32 x 32 x 3") && said.contains("found ["), said);
            }
        }
        assertEquals(32, network.sizeMultiple());
        assertEquals(List.of(1), network.scales());
    }

    @Test
    void impossibleOptionsAreNamed() {
        TransUNetOptions o = TransUNetCases.TINY;
        for (int size : new int[] {0, 16, 40, 8192}) {
            String said = assertThrows(IllegalArgumentException.class, () -> TransUNetOptions.small(size))
                    .getMessage();
            assertTrue(said.contains("size") && said.contains("found " + size), said);
        }
        assertThrows(IllegalArgumentException.class, () -> o.withClasses(3));
        assertThrows(
                IllegalArgumentException.class,
                () -> new TransUNetOptions(32, 1, 4, List.of(1, 1), 2, 8, 1, 2, 8, 0, o.decoder()));
        assertThrows(
                IllegalArgumentException.class,
                () -> new TransUNetOptions(32, 1, 5, o.units(), 2, 8, 1, 2, 8, 0, o.decoder()));
        assertThrows(
                IllegalArgumentException.class,
                () -> new TransUNetOptions(32, 1, 4, o.units(), 2, 9, 1, 2, 8, 0, o.decoder()));
        assertThrows(
                IllegalArgumentException.class,
                () -> new TransUNetOptions(32, 1, 4, o.units(), 2, 8, 1, 2, 8, 1, o.decoder()));
    }

    @Test
    void savedAndLoadedItAnswersTheSame(@TempDir Path folder) {
        // given a network whose running statistics and passes are not what they began as
        TransUNet network = tiny(1);
        INDArray patches = patches(2, 2);
        try (Engine engine = Engine.preferred()) {
            logits(engine, network, patches);
            network.training(false);
            INDArray expected = logits(engine, network, patches);

            // when
            SafeTensors.write(folder.resolve("network.safetensors"), network.values(), Map.of());
            TransUNet other = tiny(9);
            other.load(SafeTensors.read(folder.resolve("network.safetensors")).tensors());
            other.training(false);

            // then
            assertEquals(expected, logits(engine, other, patches));
            assertFalse(expected.equalsWithEps(logits(engine, withoutTraining(tiny(9)), patches), 1e-6));
        }
    }

    private static TransUNet withoutTraining(TransUNet network) {
        network.training(false);
        return network;
    }

    @Test
    void fastAndReferenceKernelsAgree() {
        // given
        INDArray patches = patches(3, 2);
        try (Engine fast = Engine.preferred();
                Engine reference = Engine.reference(DataType.FLOAT)) {
            // when both train for a pass, in which the same values are dropped
            INDArray expected = logits(reference, tiny(1), patches);
            INDArray found = logits(fast, tiny(1), patches);

            // then
            double largest = expected.amaxNumber().doubleValue();
            assertEquals(0, expected.sub(found).amaxNumber().doubleValue() / largest, 1e-4);
        }
    }

    @Test
    void twoClassesGiveTheDifferenceOfTheirLogits() {
        // given a network of two classes whose head answers 3 for background and 5 for lesion whatever it sees
        TransUNet network = new TransUNet(TransUNetCases.TINY.withClasses(2), DataType.FLOAT, 1);
        network.parameters().get("head.weight").value().assign(0);
        network.parameters().get("head.bias").value().putScalar(0, 3);
        network.parameters().get("head.bias").value().putScalar(1, 5);

        // when
        INDArray logits;
        try (Engine engine = Engine.preferred()) {
            logits = logits(engine, network, patches(3, 1));
        }

        // then
        assertArrayEquals(new long[] {1, 32, 32, 1}, logits.shape());
        assertEquals(2, logits.minNumber().doubleValue(), 1e-6);
        assertEquals(2, logits.maxNumber().doubleValue(), 1e-6);
    }

    @Test
    void itRunsInBf16OnTheReferenceToo() {
        try (Engine engine = Engine.reference(Precision.BF16);
                Tape tape = engine.record()) {
            Tensor logits = tiny(1).forward(tape.constant(patches(3, 1).castTo(Precision.BF16.type())));
            tape.backward(CrossEntropyDice.binary(logits, new Init(DataType.FLOAT, 1).zeros(1, 32, 32, 1)));
            assertEquals(DataType.FLOAT, logits.type());
        }
    }

    /** Losses of some steps on patches whose target is where red is strong. */
    private static List<Double> losses(int steps) {
        List<Double> losses = new ArrayList<>();
        INDArray patches = patches(4, 2);
        // blocks of 8 x 8 pixels of one colour, so that the coarse features can see them
        INDArray target = new Init(DataType.FLOAT, 1).zeros(2, 32, 32, 1);
        for (int n = 0; n < 2; n++) {
            for (int y = 0; y < 32; y++) {
                for (int x = 0; x < 32; x++) {
                    boolean lesion = (y / 8 + x / 8 + n) % 3 == 0;
                    patches.putScalar(new int[] {n, y, x, 0}, lesion ? 0.9 : 0.1);
                    target.putScalar(new int[] {n, y, x, 0}, lesion ? 1 : 0);
                }
            }
        }
        TransUNet network = tiny(5);
        try (Engine engine = Engine.preferred();
                Sgd sgd = new Sgd(network.parameters(), new SgdOptions(0.05, 0.9, 1e-4))) {
            for (int step = 0; step < steps; step++) {
                try (Tape tape = engine.record()) {
                    Tensor loss = CrossEntropyDice.binary(network.forward(tape.constant(patches)), target);
                    tape.backward(loss);
                    sgd.step();
                    losses.add(loss.scalar());
                }
            }
        }
        return losses;
    }

    @Test
    void itLearnsAndARunRepeatsBitForBit() {
        // when
        List<Double> losses = losses(80);
        List<Double> again = losses(10);

        // then
        assertTrue(losses.get(79) < 0.4 * losses.get(0), losses.toString());
        assertEquals(losses.subList(0, 10), again);
    }
}
