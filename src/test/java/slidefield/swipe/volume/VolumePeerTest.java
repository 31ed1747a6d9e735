package slidefield.swipe.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The networks of volumes against the same ones written in PyTorch, in double precision. */
class VolumePeerTest {
    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final Path PEER = Path.of("environment/peer/swipe3d.py");

    @TempDir
    Path folder;

    private String run(String... command) throws IOException, InterruptedException {
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            boolean ended = process.waitFor(10, TimeUnit.MINUTES);
            return ended && process.exitValue() == 0 ? Files.readString(log) : null;
        } finally {
            process.destroyForcibly();
        }
    }

    private void agrees(String network, String preset, long parameters, String... names) throws Exception {
        Assumptions.assumeTrue(
                Files.isExecutable(PYTHON) && run(PYTHON.toString(), "-c", "import torch") != null,
                "python3-torch is not installed");
        // given a network, two crops, points in them and the neighbours that were drawn
        String file = folder.resolve("check.safetensors").toString();
        String[] common = {"--network", network, "--preset", preset, "--check", file};
        VolumeBenchmark.main((String.join(" ", common) + " --size 32 --batch 2 --points 40").split(" "));

        // when the peer computes them again
        String[] command = new String[common.length + 2];
        System.arraycopy(common, 0, command, 2, common.length);
        command[0] = PYTHON.toString();
        command[1] = PEER.toString();
        String answer = run(command);

        // then
        assertTrue(answer != null, "the peer failed: " + Files.readString(folder.resolve("log")));
        JsonNode found = new ObjectMapper().readTree(answer);
        assertEquals(parameters, found.get("parameters").asLong());
        for (String name : List.of(names)) {
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

    private static final String[] SWIPE = {"patch_logits", "image_logits", "overreach_logits", "z_patch", "z_image"};

    @Test
    void theSmallSwipeAnswersAndLearnsAsPyTorchDoes() throws Exception {
        agrees("swipe", "small", 127_172, SWIPE);
    }

    @Test
    void theSmallUNetAnswersAndLearnsAsPyTorchDoes() throws Exception {
        agrees("unet", "small", 1_020_955, "logits");
    }

    @Test
    @Tag("long")
    void thePapersSwipeAnswersAndLearnsAsPyTorchDoes() throws Exception {
        agrees("swipe", "paper", 4_346_986, SWIPE);
    }
}
