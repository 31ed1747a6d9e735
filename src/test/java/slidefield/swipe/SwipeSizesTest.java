package slidefield.swipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.Engine;
import slidefield.nn.Init;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;

/** Numbers of parameters against the authors', shapes, and options that fit. */
class SwipeSizesTest {
    private static long count(Swipe network, String... prefixes) {
        return network.parameters().entrySet().stream()
                .filter(entry -> List.of(prefixes).stream().anyMatch(entry.getKey()::startsWith))
                .mapToLong(entry -> entry.getValue().value().length())
                .sum();
    }

    private static long total(SwipeOptions options) {
        Swipe network = TinySwipe.network(options, 1);
        long count = network.parameterCount();
        network.values().values().forEach(INDArray::close);
        return count;
    }

    @Test
    void theReleasedModelHasTheAuthorsNumberOfParameters() {
        // given
        Swipe network = TinySwipe.network(SwipeOptions.released(), 1);

        // when
        long backbone = count(network, "encoder.backbone.");
        long attention = count(network, "encoder.attention.");

        // then
        assertEquals(904_762, backbone);
        assertEquals(4_404, attention);
        assertEquals(1_264_436, count(network, "encoder.") - backbone);
        assertEquals(410_113, count(network, "patch_decoder."));
        assertEquals(133_121, count(network, "image_decoder."));
        assertEquals(2_712_432, network.parameterCount());
    }

    @ParameterizedTest
    @CsvSource({"14, 2.31", "28, 2.71", "50, 3.49"})
    void theDepthStudyHasTheAuthorsSizes(int layers, String millions) {
        long count = total(SwipeOptions.released().withBackbone(BackboneOptions.ofDepth(layers)));
        assertEquals(millions, String.format(Locale.ROOT, "%.2f", count / 1e6));
    }

    @Test
    void everySwitchChangesWhatItShould() {
        SwipeOptions released = SwipeOptions.released();
        NeckOptions neck = released.neck();
        DecoderOptions decoder = released.decoder();
        long whole = 2_712_432;

        // 1 x 1 convolutions instead of receptive field blocks, both normalised
        assertEquals(
                whole - 1_193_472 + 64 * (128 + 160 + 192 + 256) + 4 * 128,
                total(released.withNeck(neck.withRfb(false))));
        // a cascade has no parameters
        assertEquals(whole, total(released.withNeck(neck.withCascade(false))));
        assertEquals(whole - 4_404, total(released.withNeck(neck.withFusion(Fusion.ADDITION))));
        assertEquals(
                whole - 4_404 + 4 * 256 * 256 + 256, total(released.withNeck(neck.withFusion(Fusion.CONCATENATION))));
        assertEquals(whole - 133_121, total(released.withDecoder(decoder.withImage(false))));
        // the two layers that see the input
        assertEquals(whole - 2 * 258 * 256, total(released.withDecoder(decoder.withGlobal(false))));
        assertEquals(whole + 2 * 2 * 256, total(released.withDecoder(decoder.withSource(true))));
        assertEquals(whole - 2 * 24 * 256, total(released.withDecoder(decoder.withFourier(false))));
        // a batch norm and a 1 x 1 convolution behind the attention, p^S instead of Fourier features
        assertEquals(whole + 2 * 256 + 256 * 256 + 256 + 2 * (2 - 24) * 256, total(SwipeOptions.paper()));
        // embeddings of 128, as the paper says, are too few for its own number of parameters
        assertEquals(2.50, total(released.withNeck(neck.withEmbedding(128))) / 1e6, 0.005);
        assertEquals(whole + 12 * 257 + 12 * 129, total(released.withClasses(13)));
        assertTrue(total(SwipeOptions.small()) < 150_000);
    }

    @ParameterizedTest
    @CsvSource({"32, 32", "16, 32", "8, 32", "64, 64", "48, 96"})
    void patchesOfAnySizeFit(int patch, int multiple) {
        // given
        SwipeOptions options = TinySwipe.OPTIONS.withPatch(patch);
        Swipe network = TinySwipe.network(options, 1);
        INDArray images = TinySwipe.images(DataType.FLOAT, 2, 2, 2 * multiple, multiple);

        // when, then
        assertEquals(multiple, options.sizeMultiple());
        try (Engine engine = Engine.preferred();
                Tape tape = engine.inference()) {
            assertArrayEquals(
                    new long[] {2, 2L * multiple / patch, multiple / patch, 3},
                    network.forward(tape.constant(images)).shape());
        }
    }

    @Test
    void otherImagesAreClearErrors() {
        Swipe network = TinySwipe.network(TinySwipe.OPTIONS, 1);
        try (Engine engine = Engine.preferred();
                Tape tape = engine.inference()) {
            for (long[] shape : new long[][] {{1, 64, 48, 3}, {1, 33, 64, 3}, {1, 32, 32, 1}, {32, 32, 3}}) {
                Tensor wrong = tape.constant(new Init(DataType.FLOAT, 1).zeros(shape));
                String said = said(() -> network.forward(wrong));
                assertTrue(said.contains("multiples of 32") && said.contains("found ["), said);
            }
            Tensor two = tape.constant(TinySwipe.images(DataType.FLOAT, 1, 2, 32, 64));
            PointBatch three = TinySwipe.points(1, 3, 4, 32, 64);
            assertTrue(said(() -> network.forward(two, three, null, 1)).contains("points of 2 images"));
            Swipe sourced = TinySwipe.network(SwipeGradientTest.paper(), 1);
            PointBatch points = TinySwipe.points(1, 2, 4, 32, 64);
            assertTrue(said(() -> sourced.forward(two, points, null, 1)).contains("found none"));
            assertTrue(said(() -> sourced.forward(two, points, List.of(SourceFrame.whole(9, 9)), 1))
                    .contains("found 1"));
        }
    }

    private static String said(Supplier<?> work) {
        return assertThrows(IllegalArgumentException.class, work::get).getMessage();
    }

    @Test
    void impossibleOptionsAreNamed() {
        SwipeOptions o = SwipeOptions.released();
        assertTrue(said(() -> BackboneOptions.ofDepth(34)).contains("14, 28 or 50"));
        assertTrue(said(() -> new BackboneOptions(0, List.of(1, 1, 1, 1), List.of(4, 4, 4, 4)))
                .contains("stem"));
        assertTrue(said(() -> new BackboneOptions(1, List.of(1, 1, 1), List.of(4, 4, 4, 4)))
                .contains("blocks"));
        assertTrue(said(() -> new BackboneOptions(1, List.of(1, 1, 1, 1), List.of(2, 4, 4, 4)))
                .contains("planes"));
        assertTrue(said(() -> o.withPatch(0)).contains("patch"));
        assertTrue(said(() -> o.withClasses(0)).contains("classes"));
        assertTrue(said(() -> o.withOverreach(6, 8)).contains("connectivity"));
        assertTrue(said(() -> o.withOverreach(8, -1)).contains("occurrences"));
        assertTrue(said(() -> o.neck().withEmbedding(0)).contains("embedding"));
        assertTrue(said(() -> new NeckOptions(
                        64, 256, 16, true, true, Fusion.ADDITION, true, ImageEmbedding.PATCH_EMBEDDINGS))
                .contains("output layer"));
        assertTrue(said(() -> new DecoderOptions(List.of(8), List.of(8, 8), 0, true, true, true, false))
                .contains("patch decoder"));
        assertTrue(said(() -> new DecoderOptions(List.of(8, 8), List.of(8, 8), 1, true, true, true, false))
                .contains("dropout"));
        assertTrue(said(() -> new Lattice(0, 3, 0, 0, 1, 1)).contains("lattice"));
        assertTrue(said(() -> new Lattice(1, 3, Double.NaN, 0, 1, 1)).contains("lattice"));
        assertTrue(said(() -> new SourceFrame(0, 0, 1, 1, 1, 5)).contains("frame"));
    }
}
