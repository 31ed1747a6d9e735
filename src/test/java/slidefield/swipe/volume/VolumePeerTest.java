package slidefield.swipe.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slidefield.swipe.TorchPeer;

/** The networks of volumes against the same ones written in PyTorch, in double precision. */
class VolumePeerTest {
    private static final List<String> SWIPE =
            List.of("patch_logits", "image_logits", "overreach_logits", "z_patch", "z_image");

    @TempDir
    Path folder;

    private void agrees(String network, String preset, long parameters, List<String> names) throws Exception {
        TorchPeer.require(folder);
        // given a network, two crops, points in them and the neighbours that were drawn
        String file = folder.resolve("check.safetensors").toString();
        String[] common = {"--network", network, "--preset", preset, "--check", file};
        // PyTorch pools no map that is smaller than the kernel, padded or not
        String size = network.equals("unet") ? " --size 16" : " --size 64";
        VolumeBenchmark.main((String.join(" ", common) + size + " --batch 2 --points 40").split(" "));

        // when the peer computes them again
        JsonNode found = TorchPeer.answer(folder, "swipe3d.py", common);

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
        agrees("swipe", "small", 127_172, SWIPE);
    }

    @Test
    void theSmallUNetAnswersAndLearnsAsPyTorchDoes() throws Exception {
        agrees("unet", "small", 1_020_955, List.of("logits"));
    }

    @Test
    @Tag("long")
    void thePapersSwipeAnswersAndLearnsAsPyTorchDoes() throws Exception {
        agrees("swipe", "paper", 4_346_986, SWIPE);
    }
}
