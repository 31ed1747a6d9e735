package slidefield.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SwIPE on the command line. */
class SwipeCommandTest {
    @TempDir
    static Path shared;

    private static Path manifest;
    private static Path run;

    @TempDir
    Path folder;

    private final CommandLineFixture cli = new CommandLineFixture();

    private static List<String> tiny() {
        List<String> options = new ArrayList<>();
        for (String change : List.of(
                "training.size=64",
                "training.batch=2",
                "training.points=40",
                "optimisation.epochs=2",
                "swipe.backbone.stem=2",
                "swipe.backbone.planes=[4, 4, 5, 5]",
                "swipe.neck.width=2",
                "swipe.neck.embedding=3",
                "swipe.decoder.patchLayers=[5, 4, 4]",
                "swipe.decoder.imageLayers=[5, 3]")) {
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
        assertEquals(0, cli.run("train-swipe", manifest, "--out", run, tiny()), cli.err());
    }

    @Test
    void trainingLeavesAWholeRunFolder() throws IOException {
        for (String file :
                List.of("config.yaml", "manifest.yaml", "metrics.csv", "environment.json", "swipe.safetensors")) {
            assertTrue(Files.size(run.resolve(file)) > 0, file);
        }
        List<String> metrics = Files.readAllLines(run.resolve("metrics.csv"));
        assertEquals(4, metrics.size(), metrics.toString());
        assertTrue(metrics.get(1).startsWith("points,training images,1,"), metrics.get(1));
        assertTrue(metrics.get(3).startsWith("validation,training images,2,"), metrics.get(3));
    }

    @Test
    void aRunIsResumedReplacedOrLeftAlone() throws IOException {
        // given a finished run
        Path again = folder.resolve("run");
        CommandLineFixture.copy(run, again);
        byte[] weights = Files.readAllBytes(again.resolve("swipe.safetensors"));
        // when / then
        assertEquals(1, cli.run("train-swipe", manifest, "--out", again, tiny()));
        assertTrue(cli.err().contains("holds a run already"), cli.err());
        assertEquals(1, cli.run("train-swipe", manifest, "--out", again, "--resume", "--seed", 3));
        assertTrue(cli.err().contains("leave --preset, --set and --seed out"), cli.err());
        Files.delete(again.resolve("swipe.safetensors"));
        assertEquals(0, cli.run("train-swipe", manifest, "--out", again, "--resume"), cli.err());
        assertArrayEquals(weights, Files.readAllBytes(again.resolve("swipe.safetensors")));
        assertEquals(0, cli.run("train-swipe", manifest, "--out", again, "--force", tiny()), cli.err());
        assertArrayEquals(weights, Files.readAllBytes(again.resolve("swipe.safetensors")), "the same bits");
        assertEquals(1, cli.run("train-patch", manifest, "--out", again, "--force"));
    }

    @Test
    void anImageIsSegmentedInItsOwnSizeAndInAnyOther() throws IOException {
        Path image = shared.resolve("set/images/2.png");
        Path truth = shared.resolve("set/masks/2.png");

        int scored = cli.run("--json", "segment-image", run, image, "--out", folder, "--truth", truth);
        assertEquals(0, scored, cli.err());
        JsonNode found = cli.json();
        assertTrue(found.get("dice").asDouble() >= 0 && found.get("dice").asDouble() <= 1, found.toString());
        assertEquals(80, found.get("width").asInt());
        BufferedImage mask = ImageIO.read(folder.resolve("2-mask.png").toFile());
        int white = 0;
        for (int i = 0; i < 80 * 60; i++) {
            int value = mask.getRaster().getSample(i % 80, i / 80, 0);
            assertTrue(value == 0 || value == 255);
            white += value / 255;
        }
        assertEquals(white / 4800.0, found.get("oval_share").asDouble(), 1e-9);
        assertTrue(Files.exists(folder.resolve("2-overlay.png")));

        int resized = cli.run(
                "segment-image",
                run,
                image,
                "--out",
                folder.resolve("small"),
                "--size",
                "37x150",
                "--set",
                "prediction.neighbours=true");
        assertEquals(0, resized, cli.err());
        assertEquals(
                150, ImageIO.read(folder.resolve("small/2-mask.png").toFile()).getHeight());
        assertEquals(
                37,
                ImageIO.read(folder.resolve("small/2-uncertainty.png").toFile()).getWidth());
    }

    @Test
    void whatDoesNotFitIsRefusedInOneLine() throws IOException {
        Path image = shared.resolve("set/images/2.png");
        refused("only prediction.* can be set", "segment-image", run, image, "--out", folder, "--set", "seed=3");
        refused("use segment-image", "segment", run, image, "--out", folder);
        refused(
                "leave --size or --truth out",
                "segment-image",
                run,
                image,
                "--out",
                folder,
                "--size",
                "9x9",
                "--truth",
                shared.resolve("set/masks/2.png"));
        refused("in no format that can be read", "segment-image", run, manifest, "--out", folder);
        Path few = folder.resolve("few.yaml");
        Files.writeString(few, Files.readString(manifest).replace("validation: 1", "validation: 0"));
        Files.createDirectories(folder.resolve("images"));
        Files.createDirectories(folder.resolve("masks"));
        Files.copy(image, folder.resolve("images/2.png"));
        Files.copy(shared.resolve("set/masks/2.png"), folder.resolve("masks/2.png"));
        refused("has no image with the split 'validation'", "train-swipe", few, "--out", folder.resolve("new"), tiny());
        refused("unknown preset 'huge'", "train-swipe", manifest, "--out", folder.resolve("new"), "--preset", "huge");
    }

    private void refused(String message, Object... args) {
        assertEquals(1, cli.run(args), cli.out());
        assertEquals(1, cli.err().strip().lines().count(), cli.err());
        assertTrue(cli.err().contains(message), cli.err());
    }
}
