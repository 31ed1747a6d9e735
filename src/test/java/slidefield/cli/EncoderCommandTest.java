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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import slidefield.nic.TrainedEncoder;

/** Encoders of patches on the command line. */
class EncoderCommandTest {
    @TempDir
    static Path shared;

    /** Its second slide is for tests. */
    private static Path untested;

    private static Path manifest;
    private static Path run;

    @TempDir
    Path folder;

    private final CommandLineFixture cli = new CommandLineFixture();

    private static List<String> tiny(String... more) {
        List<String> options = new ArrayList<>();
        List<String> changes = new ArrayList<>(List.of(
                "encoder.patch=16",
                "encoder.widths=[4, 4]",
                "encoder.dense=6",
                "encoder.code=3",
                "patches.training=24",
                "patches.validation=8",
                "training.batch=8",
                "training.epochs=2"));
        changes.addAll(List.of(more));
        for (String change : changes) {
            options.add("--set");
            options.add(change);
        }
        return options;
    }

    private static List<String> supervised() {
        List<String> options = tiny("objective.width=4");
        options.addAll(List.of("--preset", "supervised-teaching"));
        return options;
    }

    @BeforeAll
    static void train() throws IOException {
        CommandLineFixture cli = new CommandLineFixture();
        untested = cli.phantoms(shared.resolve("set"));
        manifest = shared.resolve("set/validated.yaml");
        String text = Files.readString(untested);
        Files.writeString(manifest, text.replaceAll("split: \"?test\"?", "split: validation"));
        run = shared.resolve("run");
        assertEquals(0, cli.run("train-encoder", manifest, "--out", run, supervised()), cli.err());
    }

    @Test
    void trainingLeavesAWholeRunFolder() throws IOException {
        for (String file :
                List.of("config.yaml", "manifest.yaml", "metrics.csv", "environment.json", "encoder.safetensors")) {
            assertTrue(Files.size(run.resolve(file)) > 0, file);
        }
        List<String> metrics = Files.readAllLines(run.resolve("metrics.csv"));
        assertEquals(5, metrics.size(), metrics.toString());
        assertTrue(metrics.get(1).startsWith("encoder,training patches,1,"), metrics.get(1));
        assertTrue(metrics.get(4).startsWith("validation,training patches,2,"), metrics.get(4));
        assertEquals(
                3,
                TrainedEncoder.load(run.resolve("encoder.safetensors"), DataType.FLOAT)
                        .options()
                        .code());
    }

    @Test
    void aRunIsResumedReplacedOrLeftAlone() throws IOException {
        // given a finished run
        Path again = folder.resolve("run");
        CommandLineFixture.copy(run, again);
        byte[] weights = Files.readAllBytes(again.resolve("encoder.safetensors"));
        // when / then
        assertEquals(1, cli.run("train-encoder", manifest, "--out", again, supervised()));
        assertTrue(cli.err().contains("--resume"), cli.err());
        assertEquals(0, cli.run("train-encoder", manifest, "--out", again, "--resume"), cli.err());
        assertArrayEquals(weights, Files.readAllBytes(again.resolve("encoder.safetensors")));
        assertEquals(1, cli.run("train-encoder", manifest, "--out", again, "--resume", "--seed", 3));
        assertEquals(0, cli.run("train-encoder", manifest, "--out", again, "--force", supervised()), cli.err());
        assertArrayEquals(weights, Files.readAllBytes(again.resolve("encoder.safetensors")), "same seed, same bits");
    }

    @Test
    void theOtherWaysToLearnRunAndSayWhatTheyCameTo() throws IOException {
        List<String> vae = tiny("objective.decoder.channels=4", "objective.decoder.widths=[4, 4]");
        JsonNode said = trained("vae", vae);
        assertEquals("VAE", said.get("encoder").asText());
        assertTrue(said.get("validation_loss").asDouble() > 0);
        List<String> contrastive = tiny("objective.width=4");
        contrastive.addAll(List.of("--preset", "contrastive-teaching"));
        assertEquals(
                "Contrastive",
                trained("contrastive", contrastive).get("encoder").asText());
        List<String> biGan = List.of(
                "--preset",
                "bigan-teaching",
                "--set",
                "patches.training=24",
                "--set",
                "training.batch=8",
                "--set",
                "training.iterations=4",
                "--set",
                "encoder.patch=32",
                "--set",
                "encoder.layers=2",
                "--set",
                "objective.generator.widths=[4, 4]",
                "--set",
                "objective.generator.channels=4",
                "--set",
                "objective.width=8");
        said = trained("bigan", biGan);
        assertEquals("BiGAN", said.get("encoder").asText());
        assertTrue(said.path("validation_loss").isMissingNode(), said.toString());
    }

    private JsonNode trained(String name, List<String> options) throws IOException {
        int status = cli.run("train-encoder", manifest, "--out", folder.resolve(name), "--json", options);
        assertEquals(0, status, cli.err());
        assertTrue(Files.size(folder.resolve(name).resolve("encoder.safetensors")) > 0);
        return cli.json();
    }

    @Test
    void whatCannotBeIsRefusedInOneLine() {
        refused("unknown preset 'huge'", "train-encoder", manifest, "--out", folder.resolve("new"), "--preset", "huge");
        refused("split 'validation'", "train-encoder", untested, "--out", folder.resolve("new"), supervised());
        refused(
                "smaller than a patch of 512",
                "train-encoder",
                manifest,
                "--out",
                folder.resolve("new"),
                tiny("encoder.patch=512", "objective.decoder.side=32"));
        refused("of train-encoder", "train-patch", manifest, "--out", run, "--resume");
        refused("use compress", "segment", run, shared.resolve("set/phantom_02.tif"), "--out", folder.resolve("x"));
    }

    private void refused(String why, Object... words) {
        assertEquals(1, cli.run(words), cli.out());
        assertTrue(cli.err().contains(why), cli.err());
        assertEquals(1, cli.err().lines().count(), cli.err());
    }
}
