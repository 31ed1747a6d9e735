package slidefield.swipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.Engine;
import slidefield.nn.Init;
import slidefield.nn.Pooling;
import slidefield.nn.Shapes;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;

/** An encoded image as a field: the same at any resolution, its neighbours and its attention. */
class EncodedImageTest {
    private static final int HEIGHT = 64;
    private static final int WIDTH = 96;

    private Engine engine;
    private Swipe network;
    private INDArray image;
    private EncodedImage field;

    @BeforeEach
    void encode() {
        engine = Engine.preferred();
        network = TinySwipe.network(TinySwipe.OPTIONS.withClasses(2), 1);
        Init init = new Init(DataType.FLOAT, 8);
        network.parameters()
                .forEach((name, p) -> p.value().addi(init.normal(0.3, p.value().shape())));
        image = TinySwipe.images(DataType.FLOAT, 2, 1, HEIGHT, WIDTH);
        network.training(false);
        field = network.encode(engine, image, null);
    }

    @AfterEach
    void close() {
        field.close();
        engine.close();
    }

    @Test
    void aFieldAnswersAsTheNetworkDoes() {
        // given some points
        PointBatch points = TinySwipe.points(4, 1, 50, HEIGHT, WIDTH);
        float[] expected;
        try (Tape tape = engine.inference()) {
            expected = network.forward(tape.constant(image), points, null, 1)
                    .patchLogits()
                    .value()
                    .reshape(100)
                    .toFloatVector();
        }

        // when, then
        assertArrayEquals(expected, field.logits(points.x(), points.y()), 1e-5f);
        assertEquals(0, field.logits(new float[0], new float[0]).length);
        assertThrows(IllegalArgumentException.class, () -> field.logits(new float[1], new float[2]));
    }

    @Test
    void aFinerLatticeOnlyAddsPoints() {
        // given every pixel, in more than one piece, and every half pixel of a corner
        float[] coarse = field.logits(Lattice.pixels(WIDTH, HEIGHT));
        float[] fine = field.logits(new Lattice(180, 120, 0, 0, 0.5, 0.5));

        // when, then: the pixels' own answers are among them
        assertEquals(2 * WIDTH * HEIGHT, coarse.length);
        for (int y = 0; y < 60; y++) {
            for (int x = 0; x < 90; x++) {
                for (int c = 0; c < 2; c++) {
                    assertEquals(coarse[2 * (y * WIDTH + x) + c], fine[2 * (2 * y * 180 + 2 * x) + c], 1e-5);
                }
            }
        }
    }

    @Test
    void moreThanOnePieceIsTheSameAsOne() {
        // given 150 x 100 points, more than fit into one piece
        Lattice many = Lattice.resized(WIDTH, HEIGHT, 150, 100);
        float[] all = field.logits(many);

        // when single rows of them are asked alone, then they answer the same
        for (int row : new int[] {0, 54, 99}) {
            float[] x = new float[150];
            float[] y = new float[150];
            for (int i = 0; i < 150; i++) {
                x[i] = many.x(row * 150 + i);
                y[i] = many.y(row * 150 + i);
            }
            float[] alone = field.logits(x, y);
            for (int i = 0; i < 300; i++) {
                assertEquals(all[300 * row + i], alone[i], 1e-5);
            }
        }
    }

    @Test
    void aResizedLatticeCoversTheSameArea() {
        // given a mask of a third of the size, and one twice as large
        Lattice third = Lattice.resized(96, 63, 32, 21);
        Lattice twice = Lattice.resized(96, 64, 192, 128);

        // when, then: its first pixel covers three, whose middle is pixel 1; or half a pixel
        assertEquals(1, third.x(0), 1e-6);
        assertEquals(1, third.y(31), 1e-6);
        assertEquals(4, third.y(32), 1e-6);
        assertEquals(94, third.x(31), 1e-6);
        assertEquals(-0.25, twice.x(0), 1e-6);
        assertEquals(95.25, twice.x(191), 1e-6);
        assertEquals(Lattice.pixels(96, 64), Lattice.resized(96, 64, 96, 64));
    }

    @Test
    void neighboursGiveMeanAndVariance() {
        // given a point in the corner patch, which has three neighbours, and one in the middle of the lower row
        float[] x = {5, 50};
        float[] y = {7, 40};

        for (int i = 0; i < 2; i++) {
            // when
            NeighbourLogits found = field.neighbourLogits(new Lattice(1, 1, x[i], y[i], 1, 1));

            // then, by asking the decoder for each patch by itself
            double[] sum = new double[2];
            double[] squares = new double[2];
            int patches = 0;
            for (int row = 0; row <= 1; row++) {
                for (int column = 0; column < 3; column++) {
                    if (i == 0 && column == 2) {
                        continue;
                    }
                    float[] logits = fromPatch(x[i], y[i], row * 3 + column);
                    patches++;
                    for (int c = 0; c < 2; c++) {
                        sum[c] += logits[c];
                        squares[c] += logits[c] * (double) logits[c];
                    }
                }
            }
            for (int c = 0; c < 2; c++) {
                double mean = sum[c] / patches;
                double variance = squares[c] / patches - mean * mean;
                assertEquals(mean, found.mean()[c], 1e-5);
                assertEquals(variance, found.variance()[c], 1e-4 * (1 + variance));
                assertTrue(variance > 1e-6);
            }
        }
    }

    private float[] fromPatch(float x, float y, int patch) {
        try (Tape tape = engine.inference()) {
            PatchGrid grid = new PatchGrid(HEIGHT, WIDTH, 32);
            Tensor map = network.forward(tape.constant(image));
            Tensor table = Shapes.reshape(map, 6, 3);
            Encoded encoded = new Encoded(grid, table, Pooling.global(map), null);
            DecoderInput asked = encoded.patchInput(
                    network.options().decoder(), new float[] {x}, new float[] {y}, new int[] {patch});
            return network.patchDecoder().decode(asked).value().reshape(2).toFloatVector();
        }
    }

    @Test
    void everyPatchsAttentionSumsToOne() {
        float[] attention = field.attention();
        assertEquals(2, field.patchRows());
        assertEquals(3, field.patchColumns());
        assertEquals(6 * 4, attention.length);
        for (int patch = 0; patch < 6; patch++) {
            double sum = 0;
            for (int n = 0; n < 4; n++) {
                assertTrue(attention[4 * patch + n] > 0);
                sum += attention[4 * patch + n];
            }
            assertEquals(1, sum, 1e-5);
        }
        // and without attention there is none
        Swipe other = TinySwipe.network(
                TinySwipe.OPTIONS.withNeck(TinySwipe.OPTIONS.neck().withFusion(Fusion.ADDITION)), 1);
        other.training(false);
        try (EncodedImage plain = other.encode(engine, image, null)) {
            assertEquals(0, plain.attention().length);
        }
    }
}
