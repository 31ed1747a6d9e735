package slidefield.nic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.io.InputException;
import slidefield.nn.Engine;
import slidefield.nn.Init;
import slidefield.nn.Module;
import slidefield.nn.Tape;

/** Parameters of the paper's networks, shapes of small ones, and what is refused. */
class EncoderSizesTest {
    private static final Init INIT = new Init(DataType.FLOAT, 1);

    private static long count(Module module) {
        return module.parameterCount();
    }

    @Test
    void thePapersNetworksHaveItsParameters() {
        StridedEncoderOptions vae = StridedEncoderOptions.histopathology(EncoderMethod.VAE);
        assertEquals(5_897_728, count(new VaeEncoder(vae, INIT)));
        assertEquals(2_646_403, count(new CodeDecoder(CodeDecoderOptions.vae(), 128, 128, 3, INIT)));
        assertEquals(33_793, count(new ClassHead(INIT, 128, 256, 1)));
        assertEquals(35_849, count(new ClassHead(INIT, 128, 256, 9)));
        assertEquals(66_561, count(new ClassHead(INIT, 256, 256, 1)));
        assertEquals(655_235, count(new CodeDecoder(CodeDecoderOptions.biGan(), 128, 64, 3, INIT)));
        assertEquals(1_908_737, count(new BiGanDiscriminator(BiGanEncoderOptions.published(), 1024, 0.5, INIT, 1)));
    }

    @Test
    void theSyntheticOnesToo() {
        StridedEncoderOptions options = StridedEncoderOptions.synthetic(EncoderMethod.SUPERVISED, 16);
        assertEquals(57_104, count(new StridedEncoder(options, INIT)));
        // a second head of 64 x 16 + 16
        assertEquals(
                57_104 + 1_040, count(new VaeEncoder(StridedEncoderOptions.synthetic(EncoderMethod.VAE, 16), INIT)));
    }

    @Test
    void theLearnersAreMadeOfThem() {
        try (Engine engine = Engine.preferred();
                EncoderLearner supervised = EncoderTraining.learner(EncoderSettings.preset("supervised"), engine);
                EncoderLearner contrastive = EncoderTraining.learner(EncoderSettings.preset("contrastive"), engine)) {
            long encoder = 5_897_728 - (512 * 128 + 128);
            assertEquals(encoder, count(supervised.encoder()));
            assertEquals(encoder + 33_793, count(supervised.network()));
            assertEquals(encoder + 66_561, count(contrastive.network()));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 16, 21})
    void aDecoderPaintsPatchesOfAnySizeUpToItsOwn(int patch) {
        CodeDecoderOptions options = new CodeDecoderOptions(3, 2, List.of(2, 2, 2));
        try (Engine engine = Engine.preferred();
                Tape tape = engine.inference()) {
            CodeDecoder decoder = new CodeDecoder(options, 3, patch, 1, INIT);
            INDArray painted =
                    decoder.forward(tape.constant(INIT.normal(1, 2, 3))).value();
            assertArrayEquals(new long[] {2, patch, patch, 1}, painted.shape());
            assertTrue(painted.maxNumber().doubleValue() <= 1
                    && painted.minNumber().doubleValue() >= -1);
        }
        assertThrows(IllegalArgumentException.class, () -> new CodeDecoder(options, 3, 25, 1, INIT));
    }

    @ParameterizedTest
    @EnumSource(EncoderMethod.class)
    void aTrainedOneIsSavedAndLoaded(EncoderMethod method, @TempDir Path folder) {
        StridedEncoderOptions options = new StridedEncoderOptions(method, 8, 1, List.of(2, 3), 4, 2);
        Path file = folder.resolve("encoder.safetensors");
        new TrainedEncoder(options, options.build(DataType.FLOAT, 5)).save(file);
        TrainedEncoder read = TrainedEncoder.load(file, DataType.FLOAT);
        assertEquals(options, read.options());
        assertEquals(method.title(), read.options().title());
        assertEquals(options.build(DataType.FLOAT, 5).values(), read.network().values());
    }

    @Test
    void impossibleSizesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new StridedEncoderOptions(null, 8, 1, List.of(2), 4, 2));
        for (List<Integer> widths : List.of(List.<Integer>of(), List.of(0), List.of(4096))) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new StridedEncoderOptions(EncoderMethod.VAE, 4096, 1, widths, 4, 2),
                    widths.toString());
        }
        assertThrows(IllegalArgumentException.class, () -> new CodeDecoderOptions(4, 0, List.of(2)));
        assertThrows(IllegalArgumentException.class, () -> new CodeDecoderOptions(4, 1, List.of()));
        Init init = new Init(DataType.FLOAT, 1);
        SiameseNetwork network = new SiameseNetwork(EncoderGradientTest.tiny(EncoderMethod.CONTRASTIVE), 3, init);
        try (Engine engine = Engine.preferred();
                Tape tape = engine.inference()) {
            assertThrows(
                    IllegalArgumentException.class, () -> network.forward(tape.constant(init.normal(1, 3, 6, 6, 3))));
            assertThrows(
                    IllegalArgumentException.class, () -> network.forward(tape.constant(init.normal(1, 4, 6, 5, 3))));
        }
    }

    @Test
    void objectiveAndEncoderMustFit() {
        EncoderSettings vae = EncoderSettings.preset("vae-teaching");
        InputException wrong = assertThrows(InputException.class, () -> vae.with("encoder.method", "supervised"));
        assertTrue(wrong.getMessage().contains("method vae"), wrong.getMessage());
        wrong = assertThrows(InputException.class, () -> vae.with("objective.decoder.side", "2"));
        assertTrue(wrong.getMessage().contains("objective.decoder paints 32 pixels"), wrong.getMessage());
        wrong = assertThrows(InputException.class, () -> vae.with("patches.validation", "0"));
        assertTrue(wrong.getMessage().contains("patches.validation"), wrong.getMessage());
        wrong = assertThrows(InputException.class, () -> vae.with("training.rate", "1"));
        assertTrue(wrong.getMessage().contains("training.schedule.rate"), wrong.getMessage());
        assertThrows(InputException.class, () -> EncoderSettings.preset("huge"));
    }

    @Test
    void settingsAreReadAsTheyWereWritten(@TempDir Path folder) throws IOException {
        for (String preset : EncoderSettings.presets()) {
            EncoderSettings settings = EncoderSettings.preset(preset).withSeed(7);
            Path file = folder.resolve("config.yaml");
            Files.writeString(file, settings.toYaml());
            assertEquals(settings, EncoderSettings.read(file), preset);
        }
    }
}
