package slidefield.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Patch networks on the command line. */
class PatchCommandTest {
    @TempDir
    static Path shared;

    private static Path manifest;
    private static Path run;

    @TempDir
    Path folder;

    private final CommandLineFixture cli = new CommandLineFixture();

    /** A network and a training so small that they take seconds. */
    private static List<String> tiny(String... more) {
        List<String> options = new ArrayList<>();
        Stream.concat(
                        Stream.of(
                                "network.base=4",
                                "network.levels=3",
                                "patches.size=64",
                                "patches.validationPatches=4",
                                "training.batch=2",
                                "training.stepsPerEpoch=3",
                                "training.epochs=2"),
                        Stream.of(more))
                .forEach(change -> {
                    options.add("--set");
                    options.add(change);
                });
        return options;
    }

    @BeforeAll
    static void train() {
        CommandLineFixture cli = new CommandLineFixture();
        manifest = cli.phantoms(shared.resolve("set"));
        run = shared.resolve("run");
        assertEquals(0, cli.run("train-patch", manifest, "--out", run, "--network", "unet", tiny()), cli.err());
    }

    @Test
    void trainingLeavesAWholeRunFolder() throws IOException {
        for (String file :
                List.of("config.yaml", "manifest.yaml", "metrics.csv", "environment.json", "network.safetensors")) {
            assertTrue(Files.size(run.resolve(file)) > 0, file);
        }
        List<String> metrics = Files.readAllLines(run.resolve("metrics.csv"));
        assertEquals(5, metrics.size());
        assertTrue(metrics.get(1).startsWith("patches,training slides,1,"), metrics.get(1));
        assertTrue(metrics.get(4).startsWith("validation,training slides,2,"), metrics.get(4));
    }

    @Test
    void trainingSaysWhatItCameTo() throws IOException {
        int status = cli.run(
                "train-patch",
                manifest,
                "--out",
                folder.resolve("run"),
                "--network",
                "mrn-bilinear",
                "--json",
                tiny("network.resolutions=2", "training.epochs=1"));

        assertEquals(0, status, cli.err());
        JsonNode json = cli.json();
        assertEquals("train-patch", json.get("command").asText());
        assertEquals(1, json.get("best_epoch").asInt());
        assertTrue(json.get("parameters").asLong() > 1000);
        assertTrue(json.get("validation_loss").asDouble() > 0);
        assertTrue(cli.err().contains("which training does not read"), cli.err());
    }

    @Test
    void aSlideIsSegmentedAtEveryResolution() throws IOException {
        Path out = folder.resolve("out");

        int status = cli.run(
                "segment",
                run,
                shared.resolve("set/phantom_02.tif"),
                "--out",
                out,
                "--json",
                "--truth",
                shared.resolve("set/phantom_02.xml"));

        assertEquals(0, status, cli.err());
        JsonNode entries = cli.json().get("resolutions");
        assertEquals(3, entries.size());
        assertEquals(128, entries.get(1).get("width").asInt());
        assertTrue(entries.get(0).has("dice") && entries.get(0).has("all_lesion_dice"));
        for (String part : List.of("base", "base2", "base4")) {
            for (String file : List.of("-probability.tiff", "-mask.tiff", "-lesions.geojson", "-overlay.png")) {
                assertTrue(Files.size(out.resolve("phantom_02-" + part + file)) > 0, part + file);
            }
        }
        assertTrue(Files.readString(out.resolve("segment.json")).contains("\"Base/4\""));
        assertFalse(Files.readString(out.resolve("segment.json")).contains("optimize"));
    }

    @Test
    void aResumedRunEndsWithTheWeightsOfAnUninterruptedOne() throws IOException {
        // given a run of which the last epoch is missing
        Path cut = folder.resolve("cut");
        assertEquals(0, cli.run("train-patch", manifest, "--out", cut, "--network", "unet", tiny("training.epochs=1")));
        Path config = cut.resolve("config.yaml");
        Files.writeString(config, Files.readString(config).replace("epochs: 1", "epochs: 2"));
        // the rate's schedule is of all epochs: what was done of one is not what the whole run did
        Path whole = folder.resolve("whole");
        CommandLineFixture.copy(run, whole);
        Files.delete(whole.resolve("network.safetensors"));

        assertEquals(0, cli.run("train-patch", manifest, "--out", whole, "--resume"), cli.err());

        assertEquals(
                CommandLineFixture.contents(run).get("network.safetensors"),
                CommandLineFixture.contents(whole).get("network.safetensors"));
        assertEquals(0, cli.run("train-patch", manifest, "--out", cut, "--resume"), cli.err());
        assertEquals(5, Files.readAllLines(cut.resolve("metrics.csv")).size());
    }

    @Test
    void whatCannotBeDoneIsSaidInOneLine() throws IOException {
        Map<String, Integer> before = CommandLineFixture.contents(run);
        Path fresh = folder.resolve("x");
        Path slide = shared.resolve("set/phantom_02.tif");

        fails(List.of("train-patch", manifest, "--out", run), "--resume");
        fails(List.of("train-patch", manifest, "--out", run, "--resume", "--network", "unet"), "leave --network out");
        fails(List.of("train-patch", manifest, "--out", run, "--resume", "--seed", 3), "leave --preset");
        fails(List.of("train-patch", manifest, "--out", fresh, "--network", "vnet"), "unknown network 'vnet'");
        fails(List.of("train-patch", manifest, "--out", fresh, "--preset", "huge"), "unknown preset 'huge'");
        fails(List.of("train-patch", manifest, "--out", fresh, "--set", "network.bse=3"), "network.bse");
        fails(List.of("train-patch", manifest, "--out", fresh, "--resume"), "no run to resume");
        fails(List.of("train", manifest, "--out", run, "--force"), "holds a run of train-patch");
        fails(List.of("train", manifest, "--out", run, "--resume"), "holds a run of train-patch");
        fails(List.of("segment", run, slide, "--out", fresh, "--optimize", "same"), "--optimize");
        fails(List.of("segment", run, slide, "--out", fresh, "--set", "ito.epochs=3"), "--set");
        assertFalse(Files.exists(fresh));
        assertEquals(before, CommandLineFixture.contents(run));
    }

    private void fails(List<?> line, String says) {
        assertEquals(1, cli.run(line.toArray()), line.toString());
        assertTrue(cli.err().contains(says), cli.err());
        assertEquals(1, cli.err().lines().count(), cli.err());
    }

    @Test
    void aRunThatDidNotEndIsNotUsed() throws IOException {
        Path cut = folder.resolve("cut");
        CommandLineFixture.copy(run, cut);
        Files.delete(cut.resolve("network.safetensors"));

        fails(
                List.of("segment", cut, shared.resolve("set/phantom_02.tif"), "--out", folder.resolve("x")),
                "train-patch --resume");
    }
}
