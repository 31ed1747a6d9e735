package slidefield.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slidefield.slide.Slide;
import slidefield.slide.Slides;

/** From slides to scores through the command line: every promised file is there and can be read. */
class EndToEndTest {
    @TempDir
    static Path shared;

    private static Path manifest;
    private static Path run;
    private static Path slide;

    @TempDir
    Path folder;

    private final CommandLineFixture cli = new CommandLineFixture();

    @BeforeAll
    static void train() {
        CommandLineFixture cli = new CommandLineFixture();
        manifest = cli.phantoms(shared.resolve("set"));
        run = shared.resolve("run");
        assertEquals(0, cli.run("train", manifest, "--out", run, CommandLineFixture.tiny()), cli.err());
        slide = shared.resolve("set/phantom_02.tif");
    }

    private static List<String> names(Path of) throws IOException {
        try (Stream<Path> inside = Files.list(of)) {
            return inside.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void trainingLeavesARunFolderThatExplainsItself() throws IOException {
        assertEquals(
                List.of(
                        "checkpoint-4.safetensors",
                        "checkpoint.json",
                        "config.yaml",
                        "environment.json",
                        "field.safetensors",
                        "manifest.yaml",
                        "metrics.csv"),
                names(run));
        List<String> metrics = Files.readAllLines(run.resolve("metrics.csv"));
        assertEquals("phase,subject,epoch,loss,psnr_db,steps,seconds", metrics.get(0));
        assertEquals(
                List.of("reconstruction,1", "reconstruction,2", "lesion,1", "lesion,2"),
                metrics.stream()
                        .skip(1)
                        .map(line -> line.split(",")[0] + "," + line.split(",")[2])
                        .toList());
        for (String line : metrics) {
            assertEquals(7, line.split(",", -1).length, line);
        }
        assertTrue(new ObjectMapper()
                .readTree(run.resolve("environment.json").toFile())
                .has("kernels"));
    }

    /** Imports a picture whose dark half is the lesion. */
    private void imported(String name, boolean darkLeft, String split) {
        Color dark = new Color(120, 60, 130);
        Color pale = new Color(230, 170, 205);
        Path image = CommandLineFixture.picture(
                folder.resolve(name + ".png"), 200, 160, darkLeft ? dark : pale, darkLeft ? pale : dark);
        Path mask = CommandLineFixture.picture(
                folder.resolve(name + "-mask.png"),
                200,
                160,
                darkLeft ? Color.WHITE : Color.BLACK,
                darkLeft ? Color.BLACK : Color.WHITE);
        assertEquals(
                0,
                cli.run("import", image, "--mask", mask, "--mpp", 1, "--out", folder.resolve("set"), "--split", split),
                cli.err());
    }

    @Test
    void segmentWritesWhatItPromisesAndScoreAgreesWithIt() throws IOException {
        // given a field that knows that dark is lesion
        imported("first", true, "train");
        imported("second", false, "test");
        Path trained = folder.resolve("run");
        assertEquals(
                0,
                cli.run(
                        "train",
                        folder.resolve("set/manifest.yaml"),
                        "--out",
                        trained,
                        CommandLineFixture.tiny(
                                "training.reconstructionEpochs=10", "training.lesionEpochs=15", "ito.epochs=10")),
                cli.err());
        Path truth = folder.resolve("second-mask.png");
        // when
        int status = cli.run(
                "segment", trained, folder.resolve("set/second.tif"), "--out", folder, "--truth", truth, "--json");
        // then
        assertEquals(0, status, cli.err());
        JsonNode printed = cli.json();
        JsonNode stored =
                new ObjectMapper().readTree(folder.resolve("segment.json").toFile());
        double dice = stored.get("resolutions").get(0).get("dice").asDouble();
        assertTrue(dice > 0.6 && dice < 1, "a Dice of " + dice + " compares nothing");
        assertEquals(printed.get("resolutions"), stored.get("resolutions"));
        assertEquals(13, printed.get("wrote").size());
        for (JsonNode file : printed.get("wrote")) {
            assertEquals(
                    file.get("bytes").asLong(),
                    Files.size(Path.of(file.get("path").asText())));
        }
        for (Map.Entry<String, Integer> at :
                Map.of("base", 1, "base2", 2, "base4", 4).entrySet()) {
            String stem = "second-" + at.getKey();
            for (String kind : List.of("-probability.tiff", "-mask.tiff")) {
                try (Slide written = Slides.open(folder.resolve(stem + kind))) {
                    assertEquals(200 / at.getValue(), written.width());
                    assertEquals(160 / at.getValue(), written.height());
                    assertEquals(at.getValue(), written.mpp().orElseThrow(), 1e-3);
                }
            }
            JsonNode lesions = new ObjectMapper()
                    .readTree(folder.resolve(stem + "-lesions.geojson").toFile());
            assertEquals("FeatureCollection", lesions.get("type").asText());
            BufferedImage overlay =
                    ImageIO.read(folder.resolve(stem + "-overlay.png").toFile());
            assertTrue(overlay.getWidth() >= 200, "overlay of " + overlay.getWidth());
        }
        List<String> files = List.of("base", "base2", "base4");
        for (int i = 0; i < 3; i++) {
            Path mask = folder.resolve("second-" + files.get(i) + "-mask.tiff");
            assertEquals(0, cli.run("score", mask, truth, "--json"), cli.err());
            JsonNode scored = cli.json();
            assertEquals(stored.get("resolutions").get(i).get("dice"), scored.get("dice"), files.get(i));
            assertEquals(stored.get("resolutions").get(i).get("all_lesion_dice"), scored.get("all_lesion_dice"));
        }
    }

    @Test
    void oneResolutionCanBeFittedAndPredictedAlone() throws IOException {
        // when
        int status = cli.run(
                "segment", run, slide, "--out", folder, "--resolution", "base/2", "--optimize", "same", "--json");
        // then
        assertEquals(0, status, cli.err());
        JsonNode only = cli.json().get("resolutions");
        assertEquals(1, only.size());
        assertEquals("Base/2", only.get(0).get("fitted_at").asText());
        assertEquals(128, only.get(0).get("width").asInt());
        assertEquals(5, names(folder).size());
        // the same again as text, with another inference-time optimisation
        assertEquals(
                0,
                cli.run("segment", run, slide, "--out", folder, "--resolution", "base/2", "--set", "ito.epochs=1"),
                cli.err());
        assertTrue(cli.out().contains("Base/2  128 x 128 px, 1 epochs"), cli.out());
    }

    @Test
    void theSameCommandGivesTheSameBytes() throws IOException {
        // given
        Path again = folder.resolve("again");
        // when
        assertEquals(0, cli.run("train", manifest, "--out", again, CommandLineFixture.tiny(), "--json"), cli.err());
        // then
        assertEquals("train", cli.json().get("command").asText());
        assertArrayEquals(
                Files.readAllBytes(run.resolve("field.safetensors")),
                Files.readAllBytes(again.resolve("field.safetensors")));
    }

    @Test
    void anExistingRunIsKeptUnlessToldOtherwise() throws IOException {
        // given
        Path mine = folder.resolve("mine");
        CommandLineFixture.copy(run, mine);
        Map<String, Integer> before = CommandLineFixture.contents(mine);
        // when / then
        assertEquals(1, cli.run("train", manifest, "--out", mine, CommandLineFixture.tiny()));
        assertTrue(cli.err().contains("--resume") && cli.err().contains("--force"), cli.err());
        assertEquals(before, CommandLineFixture.contents(mine));
        // a finished run that is resumed stays as it is
        assertEquals(0, cli.run("train", manifest, "--out", mine, "--resume"), cli.err());
        assertEquals(
                before.get("field.safetensors"),
                CommandLineFixture.contents(mine).get("field.safetensors"));
        assertEquals(
                0, cli.run("train", manifest, "--out", mine, "--force", CommandLineFixture.tiny("seed=8")), cli.err());
        assertTrue(!before.get("field.safetensors")
                .equals(CommandLineFixture.contents(mine).get("field.safetensors")));
    }

    @Test
    void aRunStoppedHalfwayEndsWithTheSameBytesWhenResumed() throws Exception {
        // given a training with virtual slides and coarser samplings
        List<String> options = CommandLineFixture.tiny(
                "training.reconstructionEpochs=4",
                "training.lesionEpochs=4",
                "training.latents.scales=[1, 2]",
                "training.latents.virtualSlides=1",
                "training.latents.virtualEpochs=2");
        Path whole = folder.resolve("whole");
        assertEquals(0, cli.run("train", manifest, "--out", whole, options), cli.err());
        for (String stopAt : List.of("reconstruction,training slides,2", "lesion,training slides,1")) {
            Path cut = folder.resolve("cut" + stopAt.length());
            // when
            int[] status = {-1};
            Thread training = new Thread(() -> status[0] = cli.run("train", manifest, "--out", cut, options));
            training.start();
            Path metrics = cut.resolve("metrics.csv");
            while (training.isAlive()
                    && !(Files.exists(metrics) && Files.readString(metrics).contains(stopAt))) {
                Thread.sleep(1);
            }
            training.interrupt();
            training.join();
            // then
            assertEquals(130, status[0], cli.err());
            assertTrue(cli.err().contains("--resume"), cli.err());
            assertEquals(1, cli.err().lines().count(), cli.err());
            assertTrue(Files.notExists(cut.resolve("field.safetensors")));
            assertEquals(0, cli.run("train", manifest, "--out", cut, "--resume"), cli.err());
            assertArrayEquals(
                    Files.readAllBytes(whole.resolve("field.safetensors")),
                    Files.readAllBytes(cut.resolve("field.safetensors")),
                    stopAt);
        }
    }

    @Test
    void runDoesTheWholeJob() throws IOException {
        // when
        int status = cli.run("run", manifest, "--out", folder, CommandLineFixture.tiny(), "--json");
        // then
        assertEquals(0, status, cli.err());
        assertTrue(cli.json().get("psnr_db").asDouble() > 0);
        List<String> summary = Files.readAllLines(folder.resolve("dice.csv"));
        assertEquals(5, summary.size(), summary.toString());
        assertEquals(5, Files.readAllLines(folder.resolve("dice-per-slide.csv")).size());
        assertTrue(Files.exists(folder.resolve("phantom_02/base/phantom_02-base4-mask.tiff")));
        assertTrue(Files.exists(folder.resolve("phantom_02/same/phantom_02-base2-overlay.png")));
        assertEquals(1, cli.run("run", manifest, "--out", folder, CommandLineFixture.tiny()));
        assertEquals(0, cli.run("run", manifest, "--out", folder, "--resume"), cli.err());
        assertEquals(summary, Files.readAllLines(folder.resolve("dice.csv")));
    }

    @Test
    void benchGivesALineForEveryMode() throws IOException {
        assertEquals(
                0,
                cli.run("bench", "--steps", 1, "--warm-up", 0, CommandLineFixture.tiny("training.window=16")),
                cli.err());
        assertEquals(5, cli.out().lines().count(), cli.out());
        for (String line : cli.out().lines().toList()) {
            assertTrue(new ObjectMapper().readTree(line).get("ms").asDouble() > 0, line);
        }
        assertEquals(
                0,
                cli.run("bench", "--steps", 1, "--warm-up", 0, "--modes", "ito", "--json", CommandLineFixture.tiny()),
                cli.err());
        assertEquals(1, cli.json().get("results").size());
    }
}
