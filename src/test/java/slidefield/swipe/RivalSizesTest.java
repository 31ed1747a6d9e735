package slidefield.swipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.fit.Targets;
import slidefield.nn.Engine;
import slidefield.nn.Init;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;

/** Parameter counts of SwIPE's Table 1 and the shapes of what the networks answer. */
class RivalSizesTest {
    private static long parameters(RivalOptions options) {
        return options.build(DataType.FLOAT, 1).parameterCount();
    }

    @Test
    void theBackboneOfPraNetAndRes2UNetIsRes2Net50() {
        assertEquals(
                23_669_352, new Res2Net(new Init(DataType.FLOAT, 1), BackboneOptions.res2Net50()).parameterCount());
    }

    @Test
    void thePapersPraNetHasThePapersParameters() {
        // the comparison also counts a classification layer of one class on the 2048 channels of the backbone
        assertEquals(30_500_368, parameters(PraNetOptions.paper()) + 2048 + 1);
    }

    @Test
    void thePapersRes2UNetHasThePapersParameters() {
        Res2UNetOptions paper = Res2UNetOptions.paper();
        assertEquals(25_419_498, parameters(new Res2UNetOptions(paper.backbone(), paper.widths(), paper.head(), 2)));
        assertEquals(25_419_465, parameters(paper));
    }

    @Test
    void thePapersUNetHasNearlyThePapersParameters() {
        assertEquals(7_700_161, parameters(PixelUNetOptions.paper()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void everyMapIsAsLargeAsTheImagesAndTheFirstIsTheAnswer(int images) {
        for (RivalOptions options : TinyRivals.all()) {
            if (!(options.build(DataType.FLOAT, 3) instanceof PixelNetwork network)) {
                continue;
            }
            network.training(false);
            INDArray colours = new Init(DataType.FLOAT, 5).uniform(1, images, 64, 96, 3);
            try (Engine engine = Engine.preferred();
                    Tape tape = engine.inference()) {
                List<Tensor> maps = network.maps(tape.constant(colours));
                assertEquals(options instanceof PraNetOptions ? 4 : 1, maps.size());
                for (Tensor map : maps) {
                    assertArrayEquals(new long[] {images, 64, 96, 1}, map.shape());
                }
                assertArrayEquals(
                        EncodedImage.floats(maps.get(0).value()),
                        EncodedImage.floats(
                                network.forward(tape.constant(colours)).value()));
            }
        }
    }

    @Test
    void imagesOfOtherSizesAreRefused() {
        for (RivalOptions options : TinyRivals.all()) {
            RivalNetwork network = options.build(DataType.FLOAT, 3);
            INDArray colours = new Init(DataType.FLOAT, 5).uniform(1, 1, 64, 64 + options.sizeMultiple() / 2, 3);
            try (Engine engine = Engine.preferred();
                    Tape tape = engine.inference()) {
                Tensor images = tape.constant(colours);
                String message = assertThrows(IllegalArgumentException.class, () -> network.forward(images))
                        .getMessage();
                assertTrue(message.contains("multiples of " + options.sizeMultiple()), message);
            }
        }
    }

    @Test
    void reverseAttentionErasesWhatIsForegroundAlready() {
        // given two maps, and an answer that is sure of the foreground in its left half
        Init init = new Init(DataType.FLOAT, 7);
        ReverseAttention reverse = new ReverseAttention(init, 3, 4, 3, 2, 3);
        reverse.training(false);
        float[] sure = new float[4 * 16];
        for (int i = 0; i < sure.length; i++) {
            sure[i] = i % 16 < 8 ? 90 : -90;
        }
        try (Engine engine = Engine.preferred();
                Tape tape = engine.inference()) {
            Tensor logits = tape.constant(Targets.array(tape, sure, 1, 4, 16, 1));
            float[][] found = new float[2][];
            for (int k = 0; k < 2; k++) {
                Tensor map = tape.constant(init.uniform(1, 1, 4, 16, 3));
                found[k] = EncodedImage.floats(reverse.refine(map, logits).value());
            }
            // when / then the maps matter where three 3 x 3 convolutions reach the right half, and not beyond
            for (int i = 0; i < sure.length; i++) {
                double difference = Math.abs(found[0][i] - found[1][i]);
                if (i % 16 < 5) {
                    assertEquals(0, difference, 1e-12, "pixel " + i);
                } else if (i % 16 >= 8) {
                    assertTrue(difference > 1e-6, "pixel " + i);
                }
            }
        }
    }
}
