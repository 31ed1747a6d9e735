package slidefield.experiment;

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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import slidefield.data.DataRoot;
import slidefield.data.Manifest;
import slidefield.data.SlideEntry;
import slidefield.fit.FitListener;
import slidefield.fit.OpenedSlide;
import slidefield.fit.Phase;
import slidefield.fit.RunFolder.IfExists;
import slidefield.io.InputException;
import slidefield.slide.PhantomOptions;
import slidefield.slide.PhantomSlide;

/** Tables 2 and 3 of Neural Image Compression from end to end, at sizes so small that each takes seconds. */
@Tag("once")
class NicTablesTest {
    private static final List<String> TINY = List.of(
            "encoders.patches.training=24",
            "encoders.training.batch=8",
            "vae.patches.validation=8",
            "vae.encoder.patch=16",
            "vae.encoder.widths=[4, 4]",
            "vae.encoder.dense=6",
            "vae.encoder.code=3",
            "vae.objective.decoder.channels=4",
            "vae.objective.decoder.widths=[4, 4]",
            "contrastive.patches.validation=8",
            "contrastive.encoder.patch=16",
            "contrastive.encoder.widths=[4, 4]",
            "contrastive.encoder.code=3",
            "contrastive.objective.width=4",
            "supervised.patches.validation=8",
            "supervised.encoder.patch=16",
            "supervised.encoder.widths=[4, 4]",
            "supervised.encoder.code=4",
            "supervised.objective.width=4",
            "bigan.encoder.patch=32",
            "bigan.encoder.layers=2",
            "bigan.encoder.code=5",
            "bigan.training.iterations=2",
            "bigan.objective.generator.widths=[4, 4]",
            "bigan.objective.generator.channels=4",
            "bigan.objective.width=8",
            "slides.stride=16",
            "slides.slideCnn.crop=7",
            "slides.slideCnn.strides=[2, 2]",
            "slides.slideCnn.filters=4",
            "slides.slideCnn.dense=4",
            "slides.training.epochs=1",
            "slides.training.batch=4",
            "slides.training.crops=1");

    @TempDir
    static Path shared;

    private static Manifest metastases;
    private static Manifest numbers;
    private static Manifest encoders;

    @TempDir
    Path out;

    private static String slide(int seed, String split, String label, double share, Integer fold) {
        String name = "s" + seed;
        return "  - {name: " + name + ", path: " + name + ".tif, mpp: 1.0, split: " + split + ", label: " + label
                + ", seed: " + seed + (fold == null ? "" : ", fold: " + fold)
                + (share == 0 ? ", normal: true" : ", annotation: " + name + ".xml")
                + ", generate: {width: 192, height: 160, lesionFraction: " + share + "}}\n";
    }

    private static Manifest manifest(String name, List<String> slides) throws IOException {
        String text = "name: " + name + "\nbase: {mpp: 1.0}\nslides:\n" + String.join("", slides);
        return Manifest.read(Files.writeString(shared.resolve(name + ".yaml"), text));
    }

    @BeforeAll
    static void write() throws IOException {
        List<String> slides = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            String split = i < 6 ? "train" : "test";
            double share = i % 4 < 2 ? 0 : i % 4 == 2 ? 0.04 : 0.3;
            slides.add(slide(i + 1, split, share == 0 ? "negative" : share < 0.1 ? "micro" : "macro", share, i % 3));
        }
        metastases = manifest("metastases", slides);
        slides.clear();
        for (int i = 0; i < 9; i++) {
            double share = 0.05 + 0.04 * i;
            slides.add(slide(i + 21, i < 6 ? "train" : "test", "" + share, share, i < 6 ? i % 3 : null));
        }
        numbers = manifest("numbers", slides);
        encoders = manifest(
                "aside",
                List.of(
                        slide(31, "train", "macro", 0.4, null),
                        slide(32, "train", "macro", 0.4, null),
                        slide(33, "validation", "macro", 0.4, null)));
    }

    private ExperimentContext<Manifest> context(Manifest manifest, List<String> changes) {
        DataRoot data = DataRoot.of(shared);
        return ExperimentContext.of(manifest, data, out, Size.QUICK)
                .withSecond(new DataSet<>(encoders, data))
                .with(changes);
    }

    private ExperimentContext<Manifest> context(String name) {
        return context(name.equals("nic-table2") ? metastases : numbers, TINY);
    }

    private static final FitListener NOTHING_LEFT = new FitListener() {
        @Override
        public void notice(String line) {
            throw new AssertionError(line);
        }

        @Override
        public void begin(Phase phase, String subject, long steps) {
            throw new AssertionError(phase + " of " + subject + " was done already");
        }
    };

    @ParameterizedTest
    @ValueSource(strings = {"nic-table2", "nic-table3"})
    void aTableIsWrittenAndItsRunsAreMadeOnlyOnce(String name) throws IOException {
        // when
        ExperimentResult result = Experiments.ofSlides(name).run(context(name));
        // then
        String page = ResultFiles.assertWritten(result, out, name);
        for (String part : List.of(
                "# Neural Image Compression, Table ",
                "compare the pattern, not the numbers",
                "in 3 folds",
                "manifest `aside`",
                "Supervised-tumor",
                "Seeds: 0")) {
            assertTrue(page.contains(part), part + " in " + page);
        }
        int sets = name.equals("nic-table2") ? NicSet.values().length : 2;
        assertEquals(NicEncoders.ALL.size() * sets, result.table().rowCount());
        int slides = name.equals("nic-table2") ? 12 : 6;
        assertEquals(
                NicEncoders.ALL.size() * slides,
                result.tables().get("per-slide").rowCount());
        if (name.equals("nic-table2")) {
            assertTrue(Files.exists(out.resolve("nic-table2-lesion-size.png")));
            assertEquals(4, result.claims().size());
        } else {
            assertEquals(3, result.tables().get("test").rowCount());
        }
        assertTrue(Files.exists(out.resolve("runs/slides-vae-fold1-0/slide-cnn.safetensors")));
        assertTrue(Files.exists(out.resolve("runs/encoder-bigan-0/encoder.safetensors")));
        // and nothing is done twice
        ExperimentResult again = Experiments.ofSlides(name)
                .run(context(name).with(IfExists.RESUME).with(NOTHING_LEFT));
        assertEquals(result.table().printAll(), again.table().printAll());
        assertThrows(InputException.class, () -> Experiments.ofSlides(name).run(context(name)));
        List<String> others = new ArrayList<>(TINY);
        others.add("slides.training.rate=0.007");
        InputException other = assertThrows(InputException.class, () -> Experiments.ofSlides(name)
                .run(context(name.equals("nic-table2") ? metastases : numbers, others)
                        .with(IfExists.RESUME)));
        assertTrue(other.getMessage().contains("other settings"), other.getMessage());
    }

    @Test
    void aStoppedTableGoesOnInItsFoldAndComesToTheSame() {
        // given one that is stopped in the second fold of the first encoder
        String name = "nic-table3";
        List<Phase> begun = new ArrayList<>();
        FitListener stopping = new FitListener() {
            @Override
            public void begin(Phase phase, String subject, long steps) {
                begun.add(phase);
                if (begun.stream().filter(each -> each == Phase.SLIDES).count() == 2) {
                    throw new CancellationException("stopped");
                }
            }
        };
        assertThrows(CancellationException.class, () -> Experiments.ofSlides(name)
                .run(context(name).with(stopping)));
        assertEquals(List.of(Phase.ENCODER, Phase.SLIDES, Phase.SLIDES), begun);
        List<Phase> rest = new ArrayList<>();
        FitListener counting = new FitListener() {
            @Override
            public void begin(Phase phase, String subject, long steps) {
                rest.add(phase);
            }
        };
        // when
        ExperimentResult resumed = Experiments.ofSlides(name)
                .run(context(name).with(IfExists.RESUME).with(counting));
        // then
        assertEquals(3, rest.stream().filter(each -> each == Phase.ENCODER).count());
        assertEquals(
                5 * 3 - 1, rest.stream().filter(each -> each == Phase.SLIDES).count());
        ExperimentResult whole = Experiments.ofSlides(name).run(context(name).with(IfExists.REPLACE));
        assertEquals(
                whole.tables().get("per-slide").doubleColumn("score").asList(),
                resumed.tables().get("per-slide").doubleColumn("score").asList());
    }

    @Test
    void areasAreThoseOfTheLesions() {
        for (SlideEntry entry : metastases.slides().subList(2, 4)) {
            PhantomSlide drawn = new PhantomSlide(PhantomOptions.defaults()
                    .withSize(192, 160)
                    .withSeed(entry.seed())
                    .withLesionFraction(entry.generate().lesionFraction()));
            try (OpenedSlide slide = OpenedSlide.open(entry, metastases.base(), DataRoot.of(shared))) {
                double wanted = drawn.lesions().getArea() / 1e6;
                assertEquals(wanted, LesionAreas.squareMillimetres(slide), 0.1 * wanted, entry.name());
            }
        }
    }

    @Test
    void whatCannotBeComparedIsRefusedBeforeAnyTraining() {
        ExperimentContext<Manifest> good = context("nic-table2").with(NOTHING_LEFT);
        refused("--encoders", "nic-table2", ExperimentContext.of(metastases, DataRoot.of(shared), out, Size.QUICK));
        refused(
                "is in manifest metastases, too",
                "nic-table2",
                good.withSecond(new DataSet<>(metastases, good.data())));
        refused(
                "has no folds",
                "nic-table2",
                good.withManifest(encoders).withSecond(new DataSet<>(metastases, good.data())));
        refused(
                "expected the label negative",
                "nic-table2",
                context(numbers, TINY).with(NOTHING_LEFT));
        refused("a number is predicted", "nic-table3", context(metastases, TINY).with(NOTHING_LEFT));
        refused(
                "cannot be changed here",
                "nic-table2",
                context(metastases, List.of("slides.training.task=classes", "slides.slideCnn.outputs=2"))
                        .with(NOTHING_LEFT));
        refused("would change nothing", "nic-table2", context(metastases, List.of("ito.epochs=1")));
        refused("cannot read the scores", "nic-table3", context(numbers, List.of("slides.labels=none.csv")));
        assertFalse(Files.exists(out.resolve("runs")));
    }

    private static void refused(String why, String name, ExperimentContext<Manifest> context) {
        String message = assertThrows(
                        InputException.class, () -> Experiments.ofSlides(name).run(context))
                .getMessage();
        assertTrue(message.contains(why), message);
    }
}
