package slidefield.experiment.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import slidefield.data.Manifest;
import slidefield.data.PhantomSet;
import slidefield.data.Split;
import slidefield.fit.Optimisation;
import slidefield.fit.Settings;
import slidefield.io.InputException;
import slidefield.notebook.Charts;
import slidefield.score.Resolution;
import slidefield.slide.PhantomOptions;

/** Searches: what is run, kept, resumed and shown. */
@Timeout(300)
class SearchTest {
    private static final List<String> TINY = List.of(
            "field.hashGrid.levels=4",
            "field.hashGrid.log2Table=9",
            "field.decoder.width=4",
            "field.head.width=4",
            "field.head.dilations=[1]",
            "training.window=64",
            "training.reconstructionEpochs=1",
            "training.lesionEpochs=1",
            "training.latents.virtualSlides=0",
            "ito.epochs=1");

    @TempDir
    static Path slides;

    private static Path manifest;

    @TempDir
    Path folder;

    @BeforeAll
    static void draw() {
        manifest = PhantomSet.make(slides, 2, PhantomOptions.defaults().withSize(256, 192), 5, done -> {})
                .manifest();
    }

    private SearchOptions options(SearchSpace space) {
        return SearchOptions.of(
                Manifest.read(manifest),
                manifest,
                folder.resolve("out"),
                Settings.preset("teaching").with(TINY),
                space);
    }

    /** Answers at once, with a Dice that follows from the settings, and notes what it was asked. */
    private static final class Fake implements TrialRunner {
        final List<Settings> asked = new CopyOnWriteArrayList<>();

        @Override
        public TrialResult run(Settings settings, Path at) {
            asked.add(settings);
            int epochs = settings.training().lesionEpochs();
            if (epochs == 3) {
                return TrialResult.failed("three is too many, \"really\"", 1);
            }
            double dice = 0.1 * epochs + settings.ito().rate();
            return new TrialResult(
                    Map.of("Base", dice, "Base/2", dice / 2, "Base/4", dice / 4), 30 + epochs, 2, "", null);
        }
    }

    @Test
    void finishedTrialsAreKeptAndFailedOnesTriedAgain() throws IOException {
        // given
        Fake fake = new Fake();
        SearchSpace two = SearchSpace.grid("training.lesionEpochs=1,3");
        // when
        SearchResults first = new Search(options(two), fake).run();
        // then
        assertEquals(2, fake.asked.size());
        assertEquals(1, first.failed().size());
        assertEquals(Split.TEST, first.scored(), "there is no validation split");
        assertTrue(first.caution().contains("no test result"), first.caution());
        String csv = Files.readString(folder.resolve("out/trials.csv"));
        assertTrue(csv.startsWith("trial,training.lesionEpochs,Dice Base,Dice Base/2,Dice Base/4,PSNR dB,"), csv);
        assertEquals(3, csv.lines().count(), csv);
        assertTrue(csv.contains("failed: three is too many"), csv);
        // a larger search adds to it
        SearchResults second = new Search(options(SearchSpace.grid("training.lesionEpochs=1,2,3")), fake).run();
        assertEquals(4, fake.asked.size(), "2 is new, 3 is tried again, 1 is kept");
        assertEquals(3, second.done().size());
        assertEquals("2", second.best().orElseThrow().trial().changes().get("training.lesionEpochs"));
        new Search(options(SearchSpace.grid("training.lesionEpochs=1,2")), fake).run();
        assertEquals(4, fake.asked.size(), "nothing is left to do");
    }

    @Test
    void theTableAndChartsShowWhatWasTried() {
        // given
        Fake fake = new Fake();
        SearchSpace space = new SearchSpace(
                List.of(SearchKey.grid("training.lesionEpochs=1,2"), SearchKey.grid("field.encoding=raw,frequency")),
                List.of(SearchKey.random("ito.rate=0.001..0.1:log")),
                3);
        // when
        SearchResults results = new Search(options(space), fake).run();
        // then
        var table = results.table();
        assertEquals(12, table.rowCount());
        assertEquals("raw", table.stringColumn("field.encoding").get(0));
        assertEquals(1L, table.longColumn("training.lesionEpochs").get(0));
        assertEquals(
                results.best().orElseThrow().result().dice(Resolution.BASE),
                table.doubleColumn("Dice Base").max());
        for (var chart : List.of(
                results.chart(),
                results.heatMap("ito.rate", "training.lesionEpochs"),
                results.bars("ito.rate"),
                results.bars("field.encoding"))) {
            assertTrue(Charts.image(chart, 1).getWidth() > 100);
        }
        assertThrows(InputException.class, () -> results.heatMap("ito.rate", "ito.rate"));
        String message = assertThrows(InputException.class, () -> results.bars("ito.epochs"))
                .getMessage();
        assertTrue(message.contains("training.lesionEpochs"), message);
    }

    @Test
    void aFolderHoldsOneSearch() {
        // given
        SearchSpace space = SearchSpace.grid("training.lesionEpochs=1");
        new Search(options(space), new Fake()).run();
        SearchOptions mine = options(space);
        SearchOptions otherSettings = new SearchOptions(
                mine.manifest(), manifest, mine.out(), mine.base().withSeed(7), space, 0, null, Optimisation.BASE, 0);
        SearchOptions otherWay = new SearchOptions(
                mine.manifest(), manifest, mine.out(), mine.base(), space, 0, null, Optimisation.SAME, 0);
        // when / then
        assertTrue(assertThrows(InputException.class, () -> new Search(otherSettings, new Fake()))
                .getMessage()
                .contains("another settings"));
        assertTrue(assertThrows(InputException.class, () -> new Search(otherWay, new Fake()))
                .getMessage()
                .contains("another optimisation"));
    }

    @Test
    void whatCannotBeTriedIsSaidBeforeTheFirstTrial() {
        // given
        Fake fake = new Fake();
        // when / then
        for (String key : List.of("training.lesionEpoch=1", "training.lesionEpochs=1,-1", "ito.rate=fast")) {
            assertThrows(InputException.class, () -> new Search(options(SearchSpace.grid(key)), fake), key);
        }
        SearchOptions mine = options(SearchSpace.grid("seed=1"));
        SearchOptions validation = new SearchOptions(
                mine.manifest(),
                manifest,
                mine.out(),
                mine.base(),
                mine.space(),
                0,
                Split.VALIDATION,
                Optimisation.BASE,
                0);
        assertTrue(assertThrows(InputException.class, () -> new Search(validation, fake))
                .getMessage()
                .contains("'validation'"));
        assertThrows(
                InputException.class,
                () -> new SearchOptions(
                        mine.manifest(),
                        manifest,
                        mine.out(),
                        mine.base(),
                        mine.space(),
                        0,
                        Split.TRAIN,
                        Optimisation.BASE,
                        0));
        assertEquals(0, fake.asked.size());
    }

    @Test
    void anInterruptKeepsFinishedTrials() throws InterruptedException {
        // given a second trial that never ends by itself
        CountDownLatch second = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Fake fake = new Fake();
        TrialRunner slow = (settings, at) -> {
            if (settings.training().lesionEpochs() == 2) {
                second.countDown();
                try {
                    new CountDownLatch(1).await();
                } finally {
                    ended.countDown();
                }
            }
            return fake.run(settings, at);
        };
        SearchSpace space = SearchSpace.grid("training.lesionEpochs=1,2");
        SearchOptions mine = options(space);
        SearchOptions oneByOne = new SearchOptions(
                mine.manifest(), manifest, mine.out(), mine.base(), space, 0, null, Optimisation.BASE, 1);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            try {
                new Search(oneByOne, slow).run();
            } catch (RuntimeException stopped) {
                thrown.set(stopped);
            }
        });
        // when
        thread.start();
        second.await();
        thread.interrupt();
        thread.join();
        // then
        assertEquals(CancellationException.class, thrown.get().getClass());
        ended.await();
        SearchResults kept = new Search(oneByOne, slow).results();
        assertEquals(
                List.of("1"),
                kept.done().stream()
                        .map(d -> d.trial().changes().get("training.lesionEpochs"))
                        .toList());
    }

    @Test
    void aValidationSplitIsScoredInsteadOfTheTestSplit() {
        // given
        Path file = PhantomSet.make(
                        folder.resolve("three"), 3, PhantomOptions.defaults().withSize(256, 192), 6, done -> {})
                .manifest();
        Manifest validating = Manifest.read(file).withValidation();
        SearchOptions mine = options(SearchSpace.grid("seed=1"));
        // when
        SearchResults results =
                new Search(SearchOptions.of(validating, file, mine.out(), mine.base(), mine.space()), new Fake()).run();
        // then
        assertEquals(1, validating.split(Split.TRAIN).size());
        assertEquals(Split.VALIDATION, results.scored());
        assertTrue(results.caution().contains("not touched"), results.caution());
        assertEquals(validating, validating.withValidation());
        assertEquals(Manifest.read(manifest), Manifest.read(manifest).withValidation(), "one slide has to train");
    }

    @Test
    void trialsRunInProcessesOfTheirOwn() throws IOException {
        // given
        SearchSpace space = SearchSpace.grid("training.lesionEpochs=1,2");
        // when
        SearchResults results = new Search(options(space)).run();
        // then
        assertEquals(List.of(), results.failed(), results.table().printAll());
        for (SearchResults.Done done : results.done()) {
            double dice = done.result().dice(Resolution.BASE);
            assertTrue(dice >= 0 && dice <= 1, "Dice " + dice);
            assertTrue(done.result().psnr() > 5, "PSNR " + done.result().psnr());
            assertEquals(3, done.result().dice().size());
        }
        // the same trial in this process gives the same bits
        TrialRun run = new TrialRun(
                Manifest.read(manifest),
                slidefield.data.DataRoot.find().forManifest(manifest),
                Split.TEST,
                Optimisation.BASE);
        SearchResults.Done first = results.done().get(0);
        TrialResult here = run.run(
                first.trial().settings(Settings.preset("teaching").with(TINY)), slidefield.fit.FitListener.NONE);
        assertEquals(here.dice(), first.result().dice());
        assertEquals(here.psnr(), first.result().psnr());
    }

    @Test
    void aProcessThatFailsSaysWhy() {
        // given a slide that is gone once the trial begins
        Path gone = folder.resolve("gone.yaml");
        TrialProcess process = new TrialProcess(gone, gone, Split.TEST, Optimisation.BASE, Workers.of(1));
        // when
        TrialResult result = org.junit.jupiter.api.Assertions.assertDoesNotThrow(
                () -> process.run(Settings.preset("teaching"), Files.createDirectories(folder.resolve("t"))));
        // then
        assertFalse(result.succeeded());
        assertTrue(result.error().contains("gone.yaml"), result.error());
    }
}
