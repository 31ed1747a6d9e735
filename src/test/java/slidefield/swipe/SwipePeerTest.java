package slidefield.swipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Arrays;
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

/** The whole network and its loss against the same ones written in PyTorch, in double precision. */
@Tag("once")
class SwipePeerTest {
    private static final int SIZE = 64;
    private static final long SEED = 11;
    private static final List<String> ANSWERS =
            List.of("patch_logits", "image_logits", "overreach_logits", "z_patch", "z_image");

    private final PointBatch points = TinySwipe.points(3, 2, 40, SIZE, SIZE);
    /** Cut out of larger images, the second one mirrored. */
    private final List<SourceFrame> sources =
            List.of(new SourceFrame(5, 9, 1, 1, 90, 80), new SourceFrame(70, 3, -1, 1, 90, 80));

    @TempDir
    Path folder;

    /** What dropout drops would be the peer's own, so the check is without. */
    private static SwipeOptions undropped(SwipeOptions options) {
        DecoderOptions d = options.decoder();
        return options.withDecoder(new DecoderOptions(
                d.patchLayers(), d.imageLayers(), 0, d.fourier(), d.image(), d.global(), d.source()));
    }

    /** The small model with the paper's formulas. */
    private static SwipeOptions smallOfThePaper() {
        SwipeOptions small = SwipeOptions.small();
        NeckOptions n = small.neck();
        return small.withNeck(new NeckOptions(
                        n.width(),
                        n.embedding(),
                        n.squeeze(),
                        true,
                        true,
                        Fusion.ATTENTION,
                        true,
                        ImageEmbedding.COARSEST_STAGE))
                .withDecoder(small.decoder().withFourier(false).withSource(true));
    }

    /** A step's weights, images, points, answers, loss and gradients. */
    private void write(Path file, SwipeOptions options, SwipeLossOptions loss) {
        Swipe network = new Swipe(options, DataType.DOUBLE, 1);
        Init init = new Init(DataType.DOUBLE, 5);
        // not what they began as, so that a mistake in them shows
        network.parameters()
                .forEach((name, p) -> p.value().addi(init.normal(0.02, p.value().shape())));
        INDArray images = init.uniform(1, points.images(), SIZE, SIZE, 3);
        Random random = new Random(4);
        int[] classes = random.ints(points.count(), 0, 2).toArray();
        Map<String, INDArray> tensors = new LinkedHashMap<>();
        network.values().forEach((name, value) -> tensors.put("weight/" + name, value.dup()));
        tensors.put("images", images);
        tensors.put("target", numbers(classes));
        tensors.put("points", places(false));
        tensors.put("source", places(true));
        tensors.put("neighbours", numbers(neighbours(options)));
        try (Engine engine = Engine.reference(DataType.DOUBLE);
                Tape tape = engine.record()) {
            SwipeOutput output = network.forward(tape.constant(images), points, sources, SEED);
            List<Tensor> answers = List.of(
                    output.patchLogits(),
                    output.imageLogits(),
                    output.overreachLogits(),
                    output.patchEmbeddings(),
                    output.imageEmbeddings());
            for (int k = 0; k < answers.size(); k++) {
                tensors.put(ANSWERS.get(k), answers.get(k).value().dup());
            }
            Tensor scalar = new SwipeLoss(loss).of(output, classes);
            tensors.put("loss", scalar.value().dup());
            tape.backward(scalar);
            network.parameters()
                    .forEach((name, p) ->
                            tensors.put("gradient/" + name, p.gradient().dup()));
        }
        SafeTensors.write(file, tensors, Map.of());
    }

    private static INDArray numbers(int[] values) {
        float[] numbers = new float[values.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = values[i];
        }
        return Nd4j.createFromArray(numbers);
    }

    /** The points' pixels, or their p^S: images x points x 2. */
    private INDArray places(boolean inSource) {
        float[] places = new float[2 * points.count()];
        for (int i = 0; i < points.count(); i++) {
            SourceFrame source = sources.get(i / points.perImage());
            places[2 * i] = inSource ? source.x(points.x()[i]) : points.x()[i];
            places[2 * i + 1] = inSource ? source.y(points.y()[i]) : points.y()[i];
        }
        return Nd4j.createFromArray(places).reshape(points.images(), points.perImage(), 2);
    }

    /** The rows of patches that the network draws with {@link #SEED}. */
    private int[] neighbours(SwipeOptions options) {
        PatchGrid grid = new PatchGrid(SIZE, SIZE, options.patch());
        int[] own = new int[points.count()];
        Arrays.setAll(own, i -> grid.of(points.x()[i], points.y()[i]));
        int[] rows = PatchOverreach.neighbours(
                grid, own, options.connectivity(), options.occurrences(), Seeds.random(SEED, "patch overreach"));
        for (int i = 0; i < rows.length; i++) {
            rows[i] += i / options.occurrences() / points.perImage() * grid.count();
        }
        return rows;
    }

    private void agrees(String network, SwipeOptions options, SwipeLossOptions loss, long parameters) throws Exception {
        TorchPeer.require(folder);
        // given a network, two images, points in them and the neighbours that were drawn
        Path file = folder.resolve("check.safetensors");
        write(file, undropped(options), loss);

        // when the peer computes them again
        JsonNode found = TorchPeer.answer(folder, "swipe.py", "--network", network, "--check", file.toString());

        // then
        assertEquals(parameters, found.get("parameters").asLong());
        for (String name : ANSWERS) {
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
    void theSmallNetworkAnswersAndLearnsAsPyTorchDoes() throws Exception {
        agrees("teaching", SwipeOptions.small(), SwipeLossOptions.released(), 136_204);
    }

    @Test
    void thePapersFormulasAnswerAndLearnAsPyTorchDoes() throws Exception {
        agrees("paper-small", smallOfThePaper(), SwipeLossOptions.paper(), 134_508);
    }

    @Test
    @Tag("long")
    void theReleasedNetworkAnswersAndLearnsAsPyTorchDoes() throws Exception {
        agrees("released", SwipeOptions.released(), SwipeLossOptions.released(), 2_712_432);
    }
}
