package slidefield.swipe.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import slidefield.fit.Seeds;
import slidefield.nn.Engine;
import slidefield.nn.Init;
import slidefield.nn.SafeTensors;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;
import slidefield.swipe.DecoderOptions;
import slidefield.swipe.SwipeLoss;
import slidefield.swipe.SwipeOutput;
import slidefield.swipe.TorchPeer;

/** The networks of volumes and their losses against the same ones written in PyTorch, in double precision. */
@Tag("once")
class VolumePeerTest {
    private static final List<String> SWIPE =
            List.of("patch_logits", "image_logits", "overreach_logits", "z_patch", "z_image");
    private static final long SEED = 11;

    @TempDir
    Path folder;

    /** What dropout drops would be the peer's own, so the check is without. */
    private static VolumeNetworkOptions undropped(VolumeNetworkOptions options) {
        if (!(options instanceof VolumeSwipeOptions o)) {
            return options;
        }
        DecoderOptions d = o.decoder();
        return new VolumeSwipeOptions(
                o.stem(),
                o.blocks(),
                o.planes(),
                o.width(),
                o.embedding(),
                o.squeeze(),
                o.outputLayer(),
                o.volumeEmbedding(),
                o.step(),
                new DecoderOptions(d.patchLayers(), d.imageLayers(), 0, d.fourier(), d.image(), d.global(), d.source()),
                o.patch(),
                o.classes(),
                o.occurrences());
    }

    /** A step's weights, crops, points, answers, loss and gradients. */
    private static void write(Path file, VolumeSettings settings, VolumeBatch batch) {
        VolumeNetwork network = undropped(settings.volume()).build(DataType.DOUBLE, 1);
        Init init = new Init(DataType.DOUBLE, 5);
        // not what they began as, so that a mistake in them shows
        network.parameters()
                .forEach((name, p) -> p.value().addi(init.normal(0.02, p.value().shape())));
        Map<String, INDArray> tensors = new LinkedHashMap<>();
        network.values().forEach((name, value) -> tensors.put("weight/" + name, value.dup()));
        try (Engine engine = Engine.reference(DataType.DOUBLE);
                Tape tape = engine.record()) {
            Tensor crops = tape.constant(batch.values(tape));
            tensors.put("images", crops.value().dup());
            Tensor loss = network instanceof VolumeSwipe swipe
                    ? answers(tensors, swipe, settings, batch, crops)
                    : answers(tensors, network, settings, batch, tape);
            tensors.put("loss", loss.value().dup());
            tape.backward(loss);
            network.parameters()
                    .forEach((name, p) ->
                            tensors.put("gradient/" + name, p.gradient().dup()));
        }
        SafeTensors.write(file, tensors, Map.of());
    }

    private static Tensor answers(
            Map<String, INDArray> tensors,
            VolumeSwipe network,
            VolumeSettings settings,
            VolumeBatch batch,
            Tensor crops) {
        SwipeOutput output = network.forward(crops, batch.points(), batch.frames(), SEED);
        tensors.put("patch_logits", output.patchLogits().value().dup());
        tensors.put("image_logits", output.imageLogits().value().dup());
        tensors.put("overreach_logits", output.overreachLogits().value().dup());
        tensors.put("z_patch", output.patchEmbeddings().value().dup());
        tensors.put("z_image", output.imageEmbeddings().value().dup());
        tensors.put("points", places(batch, false));
        tensors.put("source", places(batch, true));
        tensors.put("neighbours", neighbours(batch, network.options()));
        tensors.put("target", numbers(batch.pointClasses()));
        return new SwipeLoss(settings.loss()).of(output, batch.pointClasses());
    }

    private static Tensor answers(
            Map<String, INDArray> tensors,
            VolumeNetwork network,
            VolumeSettings settings,
            VolumeBatch batch,
            Tape tape) {
        INDArray logits = network.forward(tape.constant(batch.values(tape))).value();
        int outputs = settings.volume().classes();
        tensors.put("logits", logits.dup().reshape('c', logits.length() / outputs, outputs));
        byte[] classes = batch.voxelClasses();
        int[] target = new int[classes.length];
        for (int i = 0; i < target.length; i++) {
            target[i] = classes[i];
        }
        tensors.put("target", numbers(target));
        return network.loss(tape, batch, settings.loss(), SEED);
    }

    private static INDArray numbers(int[] values) {
        float[] numbers = new float[values.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = values[i];
        }
        return Nd4j.createFromArray(numbers);
    }

    /** The points' voxels, or their p^S: crops x points x 3. */
    private static INDArray places(VolumeBatch batch, boolean inSource) {
        VolumePoints points = batch.points();
        float[] places = new float[3 * points.count()];
        for (int i = 0; i < points.count(); i++) {
            VolumeFrame frame = batch.frames().get(i / points.perCrop());
            for (int axis = 0; axis < 3; axis++) {
                float place = points.places()[axis][i];
                places[3 * i + axis] = inSource ? frame.at(axis, place) : place;
            }
        }
        return Nd4j.createFromArray(places).reshape(points.crops(), points.perCrop(), 3);
    }

    /** The rows of patches that the network draws with {@link #SEED}. */
    private static INDArray neighbours(VolumeBatch batch, VolumeSwipeOptions swipe) {
        VolumePoints points = batch.points();
        PatchCubes cubes = new PatchCubes(batch.crops().get(0).sizes(), swipe.patch());
        Random random = Seeds.random(SEED, "patch overreach");
        int[] rows = new int[points.count() * swipe.occurrences()];
        for (int i = 0; i < rows.length; i++) {
            int point = i / swipe.occurrences();
            rows[i] = cubes.neighbour(cubes.of(points.places(), point), random)
                    + point / points.perCrop() * cubes.count();
        }
        return numbers(rows);
    }

    private void agrees(String preset, long parameters, List<String> names) throws Exception {
        TorchPeer.require(folder);
        // given a network of a preset, two crops, points in them and the neighbours that were drawn
        Path file = folder.resolve("check.safetensors");
        // PyTorch pools no map that is smaller than the kernel, padded or not
        int size = preset.startsWith("unet") ? 16 : 64;
        VolumeSettings settings = VolumeSettings.preset(preset);
        VolumeTrainingOptions two = new VolumeTrainingOptions(0, 2, 40, List.of(size, size, size), 0.5, 1);
        write(file, settings, CropBenchmark.noise(two, settings.volume().classes(), 3));

        // when the peer computes them again
        JsonNode found = TorchPeer.answer(folder, "swipe3d.py", "--network", preset, "--check", file.toString());

        // then
        assertEquals(parameters, found.get("parameters").asLong());
        for (String name : names) {
            assertEquals(0, found.get(name).get("difference").asDouble(), 1e-9, name);
            assertTrue(found.get(name).get("largest").asDouble() > 0.01, name);
        }
        assertEquals(0, found.get("loss_difference").asDouble(), 1e-9);
        assertEquals(
                0,
                found.get("relative_difference").asDouble(),
                1e-6,
                found.get("worst_gradient").asText());
    }

    @Test
    void theSmallSwipeAnswersAndLearnsAsPyTorchDoes() throws Exception {
        agrees("teaching", 127_172, SWIPE);
    }

    @Test
    void theSmallUNetAnswersAndLearnsAsPyTorchDoes() throws Exception {
        agrees("unet-teaching", 1_020_955, List.of("logits"));
    }

    @Test
    @Tag("long")
    void thePapersSwipeAnswersAndLearnsAsPyTorchDoes() throws Exception {
        agrees("paper", 4_346_986, SWIPE);
    }
}
