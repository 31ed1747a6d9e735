package slidefield.swipe.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.io.InputException;
import slidefield.nn.Engine;
import slidefield.nn.Module;
import slidefield.nn.Tape;

/** Numbers of parameters, shapes, and options that fit. */
class VolumeSizesTest {
    private static long count(Module network, String prefix) {
        return network.parameters().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .mapToLong(entry -> entry.getValue().value().length())
                .sum();
    }

    private static void close(Module network) {
        network.values().values().forEach(INDArray::close);
    }

    @Test
    void thePapersSwipeHasFourPointFourMillionParameters() {
        // given
        VolumeSwipe network = VolumeSwipeOptions.paper().build(DataType.FLOAT, 1);

        // when
        long backbone = count(network, "encoder.backbone.");
        long attention = count(network, "encoder.attention.");

        // then worked out by hand: 1 stem and 16 blocks; RFB-L 64 c + 159 16^2 + 26 norms; four 16 -> 512
        assertEquals(84_064 + 247_792 + 515_392 + 1_130_322 + 1_016_632, backbone);
        assertEquals(8_500, attention);
        assertEquals(209_920 + 1_664 + 34_816, count(network, "encoder.") - backbone - attention);
        assertEquals(732_174, count(network, "patch_decoder."));
        assertEquals(365_710, count(network, "image_decoder."));
        assertEquals(4_346_986, network.parameterCount());
        close(network);
    }

    @Test
    void thePapersUNetHasTheAuthorsNumberOfParameters() {
        VolumeUNet network = VolumeUNetOptions.paper().build(DataType.FLOAT, 1);
        assertEquals(16_318_766, network.parameterCount());
        close(network);
    }

    @Test
    void everySwitchChangesWhatItShould() {
        VolumeSwipeOptions paper = VolumeSwipeOptions.paper();
        VolumeSwipe network = new VolumeSwipeOptions(
                        paper.stem(),
                        paper.blocks(),
                        paper.planes(),
                        paper.width(),
                        paper.embedding(),
                        paper.squeeze(),
                        true,
                        paper.volumeEmbedding(),
                        8,
                        paper.decoder().withFourier(true).withSource(false).withImage(false),
                        paper.patch(),
                        1,
                        0)
                .build(DataType.FLOAT, 1);
        long mlp2 = 512 * 512 + 512 + 2 * 512;
        long features = 2 * (36 - 3) * 256;
        long logits = 13 * 257;
        assertEquals(4_346_986 + mlp2 + features - logits - 365_710, network.parameterCount());
        close(network);
    }

    @Test
    void embeddingsAndLogitsHaveTheirShapes() {
        try (Engine engine = Engine.preferred();
                Tape tape = engine.inference()) {
            // given crops of 32 x 64 x 32 voxels, D x H x W
            INDArray crops = TinyVolumes.crops(DataType.FLOAT, 1, 2, 32, 64, 32);
            // when
            long[] embeddings = new VolumeSwipe(TinyVolumes.SWIPE, DataType.FLOAT, 1)
                    .forward(tape.constant(crops))
                    .shape();
            long[] logits = new VolumeUNet(new VolumeUNetOptions(1, 3, 5), DataType.FLOAT, 1)
                    .forward(tape.constant(crops))
                    .shape();
            // then
            assertArrayEquals(new long[] {2, 4, 8, 4, 3}, embeddings);
            assertArrayEquals(new long[] {2, 32, 64, 32, 5}, logits);
        }
    }

    @Test
    void cropsOfAnotherSizeAreRefused() {
        try (Engine engine = Engine.preferred();
                Tape tape = engine.inference()) {
            INDArray crop = TinyVolumes.crops(DataType.FLOAT, 1, 1, 32, 40, 32);
            VolumeSwipe network = new VolumeSwipe(TinyVolumes.SWIPE, DataType.FLOAT, 1);
            String message = assertThrows(IllegalArgumentException.class, () -> network.forward(tape.constant(crop)))
                    .getMessage();
            assertTrue(message.contains("multiples of 32"), message);
            INDArray whole = TinyVolumes.crops(DataType.FLOAT, 1, 1, 32, 32, 32);
            assertThrows(
                    IllegalStateException.class,
                    () -> network.encode(engine, whole, TinyVolumes.frames().get(0)));
        }
    }

    @Test
    void whatDoesNotFitIsNamed() {
        Map<String, String> wrong = Map.ofEntries(
                Map.entry("volume.step=24", "step must be 8, 16 or 32"),
                Map.entry("volume.blocks=[1, 1]", "blocks must be four numbers"),
                Map.entry("training.crop=[32, 32, 40]", "training.crop must be multiples of 32"),
                Map.entry("training.crop=[32, 32]", "crop must be three numbers"),
                Map.entry("scaling.spacing=[1, 1]", "spacing must be three numbers"),
                Map.entry("scaling.high=0.1", "high must be above low"),
                Map.entry("augmentation.flip=[1]", "flip must be three probabilities"),
                Map.entry("prediction.overlap=1", "overlap must be at least 0 and below 1"),
                Map.entry("training.batch=1", "training.batch must be at least 2"),
                Map.entry("volume.kind=vnet", "'vnet' is not known there"),
                Map.entry("volume.depth=3", "unknown option 'volume.depth'"));
        wrong.forEach((change, message) -> {
            String found = assertThrows(InputException.class, () -> VolumeSettings.preset("teaching")
                            .with(List.of(change)))
                    .getMessage();
            assertTrue(found.contains(message), found);
        });
        assertThrows(InputException.class, () -> VolumeSettings.preset("huge"));
    }

    @Test
    void everyPresetSurvivesItsYaml(@TempDir Path folder) {
        for (String name : VolumeSettings.presets()) {
            VolumeSettings settings = VolumeSettings.preset(name).withSeed(3);
            settings.write(folder.resolve("config.yaml"));
            assertEquals(settings, VolumeSettings.read(folder.resolve("config.yaml")));
            assertTrue(settings.toYaml().lines().anyMatch(line -> line.startsWith("volume:")), "RunKind's mark");
        }
    }
}
