package slidefield.swipe;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** The scripts of {@code environment/peer}, where there is a PyTorch to run them; the test is skipped where there is none. */
public final class TorchPeer {
    private static final Path PYTHON = Path.of("/usr/bin/python3");

    private TorchPeer() {}

    private static boolean run(Path log, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(PYTHON.toString()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            return process.waitFor(10, TimeUnit.MINUTES) && process.exitValue() == 0;
        } finally {
            process.destroyForcibly();
        }
    }

    /** Skips the test without PyTorch. */
    public static void require(Path folder) throws IOException, InterruptedException {
        require(folder, "torch");
    }

    /** Skips the test without NumPy, for scripts that need no more. */
    public static void requireNumpy(Path folder) throws IOException, InterruptedException {
        require(folder, "numpy");
    }

    private static void require(Path folder, String module) throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                Files.isExecutable(PYTHON) && run(folder.resolve("log"), List.of("-c", "import " + module)),
                "python3-" + module + " is not installed");
    }

    /**
     * @param folder for its output
     * @param script of environment/peer
     * @return the JSON that it prints
     */
    public static JsonNode answer(Path folder, String script, String... arguments)
            throws IOException, InterruptedException {
        Path log = folder.resolve("log");
        List<String> words = new ArrayList<>(List.of("environment/peer/" + script));
        words.addAll(List.of(arguments));
        assertTrue(run(log, words), "the peer failed: " + Files.readString(log));
        return new ObjectMapper().readTree(Files.readString(log));
    }
}
