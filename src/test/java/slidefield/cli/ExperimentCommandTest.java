package slidefield.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentCommandTest {
    @TempDir
    Path folder;

    private final CommandLineFixture cli = new CommandLineFixture();

    @Test
    void anExperimentPrintsItsPageAndGoesOnWhereItWas() throws Exception {
        // given
        Path manifest = cli.phantoms(folder.resolve("set"));
        Path out = folder.resolve("table2");
        // when
        int status = cli.run(
                "experiment",
                "wsi-inr-table2",
                manifest,
                "--out",
                out,
                "--quick",
                CommandLineFixture.tiny("training.reconstructionEpochs=1", "training.lesionEpochs=1", "ito.epochs=1"));
        // then
        assertEquals(0, status, cli.err());
        assertTrue(cli.out().contains("# WSI-INR, Table 2"), cli.out());
        assertTrue(cli.out().contains("wrote " + out.resolve("wsi-inr-table2.csv")), cli.out());
        assertEquals(1, cli.run("experiment", "wsi-inr-table2", manifest, "--out", out, "--quick"), cli.out());
        assertTrue(cli.err().contains("--resume"), cli.err());
        // and again as JSON
        status = cli.run(
                "experiment",
                "wsi-inr-table2",
                manifest,
                "--out",
                out,
                "--size",
                "quick",
                "--seeds",
                1,
                "--resume",
                "--json",
                CommandLineFixture.tiny("training.reconstructionEpochs=1", "training.lesionEpochs=1", "ito.epochs=1"));
        assertEquals(0, status, cli.err());
        JsonNode json = cli.json();
        assertEquals("experiment", json.get("command").asText());
        assertTrue(json.get("claims").get(0).has("verdict"), cli.out());
        for (JsonNode file : json.get("wrote")) {
            assertTrue(Files.size(Path.of(file.get("path").asText())) > 0, file.toString());
        }
    }

    @Test
    void anExperimentOnPlainImagesTakesAnImageSet() throws Exception {
        // given
        Path images = OvalImages.write(folder.resolve("set"));
        Path out = folder.resolve("mea");
        Object[] tiny = {
            "--set", "images.training.size=64",
            "--set", "images.training.iterations=1",
            "--set", "swipe.swipe.backbone.stem=2",
            "--set", "swipe.swipe.backbone.planes=[4, 4, 5, 5]",
            "--set", "swipe.swipe.neck.width=2",
            "--set", "swipe.swipe.neck.embedding=4"
        };
        // when / then
        assertEquals(0, cli.run("experiment", "swipe-mea", images, "--out", out, "--quick", List.of(tiny)), cli.err());
        assertTrue(cli.out().contains("wrote " + out.resolve("swipe-mea.png")), cli.out());
        Path slides = cli.phantoms(folder.resolve("slides"));
        for (Object[] wrong : new Object[][] {
            {"experiment", "swipe-mea", slides, "--out", out, "--quick"},
            {"experiment", "wsi-inr-table2", images, "--out", out, "--quick"},
            {"experiment", "swipe-mea", images, "--out", out, "--quick", "--unseen", images},
            {"experiment", "swipe-table2-dataset", images, "--out", folder.resolve("new"), "--quick"}
        }) {
            assertEquals(1, cli.run(wrong), cli.out());
            assertEquals(1, cli.err().lines().count(), cli.err());
        }
        assertTrue(cli.err().contains("give it with --unseen"), cli.err());
    }

    @Test
    void unknownExperimentsSizesAndOptionsAreOneLine() {
        Path manifest = cli.phantoms(folder.resolve("set"));
        Path out = folder.resolve("out");

        assertEquals(1, cli.run("experiment", "nope", manifest, "--out", out));
        assertTrue(cli.err().contains("wsi-inr-table1") && cli.err().contains("mrn-roc"), cli.err());
        assertEquals(1, cli.run("experiment", "wsi-inr-table2", manifest, "--out", out, "--size", "huge"));
        assertTrue(cli.err().contains("'huge'"), cli.err());
        assertEquals(1, cli.run("experiment", "wsi-inr-table2", manifest, "--out", out, "--seeds", 0));
        assertEquals(
                1, cli.run("experiment", "wsi-inr-table2", manifest, "--out", out, "--set", "unet.network.base=2"));
        assertTrue(cli.err().contains("unet.network.base=2"), cli.err());
        assertEquals(1, cli.err().lines().count(), cli.err());
        assertEquals(0, cli.run("experiment", "--help"));
        assertTrue(cli.out().contains("wsi-inr-decoupling"), cli.out());
    }
}
