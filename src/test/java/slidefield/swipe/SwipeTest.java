package slidefield.swipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.Adam;
import slidefield.nn.AdamOptions;
import slidefield.nn.Arithmetic;
import slidefield.nn.Engine;
import slidefield.nn.Init;
import slidefield.nn.Losses;
import slidefield.nn.Precision;
import slidefield.nn.SafeTensors;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;

/** What the whole network answers to batches of points, and how it learns. */
class SwipeTest {
    private static final int HEIGHT = 64;
    private static final int WIDTH = 96;

    private static INDArray images(int count) {
        return TinySwipe.images(DataType.FLOAT, 2, count, HEIGHT, WIDTH);
    }

    private static float[] floats(Tensor tensor) {
        return tensor.value().reshape(tensor.value().length()).toFloatVector();
    }

    /** Patch, image and overreach logits, side by side. */
    private static float[] answers(Engine engine, Swipe network, INDArray images, PointBatch points, long seed) {
        try (Tape tape = engine.inference()) {
            SwipeOutput output = network.forward(tape.constant(images), points, null, seed);
            float[] patch = floats(output.patchLogits());
            float[] image = floats(output.imageLogits());
            float[] beyond = output.overreachLogits() == null ? new float[0] : floats(output.overreachLogits());
            float[] all = Arrays.copyOf(patch, patch.length + image.length + beyond.length);
            System.arraycopy(image, 0, all, patch.length, image.length);
            System.arraycopy(beyond, 0, all, patch.length + image.length, beyond.length);
            return all;
        }
    }

    @Test
    void theAnswersHaveTheirShapes() {
        // given 2 images with 7 points each, of 3 classes, with 2 repetitions
        Swipe network = TinySwipe.network(TinySwipe.OPTIONS.withClasses(3), 1);
        PointBatch points = TinySwipe.points(3, 2, 7, HEIGHT, WIDTH);
        try (Engine engine = Engine.preferred()) {
            try (Tape tape = engine.inference()) {
                // when
                SwipeOutput output = network.forward(tape.constant(images(2)), points, null, 1);

                // then
                assertArrayEquals(new long[] {14, 3}, output.patchLogits().shape());
                assertArrayEquals(new long[] {14, 3}, output.imageLogits().shape());
                assertArrayEquals(new long[] {28, 3}, output.overreachLogits().shape());
                assertArrayEquals(new long[] {14, 3}, output.patchEmbeddings().shape());
                assertArrayEquals(new long[] {2, 3}, output.imageEmbeddings().shape());
                int[] expected = new int[28];
                Arrays.setAll(expected, i -> i / 2);
                assertArrayEquals(expected, output.overreachPoints());
            }
            network.training(false);
            try (Tape tape = engine.inference()) {
                SwipeOutput output = network.forward(tape.constant(images(2)), points, null, 1);
                assertNull(output.overreachLogits());
                assertEquals(0, output.overreachPoints().length);
            }
        }
        Swipe alone = TinySwipe.network(
                TinySwipe.OPTIONS
                        .withOverreach(8, 0)
                        .withDecoder(TinySwipe.OPTIONS.decoder().withImage(false)),
                1);
        try (Engine engine = Engine.preferred();
                Tape tape = engine.inference()) {
            SwipeOutput output = alone.forward(tape.constant(images(2)), points, null, 1);
            assertNull(output.overreachLogits());
            assertNull(output.imageLogits());
            assertNotNull(output.patchLogits());
        }
    }

    @Test
    void thePatchEmbeddingsArePointsOwn() {
        // given points in the patches (row 1, column 2) and (row 0, column 0) of the second of two images
        Swipe network = TinySwipe.network(TinySwipe.OPTIONS, 1);
        network.training(false);
        PointBatch points = new PointBatch(2, 2, new float[] {1, 2, 70, 3}, new float[] {1, 2, 40, 3});
        try (Engine engine = Engine.preferred();
                Tape tape = engine.inference()) {
            Tensor images = tape.constant(images(2));

            // when
            SwipeOutput output = network.forward(images, points, null, 1);
            INDArray map = network.forward(images).value();

            // then
            for (int c = 0; c < 3; c++) {
                assertEquals(
                        map.getDouble(1, 1, 2, c),
                        output.patchEmbeddings().value().getDouble(2, c),
                        1e-6);
                assertEquals(
                        map.getDouble(1, 0, 0, c),
                        output.patchEmbeddings().value().getDouble(3, c),
                        1e-6);
                double mean = 0;
                for (int patch = 0; patch < 6; patch++) {
                    mean += map.getDouble(1, patch / 3, patch % 3, c) / 6;
                }
                assertEquals(mean, output.imageEmbeddings().value().getDouble(1, c), 1e-5);
            }
        }
    }

    @Test
    void theSameSeedGivesTheSameBits() {
        PointBatch points = TinySwipe.points(3, 2, 7, HEIGHT, WIDTH);
        try (Engine engine = Engine.preferred()) {
            // when two equal networks take the same step, dropout and overreach included
            float[] first = answers(engine, TinySwipe.network(TinySwipe.OPTIONS, 1), images(2), points, 5);
            float[] again = answers(engine, TinySwipe.network(TinySwipe.OPTIONS, 1), images(2), points, 5);
            float[] other = answers(engine, TinySwipe.network(TinySwipe.OPTIONS, 1), images(2), points, 6);

            // then only another seed differs, and only beyond the patches
            assertArrayEquals(first, again, 0);
            assertArrayEquals(Arrays.copyOf(first, 28), Arrays.copyOf(other, 28), 0);
            assertFalse(Arrays.equals(first, other));
        }
    }

    @Test
    void fastAndReferenceKernelsAgree() {
        PointBatch points = TinySwipe.points(3, 2, 7, HEIGHT, WIDTH);
        try (Engine fast = Engine.preferred();
                Engine reference = Engine.reference(DataType.FLOAT)) {
            // given two equal networks whose last layers are not as small as they begin
            Swipe one = larger(TinySwipe.network(TinySwipe.OPTIONS, 1));
            Swipe two = larger(TinySwipe.network(TinySwipe.OPTIONS, 1));

            // when, then
            float[] expected = answers(reference, one, images(2), points, 5);
            float[] found = answers(fast, two, images(2), points, 5);
            assertArrayEquals(expected, found, 2e-3f);
        }
    }

    private static Swipe larger(Swipe network) {
        Init init = new Init(DataType.FLOAT, 8);
        network.parameters()
                .forEach((name, p) -> p.value().addi(init.normal(0.2, p.value().shape())));
        return network;
    }

    @Test
    void itComputesInBf16EnginesToo() {
        // given an engine for bf16 images, and images of that type
        PointBatch points = TinySwipe.points(3, 2, 7, HEIGHT, WIDTH);
        Swipe network = TinySwipe.network(TinySwipe.OPTIONS, 1);
        try (Engine engine = Engine.reference(Precision.BF16);
                Tape tape = engine.record()) {
            // when
            SwipeOutput output =
                    network.forward(tape.constant(images(2).castTo(Precision.BF16.type())), points, null, 1);
            tape.backward(Arithmetic.sum(output.patchLogits()));

            // then
            assertEquals(DataType.FLOAT, output.patchLogits().type());
            assertNotNull(network.parameters()
                    .get("encoder.backbone.stem.0.conv.weight")
                    .gradient());
        }
    }

    @Test
    void savedAndLoadedItAnswersTheSame(@TempDir Path folder) {
        // given a network whose running statistics are not what they began as
        PointBatch points = TinySwipe.points(3, 2, 7, HEIGHT, WIDTH);
        Swipe network = TinySwipe.network(TinySwipe.OPTIONS, 1);
        Path file = folder.resolve("swipe.safetensors");
        try (Engine engine = Engine.preferred()) {
            answers(engine, network, images(2), points, 1);
            network.training(false);
            float[] expected = answers(engine, network, images(2), points, 1);

            // when
            SafeTensors.write(file, network.values(), Map.of());
            Swipe other = TinySwipe.network(TinySwipe.OPTIONS, 9);
            other.training(false);
            float[] before = answers(engine, other, images(2), points, 1);
            other.load(SafeTensors.read(file).tensors());

            // then
            assertArrayEquals(expected, answers(engine, other, images(2), points, 1), 0);
            assertFalse(Arrays.equals(expected, before));
        }
    }

    @Test
    void sourceCoordinatesMatter() {
        // given a network that sees them
        SwipeOptions options =
                TinySwipe.OPTIONS.withDecoder(TinySwipe.OPTIONS.decoder().withSource(true));
        Swipe network = larger(TinySwipe.network(options, 1));
        network.training(false);
        PointBatch points = TinySwipe.points(3, 1, 5, HEIGHT, WIDTH);
        try (Engine engine = Engine.preferred();
                Tape tape = engine.inference()) {
            // when the same image is said to come from two places
            Tensor image = tape.constant(images(1));
            List<SourceFrame> here = List.of(SourceFrame.whole(WIDTH, HEIGHT));
            List<SourceFrame> there = List.of(new SourceFrame(200, 100, 1, 1, 400, 300));
            float[] first = floats(network.forward(image, points, here, 1).patchLogits());
            float[] second = floats(network.forward(image, points, there, 1).patchLogits());

            // then
            assertFalse(Arrays.equals(first, second));
        }
        assertEquals(2 * 210 / 399.0 - 1, new SourceFrame(200, 100, 1, 1, 400, 300).x(10), 1e-6);
        assertEquals(2 * 80 / 299.0 - 1, new SourceFrame(200, 100, 1, -2, 400, 300).y(10), 1e-6);
    }

    @Test
    void itLearnsAShape() {
        // given two images with a bright disc each, whose inside is the foreground
        Swipe network = TinySwipe.network(SwipeOptions.small(), 3);
        INDArray images = new Init(DataType.FLOAT, 1).uniform(0.2, 2, 64, 64, 3);
        for (int n = 0; n < 2; n++) {
            for (int y = 0; y < 64; y++) {
                for (int x = 0; x < 64; x++) {
                    if (inside(n, x, y)) {
                        images.putScalar(new int[] {n, y, x, 0}, 0.9);
                        images.putScalar(new int[] {n, y, x, 1}, 0.7);
                    }
                }
            }
        }
        PointBatch points = TinySwipe.points(7, 2, 200, 64, 64);
        INDArray target = new Init(DataType.FLOAT, 1).zeros(400, 1);
        INDArray repeated = new Init(DataType.FLOAT, 1).zeros(800, 1);
        for (int i = 0; i < 400; i++) {
            double truth = inside(i / 200, points.x()[i], points.y()[i]) ? 1 : 0;
            target.putScalar(i, truth);
            repeated.putScalar(2L * i, truth);
            repeated.putScalar(2L * i + 1, truth);
        }

        // when it takes some steps
        double first = 0;
        double last = 0;
        try (Engine engine = Engine.preferred();
                Adam adam = new Adam(network.parameters(), AdamOptions.of(1e-2))) {
            for (int step = 0; step < 25; step++) {
                try (Tape tape = engine.record()) {
                    SwipeOutput output = network.forward(tape.constant(images), points, null, step);
                    Tensor loss = Arithmetic.add(
                            Arithmetic.add(
                                    Losses.bceWithLogits(output.patchLogits(), target),
                                    Losses.bceWithLogits(output.imageLogits(), target)),
                            Arithmetic.scale(Losses.bceWithLogits(output.overreachLogits(), repeated), 0.1));
                    tape.backward(loss);
                    adam.step();
                    last = loss.scalar();
                    first = step == 0 ? last : first;
                }
            }
        }

        // then
        assertEquals(2.1 * Math.log(2), first, 0.2);
        assertTrue(last < 0.6 * first, "the loss went from " + first + " to " + last);
    }

    private static boolean inside(int image, float x, float y) {
        return Math.hypot(x - 24 - 12 * image, y - 34) < 17;
    }

    @Test
    void encodingInTrainingIsRefused() {
        Swipe network = TinySwipe.network(TinySwipe.OPTIONS, 1);
        try (Engine engine = Engine.preferred()) {
            assertThrows(IllegalStateException.class, () -> network.encode(engine, images(1), null));
            network.training(false);
            assertThrows(IllegalArgumentException.class, () -> network.encode(engine, images(2), null));
        }
    }
}
