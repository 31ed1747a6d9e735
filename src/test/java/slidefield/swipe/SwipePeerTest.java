package slidefield.swipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole network against the same one written in PyTorch, in double precision. */
class SwipePeerTest {
    private static void agrees(Path folder, String preset, long parameters) throws Exception {
        TorchPeer.require(folder);
        // given a network, two images, points in them and the neighbours that were drawn
        String file = folder.resolve("check.safetensors").toString();
        SwipeBenchmark.main(
                ("--precise true --size 64 --batch 2 --points 40 --preset " + preset + " --check " + file).split(" "));

        // when the peer computes them again
        JsonNode found = TorchPeer.answer(folder, "swipe.py", "--preset", preset, "--check", file);

        // then
        assertEquals(parameters, found.get("parameters").asLong());
        for (String name : List.of("patch_logits", "image_logits", "overreach_logits", "z_patch", "z_image")) {
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
    void theSmallNetworkAnswersAndLearnsAsPyTorchDoes(@TempDir Path folder) throws Exception {
        agrees(folder, "small", 136_204);
    }

    @Test
    @Tag("long")
    void theReleasedNetworkAnswersAndLearnsAsPyTorchDoes(@TempDir Path folder) throws Exception {
        agrees(folder, "released", 2_712_432);
    }
}
