package slidefield.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import slidefield.data.DataRoot;
import slidefield.data.Manifest;
import slidefield.data.PhantomSet;
import slidefield.data.Split;
import slidefield.fit.FitListener;
import slidefield.fit.Phase;
import slidefield.fit.RunFolder.IfExists;
import slidefield.io.InputException;
import slidefield.slide.PhantomOptions;
import tech.tablesaw.api.Table;

/** Every experiment on slides from end to end, at sizes so small that each takes seconds. */
class ExperimentsTest {
    static final List<String> TINY = List.of(
            "field.hashGrid.levels=4",
            "field.hashGrid.log2Table=9",
            "field.decoder.width=4",
            "field.head.width=4",
            "field.head.dilations=[1]",
            "training.window=64",
            "training.reconstructionEpochs=1",
            "training.lesionEpochs=1",
            "ito.epochs=1");
    private static final List<String> TINY_PATCHES = List.of(
            "patch.patches.size=32",
            "patch.patches.validationPatches=2",
            "patch.training.batch=2",
            "patch.training.stepsPerEpoch=1",
            "patch.training.epochs=1");
    private static final List<String> TINY_UNET = List.of("unet.network.base=2", "unet.network.levels=2");
    private static final List<String> TINY_TRANSUNET = List.of(
            "transunet.network.size=32",
            "transunet.network.width=8",
            "transunet.network.groups=4",
            "transunet.network.units=[1, 1, 1]",
            "transunet.network.hidden=8",
            "transunet.network.layers=1",
            "transunet.network.heads=2",
            "transunet.network.mlp=8",
            "transunet.network.decoder=[8, 8, 8, 4, 4]");
    private static final List<String> TINY_MRN = List.of("mrn.network.base=2", "mrn.network.levels=2");

    @TempDir
    static Path shared;

    private static Manifest manifest;

    @TempDir
    Path out;

    @BeforeAll
    static void draw() {
        Path file = PhantomSet.make(shared, 4, PhantomOptions.defaults().withSize(192, 160), 4, done -> {})
                .manifest();
        manifest = Manifest.read(file);
    }

    private static List<String> tiny(String name) {
        List<String> changes = new ArrayList<>();
        if (name.equals("nic-table1")) {
            return NicTable1Test.TINY;
        }
        boolean mrn = name.startsWith("mrn");
        if (!mrn) {
            changes.addAll(TINY);
        }
        if (mrn || name.equals("wsi-inr-table1") || name.equals("wsi-inr-figure3")) {
            changes.addAll(TINY_PATCHES);
            changes.addAll(TINY_UNET);
            changes.addAll(mrn ? TINY_MRN : TINY_TRANSUNET);
        }
        if (name.equals("wsi-inr-decoupling")) {
            changes.add("sweep.every=2");
        }
        return changes;
    }

    private ExperimentContext<Manifest> context(String name) {
        return ExperimentContext.of(manifest, DataRoot.of(shared), out, Size.QUICK)
                .with(tiny(name));
    }

    private static ExperimentResult run(String name, ExperimentContext<Manifest> context) {
        return Experiments.ofSlides(name).run(context);
    }

    static List<String> names() {
        return Experiments.all().stream()
                .filter(SlideExperiment.class::isInstance)
                .filter(each -> each.second() == SecondSet.NONE)
                .map(Experiment::name)
                .toList();
    }

    /** Fails where anything is fitted or predicted. */
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
                "manifest `phantom`",
                "compare the pattern, not the numbers",
                manifest.split(Split.TEST).get(0).name(),
                "Seeds: 0",
                "Size `quick`",
                "Machine: ",
                "Changed: ")) {
            assertTrue(page.contains(part), part + " in " + page);
        }
        // and with --resume, nothing is done again
        ExperimentResult again = run(name, context(name).with(IfExists.RESUME).with(NOTHING_LEFT));
        assertEquals(numbers(result.table()), numbers(again.table()));
        // and without it, the runs are not overwritten
        assertThrows(InputException.class, () -> run(name, context(name)));
    }

    private static String numbers(Table table) {
        return table.printAll();
    }

    @Test
    void anInterruptedExperimentGoesOnAndComesToTheSame() {
        String name = "wsi-inr-table2";
        List<String> begun = new ArrayList<>();
        FitListener stopping = new FitListener() {
            @Override
            public void begin(Phase phase, String subject, long steps) {
                begun.add(phase + " " + subject);
                if (begun.size() == 6) {
                    throw new CancellationException("stopped");
                }
            }
        };
        assertThrows(CancellationException.class, () -> run(name, context(name).with(stopping)));
        List<String> rest = new ArrayList<>();
        FitListener counting = new FitListener() {
            @Override
            public void begin(Phase phase, String subject, long steps) {
                rest.add(phase + " " + subject);
            }
        };
        // when
        ExperimentResult resumed = run(name, context(name).with(IfExists.RESUME).with(counting));
        // then less was done than at once, and the numbers are the same
        ExperimentResult whole = run(name, context(name).with(IfExists.REPLACE));
        Table one = resumed.tables().get("per-slide");
        Table other = whole.tables().get("per-slide");
        assertEquals(
                one.doubleColumn("psnr_db").asList(),
                other.doubleColumn("psnr_db").asList());
        assertEquals(
                one.doubleColumn("dice").asList(), other.doubleColumn("dice").asList());
        assertTrue(rest.size() < 15, rest.toString());
    }

    @Test
    void runsMadeOtherwiseAreNotUsed() {
        String name = "wsi-inr-table2";
        run(name, context(name));
        List<String> others = new ArrayList<>(tiny(name));
        others.add("training.networkRate=0.002");

        InputException settings = assertThrows(
                InputException.class, () -> run(name, context(name).with(others).with(IfExists.RESUME)));
        Manifest fewer = new Manifest(
                manifest.name(),
                null,
                manifest.base(),
                null,
                null,
                null,
                manifest.slides().subList(1, 4));
        InputException slides = assertThrows(
                InputException.class,
                () -> run(name, context(name).withManifest(fewer).with(IfExists.RESUME)));

        assertTrue(settings.getMessage().contains("other settings"), settings.getMessage());
        assertTrue(slides.getMessage().contains("another manifest"), slides.getMessage());
    }

    @Test
    void severalSeedsHaveAMeanAndADeviation() {
        String name = "wsi-inr-table2";

        ExperimentResult result = run(name, context(name).withSeeds(2));

        assertEquals(2, result.table().intColumn("seeds").getInt(0));
        assertTrue(result.report().contains("Seeds: 0, 1;"), result.report());
        assertTrue(result.report().contains("±"), result.report());
        assertEquals(
                2 * 3 * 3, result.tables().get("per-slide").rowCount(), "seeds, methods and resolutions of one slide");
        assertTrue(Files.isDirectory(out.resolve("runs/encoding-hash-grid-1")));
    }

    @Test
    void unknownNamesAndSeedsAreErrorsThatSayWhatThereIs() {
        InputException unknown = assertThrows(InputException.class, () -> Experiments.named("table1"));

        assertTrue(unknown.getMessage().contains("'table1'"), unknown.getMessage());
        names().forEach(name -> assertTrue(unknown.getMessage().contains(name), name));
        InputException ofImages = assertThrows(InputException.class, () -> Experiments.ofSlides("swipe-table1"));
        assertTrue(ofImages.getMessage().contains("unknown experiment on slides"), ofImages.getMessage());
        assertFalse(ofImages.getMessage().contains("swipe-table3"), ofImages.getMessage());
        assertThrows(InputException.class, () -> context("mrn-roc").withSeeds(0));
        assertThrows(InputException.class, () -> context("mrn-roc").withSeeds(List.of(1L, 1L)));
    }

    @Test
    void slidesThatCannotBeScoredAreRefusedBeforeAnyTraining() {
        Manifest onlyTraining =
                new Manifest(manifest.name(), null, manifest.base(), null, null, null, manifest.split(Split.TRAIN));

        InputException failure = assertThrows(
                InputException.class,
                () -> run(
                        "wsi-inr-table2",
                        context("wsi-inr-table2").withManifest(onlyTraining).with(NOTHING_LEFT)));

        assertTrue(failure.getMessage().contains("'test'"), failure.getMessage());
    }
}
