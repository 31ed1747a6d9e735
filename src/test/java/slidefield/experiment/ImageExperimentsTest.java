package slidefield.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import slidefield.data.DataRoot;
import slidefield.data.ImageSetManifest;
import slidefield.data.Split;
import slidefield.data.SplitRule;
import slidefield.fit.FitListener;
import slidefield.fit.Phase;
import slidefield.fit.RunFolder.IfExists;
import slidefield.io.InputException;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;

/** Every experiment on plain images from end to end, at sizes so small that each takes seconds. */
@Tag("once")
class ImageExperimentsTest {
    @TempDir
    static Path shared;

    private static DataSet<ImageSetManifest> images;
    private static DataSet<ImageSetManifest> others;

    @TempDir
    Path out;

    @BeforeAll
    static void draw() throws IOException {
        images = TinyImages.write(shared.resolve("set"));
        others = TinyImages.write(shared.resolve("others"));
    }

    static List<String> names() {
        return Experiments.all().stream()
                .filter(ImageExperiment.class::isInstance)
                .map(Experiment::name)
                .toList();
    }

    private ExperimentContext<ImageSetManifest> context(String name) {
        ExperimentContext<ImageSetManifest> context = ExperimentContext.of(
                        images.manifest(), images.data(), out, Size.QUICK)
                .with(TinyImages.changes(name));
        return Experiments.ofImages(name).second() == SecondSet.UNSEEN ? context.withSecond(others) : context;
    }

    private static ExperimentResult run(String name, ExperimentContext<ImageSetManifest> context) {
        return Experiments.ofImages(name).run(context);
    }

    /** Fails where anything is fitted. */
    private static final FitListener NOTHING_LEFT = new FitListener() {
        @Override
        public void begin(Phase phase, String subject, long steps) {
            throw new AssertionError(phase + " of " + subject + " was done already");
        }
    };

    @ParameterizedTest
    @MethodSource("names")
    void everyExperimentWritesWhatItPromisesAndIsDoneOnlyOnce(String name) throws Exception {
        // when
        ExperimentResult result = run(name, context(name));
        // then its tables, pictures and page are there
        String page = ResultFiles.assertWritten(result, out, name);
        for (String part : List.of(
                "# " + Experiments.named(name).title(),
                "The paper: ",
                " our data: ",
                "manifest `ovals`",
                "compare the pattern, not the numbers",
                "3 images to train, 1 to choose the epoch by, 1 to test",
                "Seeds: 0",
                "Size `quick`",
                "images of 64 x 64 pixels, 2 steps (1 epochs) of 2 images",
                "Machine: ",
                "Changed: ")) {
            assertTrue(page.contains(part), part + " in " + page);
        }
        // and with --resume, nothing is done again
        ExperimentResult again = run(name, context(name).with(IfExists.RESUME).with(NOTHING_LEFT));
        assertEquals(result.table().printAll(), again.table().printAll());
        // and without it, the runs are not overwritten
        assertThrows(InputException.class, () -> run(name, context(name)));
    }

    @Test
    void severalSeedsShareTheirSplitsAndTablesTheirTrainings() {
        // given two seeds of three networks
        String name = "swipe-table2-resolution";
        ExperimentResult result = run(name, context(name).withSeeds(2));
        // then their mean and deviation are over answers to the same images
        assertEquals(2, result.table().intColumn("seeds").getInt(0));
        assertTrue(result.report().contains("Seeds: 0, 1;"), result.report());
        assertTrue(result.report().contains("±"), result.report());
        List<ImageSetManifest> kept = List.of(
                ImageSetManifest.read(out.resolve("runs/swipe-0/manifest.yaml")),
                ImageSetManifest.read(out.resolve("runs/pranet-1/manifest.yaml")));
        assertEquals(
                kept.get(0).splits(images.data(), 0), kept.get(1).splits(images.data(), 1), "dealt by the same seed");
        assertEquals(
                kept.get(0).splits(images.data(), 7).get(Split.TEST).stream()
                        .map(pair -> pair.name())
                        .toList(),
                result.tables().get("per-image").stringColumn("image").unique().asList());
        // when another table wants the same networks
        String other = "swipe-table2-dataset";
        Table rows = run(
                        other, context(other).withSeeds(2).with(IfExists.RESUME).with(NOTHING_LEFT))
                .table();
        // then none is trained, the other data set is scored as a whole, and constant answers stand beside
        assertEquals(1, rows.row(0).getDouble("test images n"));
        assertEquals(5, rows.row(0).getDouble("other data set n"));
        Row foreground = rows.row(3);
        assertEquals("all foreground", foreground.getString("method"));
        // an oval of 30 x 30 pixels in an image of 80 x 60
        double share = Math.PI * 15 * 15 / 4800;
        assertEquals(100 * 2 * share / (1 + share), foreground.getDouble("other data set"), 1);
        assertEquals(0, rows.row(4).getDouble("other data set"));
        assertEquals(59.42, rows.row(1).getDouble("other data set paper"));
    }

    @Test
    void imagesThatDoNotDoAreRefusedBeforeAnyTraining() {
        ImageSetManifest untested = images.manifest().withSplit(new SplitRule(4, 1, 0));
        refused("no image with the split 'test'", context("swipe-mea").withManifest(untested));
        refused("would change nothing in swipe-mea", context("swipe-mea").with(List.of("pranet.training.batch=3")));
        refused("would change nothing in swipe-mea", context("swipe-mea").with(List.of("training.window=3")));
        ExperimentContext<ImageSetManifest> absent =
                ExperimentContext.of(images.manifest(), DataRoot.of(out), out, Size.QUICK);
        refused("no image images/*.png", absent);
    }

    private static void refused(String part, ExperimentContext<ImageSetManifest> context) {
        InputException failure = assertThrows(InputException.class, () -> run("swipe-mea", context.with(NOTHING_LEFT)));
        assertTrue(failure.getMessage().contains(part), failure.getMessage());
        assertEquals(1, failure.getMessage().lines().count());
    }

    @Test
    void runsMadeOtherwiseAreNotUsed() {
        run("swipe-mea", context("swipe-mea"));
        ImageSetManifest fewer = images.manifest().withSplit(new SplitRule(2, 2, 1).withSeed(0));

        InputException dealt = assertThrows(
                InputException.class,
                () -> run("swipe-mea", context("swipe-mea").withManifest(fewer).with(IfExists.RESUME)));

        assertTrue(dealt.getMessage().contains("another manifest"), dealt.getMessage());
    }
}
