package slidefield.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
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
import tech.tablesaw.api.Table;

/** Networks of compressed slides on the command line. */
class SlideCommandTest {
    @TempDir
    static Path shared;

    private static Path manifest;
    private static Path codes;
    private static Path run;

    @TempDir
    Path folder;

    private final CommandLineFixture cli = new CommandLineFixture();

    private static List<Object> tiny(String... more) {
        List<Object> options = new ArrayList<>();
        List<String> changes = new ArrayList<>(List.of(
                "slideCnn.code=3",
                "slideCnn.crop=7",
                "slideCnn.filters=4",
                "slideCnn.strides=[2, 2]",
                "slideCnn.dense=4",
                "training.batch=4",
                "training.crops=2",
                "training.epochs=2"));
        changes.addAll(List.of(more));
        changes.forEach(change -> options.addAll(List.of("--set", change)));
        return options;
    }

    @BeforeAll
    static void train() throws IOException {
        CommandLineFixture cli = new CommandLineFixture();
        Path set = shared.resolve("set");
        assertEquals(0, cli.run("phantom", "--out", set, "--slides", 6, "--size", "256x256", "--seed", 4), cli.err());
        StringBuilder text = new StringBuilder("name: six\nbase: {mpp: 1}\nslides:\n");
        List<String> splits = List.of("train", "train", "validation", "validation", "test", "test");
        for (int i = 0; i < 6; i++) {
            text.append("  - {name: s" + i + ", path: phantom_0" + (i + 1) + ".tif, split: " + splits.get(i)
                    + ", label: " + (i % 2 == 0 ? "negative" : i == 1 ? "micro" : "macro") + ", fold: " + i / 2
                    + "}\n");
        }
        manifest = Files.writeString(set.resolve("six.yaml"), text);
        codes = shared.resolve("codes");
        assertEquals(0, cli.run(compress(manifest, codes, 32)), cli.err());
        run = shared.resolve("run");
        assertEquals(0, cli.run("train-slides", manifest, "--codes", codes, "--out", run, tiny()), cli.err());
    }

    private static Object[] compress(Path of, Path into, int stride) {
        return new Object[] {
            "compress", of, "--encoder", "mean-rgb", "--mpp", 1, "--stride", stride, "--out", into, "--orientations"
        };
    }

    private List<Object> train(Path out, Object... more) {
        List<Object> words = new ArrayList<>(List.of("train-slides", manifest, "--codes", codes, "--out", out));
        words.addAll(List.of(more));
        return words;
    }

    @Test
    void trainingLeavesAWholeRunFolder() throws IOException {
        for (String file : List.of(
                "config.yaml",
                "manifest.yaml",
                "codes.yaml",
                "metrics.csv",
                "environment.json",
                "slide-cnn.safetensors")) {
            assertTrue(Files.size(run.resolve(file)) > 0, file);
        }
        List<String> metrics = Files.readAllLines(run.resolve("metrics.csv"));
        assertEquals(5, metrics.size(), metrics.toString());
        assertTrue(metrics.get(1).startsWith("slides,training slides,1,"), metrics.get(1));
        assertTrue(Files.readString(run.resolve("codes.yaml")).contains("Mean-RGB"));
    }

    @Test
    void aRunIsResumedReplacedOrLeftAlone() throws IOException {
        // given a finished run
        Path again = folder.resolve("run");
        CommandLineFixture.copy(run, again);
        byte[] weights = Files.readAllBytes(again.resolve("slide-cnn.safetensors"));
        // when / then
        refused("--resume", train(again, tiny()));
        assertEquals(0, cli.run(train(again, "--resume", "--json")), cli.err());
        assertEquals(2, cli.json().get("epochs").asInt());
        assertArrayEquals(weights, Files.readAllBytes(again.resolve("slide-cnn.safetensors")));
        refused("leave --preset", train(again, "--resume", "--seed", 3));
        refused("another fold", train(again, "--resume", "--fold", 1));
        assertEquals(0, cli.run(train(again, "--force", tiny())), cli.err());
        assertArrayEquals(weights, Files.readAllBytes(again.resolve("slide-cnn.safetensors")), "same seed, same bits");
    }

    @Test
    void aFoldIsHeldOutAndAnInterruptedRunGoesOnWithIt() throws IOException {
        // given
        Path out = folder.resolve("run");
        assertEquals(0, cli.run(train(out, "--fold", 2, tiny())), cli.err());
        String kept = Files.readString(out.resolve("manifest.yaml"));
        byte[] weights = Files.readAllBytes(out.resolve("slide-cnn.safetensors"));
        assertEquals(List.of("validation", "validation", "train", "train", "test", "test"), splits(kept));
        // when it did not come to its end
        Files.delete(out.resolve("slide-cnn.safetensors"));
        assertEquals(0, cli.run(train(out, "--resume")), cli.err());
        // then
        assertArrayEquals(weights, Files.readAllBytes(out.resolve("slide-cnn.safetensors")));
        assertEquals(kept, Files.readString(out.resolve("manifest.yaml")));
        refused("another fold", train(out, "--resume", "--fold", 0));
        refused("has the folds [0, 1, 2], not 5", train(folder.resolve("new"), "--fold", 5, tiny()));
        Path other = folder.resolve("codes");
        assertEquals(0, cli.run(compress(manifest, other, 64)), cli.err());
        refused("started with other codes", "train-slides", manifest, "--codes", other, "--out", out, "--resume");
    }

    private static List<String> splits(String yaml) {
        return yaml.lines()
                .filter(line -> line.contains("split: "))
                .map(line -> line.replaceAll(".*split: \"?(\\w+)\"?.*", "$1"))
                .toList();
    }

    @Test
    void predictionsAreTablesAndPictures() throws IOException {
        // when
        Path out = folder.resolve("said");
        assertEquals(0, cli.run("predict-slides", run, codes, "--out", out, "--slides", manifest, "--json"), cli.err());
        // then
        JsonNode said = cli.json();
        assertEquals(6, said.get("slides").size());
        assertEquals(2, said.get("held_out").asInt());
        double area = said.get("auc").asDouble();
        assertTrue(area == 0 || area == 0.5 || area == 1, "" + area);
        Table table = Table.read().csv(out.resolve("predictions.csv").toFile());
        assertEquals(List.of("slide", "split", "label", "predicted", "p negative", "p positive"), table.columnNames());
        assertEquals(6, table.rowCount());
        assertEquals("macro", table.stringColumn("label").get(5));
        for (int i = 0; i < 6; i++) {
            assertEquals(
                    1,
                    table.doubleColumn("p negative").get(i)
                            + table.doubleColumn("p positive").get(i),
                    1e-9);
            var picture = ImageIO.read(out.resolve("s" + i + "-saliency.png").toFile());
            assertNotNull(picture);
            assertTrue(picture.getWidth() > 1000, "the slide, its codes and the map");
        }
        // and only what was held out, by the folder of one slide
        Path some = folder.resolve("some");
        assertEquals(0, cli.run("predict-slides", run, codes, "--out", some, "--split", "test"), cli.err());
        assertEquals(
                2, Table.read().csv(some.resolve("predictions.csv").toFile()).rowCount());
        assertEquals(0, cli.run("predict-slides", run, codes.resolve("s3"), "--out", some), cli.err());
        assertTrue(cli.out().contains("s3  "), cli.out());
    }

    @Test
    void numbersAreLearntFromLabelsThatAreNumbers() throws IOException {
        // given
        Path numbers = manifest.resolveSibling("numbers.yaml");
        String text = Files.readString(manifest);
        for (int i = 0; i < 6; i++) {
            text = text.replaceAll("(s" + i + ",.*label: )\\w+", "$10." + (i + 1));
        }
        Files.writeString(numbers, text);
        Path out = folder.resolve("run");
        // when / then
        refused("training.task=regression", "train-slides", numbers, "--codes", codes, "--out", out, tiny());
        List<Object> options = tiny();
        options.addAll(List.of("--preset", "teaching-regression", "--fold", 0));
        assertEquals(0, cli.run("train-slides", numbers, "--codes", codes, "--out", out, options), cli.err());
        assertEquals(0, cli.run("predict-slides", out, codes, "--out", folder.resolve("said"), "--json"), cli.err());
        assertTrue(cli.json().get("slides").get(0).get("predicted").isDouble());
        assertTrue(cli.json().path("auc").isMissingNode());
    }

    @Test
    void whatCannotBeIsRefusedInOneLine() throws IOException {
        refused("unknown preset 'huge'", train(folder.resolve("new"), "--preset", "huge"));
        refused("set slideCnn.code=3", train(folder.resolve("new")));
        refused(
                "slide s0 is not compressed",
                "train-slides",
                manifest,
                "--codes",
                folder.resolve("none"),
                "--out",
                folder.resolve("new"),
                tiny());
        refused("of train-slides", "train-patch", manifest, "--out", run, "--resume");
        refused(
                "use predict-slides",
                "segment",
                run,
                shared.resolve("set/phantom_02.tif"),
                "--out",
                folder.resolve("x"));
        refused("holds no compressed slide", "predict-slides", run, folder, "--out", folder.resolve("x"));
        assertEquals(2, cli.run("predict-slides", run, codes, "--split", "a", "--out", folder), cli.out());
        assertTrue(cli.err().contains("[TRAIN, VALIDATION, TEST]"), cli.err());
        refused("given twice", "predict-slides", run, codes, codes.resolve("s1"), "--out", folder.resolve("x"));
        // codes of another origin
        Path other = folder.resolve("codes");
        assertEquals(0, cli.run(compress(manifest, other, 64)), cli.err());
        refused("stride 64", "predict-slides", run, other, "--out", folder.resolve("x"));
        CommandLineFixture.copy(codes.resolve("s1"), folder.resolve("mixed/s1"));
        CommandLineFixture.copy(other.resolve("s0"), folder.resolve("mixed/s0"));
        for (int i = 2; i < 6; i++) {
            CommandLineFixture.copy(codes.resolve("s" + i), folder.resolve("mixed/s" + i));
        }
        refused(
                "compress all slides with one encoder",
                "train-slides",
                manifest,
                "--codes",
                folder.resolve("mixed"),
                "--out",
                folder.resolve("new"),
                tiny());
        String text = Files.readString(manifest);
        Path unvalidated = manifest.resolveSibling("unvalidated.yaml");
        Files.writeString(unvalidated, text.replace("split: validation", "split: train"));
        refused(
                "split 'validation'",
                "train-slides",
                unvalidated,
                "--codes",
                codes,
                "--out",
                folder.resolve("n"),
                tiny());
    }

    private void refused(String why, Object... words) {
        assertEquals(1, cli.run(words), cli.out());
        assertTrue(cli.err().contains(why), cli.err());
        assertEquals(1, cli.err().lines().count(), cli.err());
    }
}
