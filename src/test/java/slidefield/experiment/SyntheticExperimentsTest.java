package slidefield.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slidefield.data.SyntheticManifest;
import slidefield.data.SyntheticOptions;
import slidefield.fit.EpochReport;
import slidefield.fit.FitListener;
import slidefield.fit.Phase;
import slidefield.fit.RunFolder.IfExists;
import slidefield.io.InputException;
import slidefield.nic.EncoderSettings;
import slidefield.nic.SlideCnnOptions;
import tech.tablesaw.api.Table;

/** Both figures on synthetic images from end to end, at sizes so small that each takes seconds. */
@Tag("once")
class SyntheticExperimentsTest {
    private static final String SIX = "nic-figure6";
    private static final String SEVEN = "nic-figure7";

    @TempDir
    static Path shared;

    private static DataSet<SyntheticManifest> digits;

    @TempDir
    Path out;

    @BeforeAll
    static void write() throws IOException {
        digits = TinyDigits.write(shared);
    }

    private ExperimentContext<SyntheticManifest> context(String... more) {
        List<String> changes = new ArrayList<>(TinyDigits.CHANGES);
        changes.addAll(TinyDigits.OTHERS);
        changes.addAll(List.of(more));
        return ExperimentContext.of(digits.manifest(), digits.data(), out, Size.QUICK)
                .with(changes);
    }

    private static ExperimentResult run(String name, ExperimentContext<SyntheticManifest> context) {
        return Experiments.ofSynthetic(name).run(context);
    }

    /** Fails where anything is trained or compressed to be learnt from. */
    private static final FitListener NOTHING_LEFT = new FitListener() {
        @Override
        public void begin(Phase phase, String subject, long steps) {
            throw new AssertionError(phase + " of " + subject + " was done already");
        }
    };

    private static void refused(String message, ExperimentContext<SyntheticManifest> context, String name) {
        InputException refused = assertThrows(InputException.class, () -> run(name, context.with(NOTHING_LEFT)));
        assertTrue(refused.getMessage().contains(message), refused.getMessage());
    }

    @Test
    void bothFiguresAreWrittenAndNothingIsTrainedTwice() throws IOException {
        // when
        ExperimentResult six = run(SIX, context());
        // then
        String page = ResultFiles.assertWritten(six, out, SIX);
        for (String part : List.of(
                "compare the pattern, not the numbers",
                "Seeds: 0",
                "Size `quick`",
                "moved by up to 1 pixels",
                "| Supervised",
                "| Contrastive",
                "| VAE",
                "| BiGAN",
                "C = 4 | C = 16",
                "MNIST, 10,000 test digits",
                "24 to learn from and 6 to test of 90 x 90 pixels with 64 digits")) {
            assertTrue(page.contains(part), part + " in " + page);
        }
        // a row per network: four encoders of two code sizes, another stride, half of the images
        Table table = six.table();
        assertEquals(10, table.rowCount());
        assertEquals(10, table.stringColumn("run").unique().size());
        assertEquals(List.of(4, 16), codes(table));
        assertEquals(
                List.of("", "codes", "strides", "images").stream()
                        .map(part -> part.isEmpty() ? SIX : part)
                        .toList(),
                List.copyOf(six.pictures().keySet()));
        assertEquals(5, six.claims().size());
        // when figure 7 wants the oracle, and figure 6 comes again
        ExperimentContext<SyntheticManifest> again =
                context().with(IfExists.RESUME).with(NOTHING_LEFT);
        ExperimentResult seven = run(SEVEN, again);
        // then
        ResultFiles.assertWritten(seven, out, SEVEN);
        assertEquals(6, seven.table().rowCount());
        assertTrue(seven.report().contains("0.612"));
        assertEquals(table.printAll(), run(SIX, again).table().printAll());
        // and without --resume runs are not overwritten, and none is used that was made otherwise
        refused("holds runs already", context(), SIX);
        refused("other settings", context("slides.slideCnn.dense=5").with(IfExists.RESUME), SEVEN);
        refused("other settings", context("supervised.training.batch=8").with(IfExists.RESUME), SEVEN);
        refused("another manifest", context("synthetic.test=7").with(IfExists.RESUME), SEVEN);
        try (Stream<Path> left = Files.list(out)) {
            assertTrue(left.noneMatch(file -> file.toString().endsWith(".tmp")), "a file of grids is left");
        }
    }

    private static List<Integer> codes(Table table) {
        return table.intColumn("code").unique().asList().stream().sorted().toList();
    }

    @Test
    void aStoppedTrainingGoesOnAndComesToTheSame() throws IOException {
        // given a network of three epochs that is stopped after its first
        List<String> changes = List.of("slides.training.epochs=3");
        FitListener stopping = new FitListener() {
            @Override
            public void epoch(EpochReport report) {
                if (report.phase() == Phase.SLIDES && report.epoch() == 2) {
                    throw new CancellationException("stopped");
                }
            }
        };
        ExperimentContext<SyntheticManifest> context = context(changes.get(0));
        assertThrows(CancellationException.class, () -> run(SEVEN, context.with(stopping)));
        Path run = out.resolve("runs/nic-supervised-digits-c16-s9-0");
        assertFalse(Files.exists(run.resolve("answers.csv")));
        // when
        ExperimentResult resumed = run(SEVEN, context.with(IfExists.RESUME));
        byte[] weights = Files.readAllBytes(run.resolve("slide-cnn.safetensors"));
        // then
        ExperimentResult whole = run(SEVEN, context.with(IfExists.REPLACE));
        assertArrayEquals(weights, Files.readAllBytes(run.resolve("slide-cnn.safetensors")));
        assertEquals(resumed.table().printAll(), whole.table().printAll());
        // and a run that was killed before it said what it is of begins anew
        try (Stream<Path> files = Files.list(run)) {
            for (Path file : files.filter(each -> !each.endsWith("config.yaml")).toList()) {
                Files.delete(file);
            }
        }
        ExperimentResult anew = run(SEVEN, context.with(IfExists.RESUME));
        assertEquals(whole.table().printAll(), anew.table().printAll());
    }

    @Test
    void seedsTakeTurnsWithTheFolds() throws IOException {
        ExperimentResult result = run(SEVEN, context().withSeeds(List.of(1L, 6L)));

        assertEquals(12, result.table().rowCount());
        assertTrue(result.report().contains("±"), result.report());
        String one = Files.readString(out.resolve("runs/nic-supervised-digits-c16-s9-1/setup.yaml"));
        assertTrue(one.contains("seed: 1") && !one.contains("seed: 0"), one);
    }

    @Test
    void whatCannotBeIsRefusedBeforeAnyTraining() {
        refused("would change nothing in " + SIX, context("patch.training.batch=3"), SIX);
        refused("would change nothing in " + SIX, context("training.window=3"), SIX);
        refused("size: expected a multiple of 9", context("synthetic.size=100"), SIX);
        refused("training: expected 20 to", context("synthetic.training=5"), SIX);
        refused("unknown option 'name'", context("synthetic.name=other"), SIX);
        InputException unknown = assertThrows(InputException.class, () -> Experiments.ofSynthetic("swipe-mea"));
        assertTrue(
                unknown.getMessage().contains("on synthetic images 'swipe-mea'; choose one of " + SIX + ", " + SEVEN));
    }

    @Test
    void sizesShrinkTheManifestAndChangesComeLast() {
        // given
        SyntheticManifest paper = SyntheticManifest.read(Path.of("data-manifests/synthetic/digits.yaml"));
        // when / then
        assertEquals(paper, new SyntheticSizes(Size.PAPER, Changes.NONE).manifest(paper));
        SyntheticManifest normal = new SyntheticSizes(Size.NORMAL, Changes.NONE).manifest(paper);
        assertEquals(new SyntheticOptions(450, 0.006, 50), normal.options());
        assertEquals(paper.seed(), normal.seed());
        assertEquals(paper.shift(), normal.shift());
        Changes changes = new Changes(List.of("synthetic.size=180", "synthetic.density=0.002", "synthetic.shift=0"));
        SyntheticManifest changed = new SyntheticSizes(Size.NORMAL, changes).manifest(paper);
        assertEquals(new SyntheticOptions(180, 0.002, 50), changed.options());
        assertEquals(0, changed.shift());
        assertEquals(normal.training(), changed.training());
        // a set that is small already is used as it is
        assertEquals(
                digits.manifest().options(),
                new SyntheticSizes(Size.QUICK, Changes.NONE)
                        .manifest(digits.manifest())
                        .options());
    }

    @Test
    void thePapersNetworkIsUsedAtThePapersSize() {
        SyntheticSizes sizes = new SyntheticSizes(Size.PAPER, Changes.NONE);
        assertEquals(SlideCnnOptions.paper(16, 10), sizes.network(16, 400).slideCnn());
        for (String encoder : NicPaper.SYNTHETIC) {
            assertEquals(
                    EncoderSettings.preset(SyntheticSizes.GROUPS.get(encoder) + "-digits"), sizes.encoder(encoder));
            for (Size size : Size.values()) {
                assertEquals(
                        16,
                        new SyntheticSizes(size, Changes.NONE)
                                .encoder(encoder)
                                .encoder()
                                .code());
            }
        }
    }

    @Test
    void answersThatAreDamagedAreRefused() throws IOException {
        Path file = out.resolve("answers.csv");
        SyntheticAnswers answers = new SyntheticAnswers(new int[] {30, 7}, new int[] {3, 9}, new int[] {3, 1});
        answers.write(file);
        assertEquals(answers, SyntheticAnswers.read(file));
        assertEquals("1 right of 2", answers.toString());
        for (String text :
                List.of("", "label\n", "tilted_size,label,predicted\n1,2\n", "tilted_size,label,predicted\n1,2,x\n")) {
            Files.writeString(file, text);
            InputException refused = assertThrows(InputException.class, () -> SyntheticAnswers.read(file));
            assertTrue(refused.getMessage().contains("is damaged"), refused.getMessage());
        }
    }
}
