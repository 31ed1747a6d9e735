package slidefield.nic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import slidefield.io.InputException;
import slidefield.nn.Engine;
import slidefield.nn.Precision;
import slidefield.nn.SafeTensors;
import slidefield.swipe.TorchPeer;

/** The published weights, where they are present, against a computation that shares nothing with ours. */
class KerasEncoderTest {
    @TempDir
    private Path folder;

    private static Path published(String name) {
        String root = System.getenv("SLIDEFIELD_DATA");
        Path file =
                Path.of(root == null ? "../shared/data" : root).resolve("nic").resolve(name);
        Assumptions.assumeTrue(Files.exists(file), "no published encoder: " + file + " (set SLIDEFIELD_DATA)");
        return file;
    }

    /** The example patch, and random ones after it. */
    private static float[] patches(PatchEncoder encoder) throws IOException {
        float[] patches = EncoderFixture.patches(encoder, 3, 11);
        BufferedImage image = ImageIO.read(published("example_128.jpg").toFile());
        assertEquals(128, image.getWidth());
        for (int i = 0; i < 128 * 128; i++) {
            int rgb = image.getRGB(i % 128, i / 128);
            for (int c = 0; c < 3; c++) {
                patches[3 * i + c] = (rgb >> 16 - 8 * c & 255) / 255f * 2 - 1;
            }
        }
        return patches;
    }

    @ParameterizedTest
    @ValueSource(strings = {"encoder_bigan.h5", "encoder_multitask-4.h5"})
    void codesAreThoseThatNumpyComputes(String name) throws Exception {
        TorchPeer.requireNumpy(folder);
        Path file = published(name);
        // given our codes and the arrays by the names that Keras gave them
        Map<String, INDArray> check = new LinkedHashMap<>();
        try (PatchEncoder encoder = KerasEncoder.open(file, Engine.preferred());
                HdfFile hdf = new HdfFile(file)) {
            float[] patches = patches(encoder);
            float[] codes = encoder.encode(patches);
            check.put("patches", Nd4j.create(patches, new long[] {3, 128, 128, 3}, 'c'));
            check.put("codes", Nd4j.create(codes, new long[] {3, 128}, 'c'));
            collect((Group) hdf.getChild("model_weights"), check);
        }
        assertEquals(2 + 4 * 6 + 2, check.size(), check.keySet().toString());
        Path dump = folder.resolve("check.safetensors");
        SafeTensors.write(dump, check, Map.of());

        // when
        JsonNode found =
                TorchPeer.answer(folder, "nic_encoder.py", "--check", dump.toString(), "--weights", file.toString());

        // then
        assertEquals(3, found.get("patches").asInt());
        assertEquals(128, found.get("code").asInt());
        assertEquals(0, found.get("difference").asDouble(), 1e-4);
        assertTrue(found.get("largest").asDouble() > 0.1, found.toString());
    }

    private static void collect(Group group, Map<String, INDArray> into) {
        for (Node node : group) {
            if (node instanceof Group inner) {
                collect(inner, into);
            } else if (node instanceof Dataset dataset) {
                long[] shape =
                        Arrays.stream(dataset.getDimensions()).asLongStream().toArray();
                INDArray array = Nd4j.create((float[]) dataset.getDataFlat(), shape, 'c');
                into.put(group.getName() + "/" + node.getName(), array);
            }
        }
    }

    @Test
    void thePublishedNetworkIsReadWholeAndSavedAsOurOwn() {
        TrainedEncoder read = KerasEncoder.read(published("encoder_bigan.h5"), DataType.FLOAT);
        assertEquals(BiGanEncoderOptions.published(), read.options());
        assertEquals(594_944, read.network().parameterCount());
        Path file = folder.resolve("bigan.safetensors");
        read.save(file);
        try (PatchEncoder ours = Encoders.open(file.toString(), Engine.preferred());
                PatchEncoder theirs =
                        Encoders.open(published("encoder_bigan.h5").toString(), Engine.preferred())) {
            float[] patches = EncoderFixture.patches(ours, 2, 6);
            assertArrayEquals(theirs.encode(patches), ours.encode(patches), 0);
            assertEquals(theirs.identity(), ours.identity());
        }
        try (PatchEncoder other =
                        Encoders.open(published("encoder_multitask-4.h5").toString(), Engine.preferred());
                PatchEncoder ours = Encoders.open(file.toString(), Engine.preferred())) {
            assertTrue(!other.identity().equals(ours.identity()), "two encoders that cannot be told apart");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"encoder_bigan.h5", "encoder_multitask-4.h5"})
    void inBf16CodesDifferByRounding(String name) throws IOException {
        Path file = published(name);
        try (PatchEncoder wide = KerasEncoder.open(file, Engine.preferred());
                PatchEncoder narrow = KerasEncoder.open(file, bf16())) {
            float[] patches = patches(wide);
            float[] expected = wide.encode(patches);
            float[] found = narrow.encode(patches);
            for (int patch = 0; patch < 3; patch++) {
                double difference = 0;
                double all = 0;
                for (int i = 128 * patch; i < 128 * (patch + 1); i++) {
                    difference += Math.pow(expected[i] - found[i], 2);
                    all += Math.pow(expected[i], 2);
                }
                double relative = Math.sqrt(difference / all);
                System.out.printf("%s, patch %d: codes in bf16 differ by %.4f of their norm%n", name, patch, relative);
                assertTrue(relative > 0 && relative < 3e-2, "patch " + patch + ": " + relative);
            }
        }
    }

    private static Engine bf16() {
        try {
            return Engine.preferred(Precision.BF16);
        } catch (InputException none) {
            return Assumptions.abort(none.getMessage());
        }
    }

    @Test
    void thePublishedMeanIsOurs() throws IOException {
        try (PatchEncoder mean = KerasEncoder.open(published("encoder_mean-rgb.h5"), Engine.preferred())) {
            assertEquals("Mean-RGB", mean.name());
            assertEquals(128, mean.patch());
        }
        InputException refusal = assertThrows(
                InputException.class, () -> KerasEncoder.read(published("encoder_mean-rgb.h5"), DataType.FLOAT));
        assertTrue(refusal.getMessage().contains("[GlobalAveragePooling2D]"), refusal.getMessage());
    }

    @Test
    void aCutOrDamagedPublishedFileIsRefusedInOneLine() throws IOException {
        byte[] bytes = Files.readAllBytes(published("encoder_bigan.h5"));
        for (double share : new double[] {0.001, 0.3, 0.9}) {
            Path file = folder.resolve("cut.h5");
            Files.write(file, Arrays.copyOf(bytes, (int) (share * bytes.length)));
            InputException refusal =
                    assertThrows(InputException.class, () -> KerasEncoder.open(file, Engine.preferred()));
            assertTrue(refusal.getMessage().startsWith(file.toString()), refusal.getMessage());
            assertEquals(1, refusal.getMessage().lines().count(), refusal.getMessage());
        }
    }
}
