package slidefield.swipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.Arithmetic;
import slidefield.nn.Engine;
import slidefield.nn.Init;
import slidefield.nn.Losses;
import slidefield.nn.SafeTensors;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;

/** PraNet and Res2UNet against the same networks written in PyTorch, in double precision. */
@Tag("once")
class RivalPeerTest {
    private static final int SIZE = 64;

    /** A step's weights, images, maps, loss and gradients. */
    private static long write(Path file, RivalOptions options) {
        PixelNetwork network = (PixelNetwork) options.build(DataType.DOUBLE, 1);
        Init init = new Init(DataType.DOUBLE, 5);
        // not what they began as, so that a mistake in them shows
        network.parameters()
                .forEach((name, p) -> p.value().addi(init.normal(0.02, p.value().shape())));
        INDArray images = init.uniform(1, 2, SIZE, SIZE, 3);
        INDArray target = init.uniform(1, 2, SIZE, SIZE, 1).gt(0).castTo(DataType.DOUBLE);
        Map<String, INDArray> tensors = new LinkedHashMap<>();
        network.values().forEach((name, value) -> tensors.put("weight/" + name, value.dup()));
        tensors.put("images", images);
        tensors.put("target", target);
        try (Engine engine = Engine.reference(DataType.DOUBLE);
                Tape tape = engine.record()) {
            List<Tensor> maps = network.maps(tape.constant(images));
            Tensor loss = null;
            for (int k = 0; k < maps.size(); k++) {
                tensors.put("map" + k, maps.get(k).value().dup());
                Tensor one = Losses.bceWithLogits(maps.get(k), target);
                loss = loss == null ? one : Arithmetic.add(loss, one);
            }
            tensors.put("loss", loss.value().dup());
            tape.backward(loss);
            network.parameters()
                    .forEach((name, p) ->
                            tensors.put("gradient/" + name, p.gradient().dup()));
        }
        SafeTensors.write(file, tensors, Map.of());
        return network.parameterCount();
    }

    private static void agrees(Path folder, String network, RivalOptions options, int maps) throws Exception {
        TorchPeer.require(folder);
        // given a step
        Path file = folder.resolve("check.safetensors");
        long parameters = write(file, options);
        // when the peer computes it again
        JsonNode found = TorchPeer.answer(folder, "rivals.py", "--network", network, "--check", file.toString());
        // then
        assertEquals(parameters, found.get("parameters").asLong());
        assertEquals(maps, found.get("maps").asInt());
        for (int k = 0; k < maps; k++) {
            assertEquals(0, found.get("differences").get(k).asDouble(), 1e-9, "map " + k);
            assertTrue(found.get("largest").get(k).asDouble() > 0.01, "map " + k);
        }
        assertEquals(0, found.get("loss_difference").asDouble(), 1e-9);
        assertEquals(
                0,
                found.get("relative_difference").asDouble(),
                1e-6,
                found.get("worst_gradient").asText());
    }

    @Test
    void theSmallPraNetAnswersAndLearnsAsPyTorchDoes(@TempDir Path folder) throws Exception {
        agrees(folder, "pranet-teaching", PraNetOptions.small(), 4);
    }

    @Test
    void theSmallRes2UNetAnswersAndLearnsAsPyTorchDoes(@TempDir Path folder) throws Exception {
        agrees(folder, "res2unet-teaching", Res2UNetOptions.small(), 1);
    }

    @Test
    @Tag("long")
    void thePapersSizesAnswerAndLearnAsPyTorchDoes(@TempDir Path folder) throws Exception {
        agrees(folder, "pranet", PraNetOptions.paper(), 4);
        agrees(folder, "res2unet", Res2UNetOptions.paper(), 1);
    }
}
