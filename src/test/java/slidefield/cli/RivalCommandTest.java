package slidefield.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SwIPE's rivals on the command line. */
class RivalCommandTest {
    @TempDir
    static Path shared;

    private static Path manifest;
    private static Path run;

    @TempDir
    Path folder;

    private final CommandLineFixture cli = new CommandLineFixture();

    private static List<String> tiny() {
        List<String> options = new ArrayList<>(List.of("--preset", "pranet-teaching"));
        for (String change : List.of(
                "training.size=64",
                "training.batch=2",
                "optimisation.epochs=2",
                "rival.backbone.stem=2",
                "rival.backbone.planes=[4, 4, 5, 5]",
                "rival.channels=2",
                "rival.deep=3",
                "rival.shallow=2")) {
            options.add("--set");
            options.add(change);
        }
        return options;
    }

    @BeforeAll
    static void train() throws IOException {
        manifest = OvalImages.write(shared.resolve("set"));
        run = shared.resolve("run");
        CommandLineFixture cli = new CommandLineFixture();
        assertEquals(0, cli.run("--json", "train-rival", manifest, "--out", run, tiny()), cli.err());
        JsonNode json = cli.json();
        assertEquals("train-rival", json.get("command").asText());
        assertTrue(json.get("parameters").asLong() > 1000, json.toString());
        assertEquals(2, json.get("best_epoch").asInt());
        assertEquals(5, json.get("wrote").size());
    }

    @Test
    void trainingLeavesAWholeRunFolder() throws IOException {
        for (String file :
                List.of("config.yaml", "manifest.yaml", "metrics.csv", "environment.json", "rival.safetensors")) {
            assertTrue(Files.size(run.resolve(file)) > 0, file);
        }
        assertTrue(Files.readString(run.resolve("config.yaml")).contains("kind: \"pranet\""));
        List<String> metrics = Files.readAllLines(run.resolve("metrics.csv"));
        assertEquals(4, metrics.size(), metrics.toString());
        assertTrue(metrics.get(1).startsWith("pixels,training images,1,"), metrics.get(1));
        assertTrue(metrics.get(3).startsWith("validation,training images,2,"), metrics.get(3));
    }

    @Test
    void aRunIsResumedReplacedOrLeftAlone() throws IOException {
        // given a finished run
        Path again = folder.resolve("run");
        CommandLineFixture.copy(run, again);
        byte[] weights = Files.readAllBytes(again.resolve("rival.safetensors"));
        // when / then
        refused("holds a run already", "train-rival", manifest, "--out", again, tiny());
        refused("leave --preset, --set and --seed out", "train-rival", manifest, "--out", again, "--resume", tiny());
        refused("holds a run of train-rival, not of train-swipe", "train-swipe", manifest, "--out", again, "--force");
        Files.delete(again.resolve("rival.safetensors"));
        refused("go on with train-rival --resume", "segment-image", again, image(2), "--out", folder);
        assertEquals(0, cli.run("train-rival", manifest, "--out", again, "--resume"), cli.err());
        assertArrayEquals(weights, Files.readAllBytes(again.resolve("rival.safetensors")));
        assertEquals(0, cli.run("train-rival", manifest, "--out", again, "--force", tiny()), cli.err());
        assertArrayEquals(weights, Files.readAllBytes(again.resolve("rival.safetensors")), "the same bits");
    }

    private static Path image(int number) {
        return shared.resolve("set/images/" + number + ".png");
    }

    @Test
    void anImageIsSegmentedInItsOwnSizeAndInAnyOther() throws IOException {
        Path truth = shared.resolve("set/masks/2.png");

        int scored = cli.run("--json", "segment-image", run, image(2), "--out", folder, "--truth", truth);
        assertEquals(0, scored, cli.err());
        JsonNode found = cli.json();
        assertTrue(found.get("dice").asDouble() >= 0 && found.get("dice").asDouble() <= 1, found.toString());
        assertEquals(80, found.get("width").asInt());
        assertTrue(Files.exists(folder.resolve("2-overlay.png")));

        Path small = folder.resolve("small");
        int resized = cli.run(
                "segment-image", run, image(2), "--out", small, "--size", "37x150", "--set", "prediction.width=96");
        assertEquals(0, resized, cli.err());
        assertEquals(150, ImageIO.read(small.resolve("2-mask.png").toFile()).getHeight());
        assertEquals(37, ImageIO.read(small.resolve("2-mask.png").toFile()).getWidth());
    }

    @Test
    void whatDoesNotFitIsRefusedInOneLine() {
        Path fresh = folder.resolve("new");
        refused("only prediction.* can be set", "segment-image", run, image(2), "--out", folder, "--set", "seed=3");
        refused(
                "prediction.neighbours must be false",
                "segment-image",
                run,
                image(2),
                "--out",
                folder,
                "--set",
                "prediction.neighbours=true");
        refused("use segment-image", "segment", run, image(2), "--out", folder);
        refused("unknown preset 'vnet'", "train-rival", manifest, "--out", fresh, "--preset", "vnet");
        refused("unknown option 'rival.widths'", "train-rival", manifest, "--out", fresh, "--set", "rival.widths=3");
        refused("holds no run to resume", "train-rival", manifest, "--out", fresh, "--resume");
    }

    private void refused(String message, Object... args) {
        assertEquals(1, cli.run(args), cli.out());
        assertEquals(1, cli.err().strip().lines().count(), cli.err());
        assertTrue(cli.err().contains(message), cli.err());
    }
}
