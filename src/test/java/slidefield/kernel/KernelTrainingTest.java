package slidefield.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training in a notebook's cell: stopped, run again, and its kernel killed; one session of cells, judged one by one. */
@Tag("alone")
class KernelTrainingTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Endless, on one small slide; its listener notes every epoch's loss and stops after the epoch {@code last}. */
    private static final String SETUP =
            """
            import slidefield.data.*;
            import slidefield.experiment.search.*;
            import slidefield.fit.*;
            import slidefield.slide.*;
            var folder = Path.of("%s");
            var file = PhantomSet.make(folder.resolve("set"), 2, PhantomOptions.defaults().withSize(256, 192), 5, done -> {}).manifest();
            var manifest = Manifest.read(file);
            var data = DataRoot.find().forManifest(file);
            var settings = Settings.preset("teaching").with(List.of("field.hashGrid.levels=4", "field.hashGrid.log2Table=9",
                "field.decoder.width=4", "field.head.width=4", "field.head.dilations=[1]", "training.window=64",
                "training.jitter=8", "training.reconstructionEpochs=100000", "training.latents.virtualSlides=0"));
            int last = Integer.MAX_VALUE;
            var losses = new TreeMap<Integer, Double>();
            FitListener noting(Map<Integer, Double> losses) {
                return new FitListener() {
                    @Override
                    public void epoch(EpochReport report) {
                        losses.put(report.epoch(), report.loss());
                        if (report.epoch() == last) {
                            throw new CancellationException("enough");
                        }
                    }
                };
            }
            """;

    private static final String TRAIN =
            """
            var run = RunFolder.forTraining(folder.resolve("run"), RunFolder.IfExists.RESUME_OR_BEGIN);
            Training.train(run, settings, manifest, data, noting(losses));
            """;

    @TempDir
    static Path jupyter;

    @TempDir
    static Path folder;

    private static JsonNode session;

    @BeforeAll
    static void oneSession() throws Exception {
        JupyterTool.assumeJupyter();
        JupyterTool.writeKernelspec(jupyter);
        ArrayNode cells = JSON.createArrayNode();
        cell(cells, "setup", SETUP.formatted(folder));
        cell(cells, "train", TRAIN)
                .put("interrupt_when", folder.resolve("run/checkpoint.json").toString())
                .put("interrupt_after", 0.3);
        cell(cells, "stoppedIn", "var before = losses; losses = new TreeMap<>(); last = before.lastKey() + 3; last");
        cell(cells, "changed", TRAIN.replace("settings", "settings.withSeed(9)"));
        cell(cells, "again", TRAIN);
        cell(cells, "wentOnWith", "losses.firstKey()");
        cell(
                cells,
                "whole",
                """
                var whole = new TreeMap<Integer, Double>();
                try {
                    var fresh = RunFolder.forTraining(folder.resolve("whole"), RunFolder.IfExists.REFUSE);
                    Training.train(fresh, settings, manifest, data, noting(whole));
                } catch (CancellationException enough) {
                }
                whole.tailMap(losses.firstKey()).equals(losses) && whole.headMap(before.lastKey(), true).equals(before)
                """);
        cell(
                cells,
                "search",
                "new Search(SearchOptions.of(manifest, file, folder.resolve(\"search\"), settings,"
                        + " SearchSpace.grid(\"training.lesionEpochs=1\"))).run();");
        JupyterTool.Outcome outcome =
                JupyterTool.python(cells.toString(), jupyter, "slidefield/kernel/kernel_check.py", "training");
        assertEquals(0, outcome.status(), outcome.err());
        session = JSON.readTree(outcome.out());
    }

    private static ObjectNode cell(ArrayNode cells, String name, String code) {
        return cells.addObject().put("name", name).put("code", code);
    }

    private static String value(String name) {
        JsonNode outputs = session.path(name).path("outputs");
        assertEquals(1, outputs.size(), () -> name + ": " + session.path(name));
        return outputs.get(0).at("/data/text~1plain").asText();
    }

    private static String error(String name) {
        assertEquals("error", session.at("/" + name + "/status").asText(), () -> session.toString());
        return session.at("/" + name + "/outputs").toString();
    }

    @Test
    void anInterruptStopsTheTrainingWithinTwoSeconds() {
        assertTrue(error("train").contains("Interrupted"), error("train"));
        double seconds = session.at("/train/seconds").asDouble();
        assertTrue(seconds < 2, "took " + seconds + " s to stop");
    }

    @Test
    void runningTheCellAgainGoesOnFromTheCheckpoint() {
        int stoppedAfter = Integer.parseInt(value("stoppedIn")) - 3;
        int wentOnWith = Integer.parseInt(value("wentOnWith"));
        assertTrue(wentOnWith >= 2 && wentOnWith <= stoppedAfter + 1, stoppedAfter + ", " + wentOnWith);
        assertTrue(error("again").contains("enough"), error("again"));
    }

    @Test
    void theResumedTrainingIsTheUninterruptedOneToTheBit() {
        assertEquals("true", value("whole"), session.toString());
    }

    @Test
    void otherSettingsThanThoseOfTheRunAreRefused() {
        assertTrue(error("changed").contains("other settings"), error("changed"));
    }

    @Test
    void noProcessOfASearchOutlivesItsKilledKernel() {
        assertEquals(
                1, session.at("/killed/workers").asInt(), session.at("/killed").toString());
        assertEquals("[true]", session.at("/killed/gone").toString());
    }
}
