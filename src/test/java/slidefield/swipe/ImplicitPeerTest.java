package slidefield.swipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import slidefield.nn.Arithmetic;
import slidefield.nn.Engine;
import slidefield.nn.Init;
import slidefield.nn.Module;
import slidefield.nn.SafeTensors;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;

/** The implicit rivals and the other encoders of Table 3 against the same networks in PyTorch, in double precision. */
@Tag("once")
class ImplicitPeerTest {
    private static final int SIZE = 64;
    private static final int POINTS = 30;

    private interface Outputs {
        List<Tensor> of(Tensor images, PointBatch points);
    }

    private static Outputs answers(PointNetwork network) {
        return (images, points) -> {
            List<Tensor> encoded = network.encode(images);
            List<Tensor> outputs = new ArrayList<>(List.of(network.decode(encoded, points)));
            Tensor coarse = network.coarse(encoded);
            if (coarse != null) {
                outputs.add(coarse);
            }
            return outputs;
        };
    }

    private static Outputs embeddings(ImageEncoder encoder) {
        return (images, points) -> {
            ImageEncoder.Embeddings found = encoder.embeddings(images);
            return List.of(found.patches(), found.image());
        };
    }

    /** A step's weights, images, points, outputs, loss and gradients. */
    private static void write(Path file, Module network, Outputs outputs) {
        Init init = new Init(DataType.DOUBLE, 5);
        // not what they began as, so that a mistake in them shows
        network.parameters()
                .forEach((name, p) -> p.value().addi(init.normal(0.05, p.value().shape())));
        INDArray images = init.uniform(1, 2, SIZE, SIZE, 3);
        PointBatch points = TinySwipe.points(9, 2, POINTS, SIZE, SIZE);
        double[] places = new double[4 * POINTS];
        for (int i = 0; i < 2 * POINTS; i++) {
            places[2 * i] = points.x()[i];
            places[2 * i + 1] = points.y()[i];
        }
        Map<String, INDArray> tensors = new LinkedHashMap<>();
        network.values().forEach((name, value) -> tensors.put("weight/" + name, value.dup()));
        tensors.put("images", images);
        tensors.put("points", Nd4j.createFromArray(places).reshape('c', 2, POINTS, 2));
        try (Engine engine = Engine.reference(DataType.DOUBLE);
                Tape tape = engine.record()) {
            Tensor loss = null;
            int k = 0;
            for (Tensor output : outputs.of(tape.constant(images), points)) {
                tensors.put("output" + k++, output.value().dup());
                Tensor one = Arithmetic.mean(Arithmetic.multiply(output, output));
                loss = loss == null ? one : Arithmetic.add(loss, one);
            }
            tensors.put("loss", loss.value().dup());
            tape.backward(loss);
            network.parameters().forEach((name, p) -> {
                // the last normalisation of IOSNet's backbone is not looked at
                if (p.gradient() != null) {
                    tensors.put("gradient/" + name, p.gradient().dup());
                }
            });
        }
        SafeTensors.write(file, tensors, Map.of());
    }

    private static void agrees(Path folder, String peer, Module network, Outputs outputs) throws Exception {
        TorchPeer.require(folder);
        // given a step
        Path file = folder.resolve("check.safetensors");
        write(file, network, outputs);
        // when the peer computes it again
        JsonNode found = TorchPeer.answer(folder, "implicit.py", "--network", peer, "--check", file.toString());
        // then
        assertEquals(network.parameterCount(), found.get("parameters").asLong());
        assertTrue(found.get("differences").size() > 0);
        for (int k = 0; k < found.get("differences").size(); k++) {
            assertEquals(0, found.get("differences").get(k).asDouble(), 1e-9, "output " + k);
            assertTrue(found.get("largest").get(k).asDouble() > 0.01, "output " + k);
        }
        assertEquals(0, found.get("loss_difference").asDouble(), 1e-9);
        assertEquals(
                0,
                found.get("relative_difference").asDouble(),
                1e-6,
                found.get("worst_gradient").asText());
    }

    private static void answersAgree(Path folder, String peer, RivalOptions options) throws Exception {
        PointNetwork network = (PointNetwork) options.build(DataType.DOUBLE, 1);
        agrees(folder, peer, network, answers(network));
    }

    private static void embeddingsAgree(Path folder, String peer, ImageEncoder encoder) throws Exception {
        agrees(folder, peer, encoder, embeddings(encoder));
    }

    @Test
    void iosNetAnswersAndLearnsAsPyTorchDoes(@TempDir Path folder) throws Exception {
        answersAgree(folder, "iosnet-teaching", IosNetOptions.small());
    }

    @Test
    void ossNetAnswersAndLearnsAsPyTorchDoes(@TempDir Path folder) throws Exception {
        answersAgree(folder, "ossnet-teaching", OssNetOptions.small());
        answersAgree(folder, "ossnet-mid-range", new OssNetOptions(List.of(8, 16, 32), 3, 5, true, 32, 2, false, 1));
    }

    @Test
    void theOtherEncodersOfTable3EmbedAndLearnAsPyTorchDoes(@TempDir Path folder) throws Exception {
        Init init = new Init(DataType.DOUBLE, 2);
        Map<String, SwipeOptions> designs = SwipeAblations.designs(SwipeOptions.small());
        embeddingsAgree(folder, "self-attention", new Encoder(init, designs.get("Self-Attention")));
        embeddingsAgree(folder, "unet", new Encoder(init, designs.get("U-Net")));
        SwipeOptions cct = designs.get("CCT");
        embeddingsAgree(folder, "cct", new Cct(init, (CctOptions) cct.backbone(), cct.patch()));
    }
}
