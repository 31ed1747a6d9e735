package slidefield.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slidefield.data.Base;
import slidefield.data.DataRoot;
import slidefield.data.Manifest;
import slidefield.fit.FitListener;
import slidefield.fit.Phase;
import slidefield.fit.RunFolder.IfExists;
import slidefield.io.InputException;
import slidefield.nic.CodeProbe;
import slidefield.nic.EncoderSettings;
import slidefield.nic.PatchLabels;
import slidefield.nic.TissueSlides;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;

/** Encoders judged by tumour and by tissue, on slides whose tissues differ by their colours. */
class NicTable1Test {
    /** Networks of a few channels on patches of 16 pixels of Base. */
    static final List<String> TINY = List.of(
            "encoders.patches.scale=1",
            "encoders.encoder.patch=16",
            "encoders.encoder.code=3",
            "encoders.patches.training=32",
            "encoders.training.batch=8",
            "vae.encoder.widths=[4, 4]",
            "vae.encoder.dense=6",
            "vae.objective.decoder.channels=4",
            "vae.objective.decoder.widths=[4, 4]",
            "contrastive.encoder.widths=[4, 4]",
            "contrastive.encoder.dense=6",
            "contrastive.objective.width=4",
            "supervised.encoder.widths=[4, 4]",
            "supervised.encoder.dense=6",
            "supervised.objective.width=4",
            "bigan.encoder.pooling=2",
            "bigan.encoder.layers=2",
            "bigan.encoder.width=4",
            "bigan.objective.generator.channels=4",
            "bigan.objective.generator.widths=[4, 4]",
            "bigan.objective.width=8",
            "probe.patches.training=64",
            "probe.patches.validation=32",
            "probe.patches.test=48",
            "probe.training.batch=16",
            "probe.training.epochs=20");

    @TempDir
    static Path shared;

    private static Manifest manifest;

    @TempDir
    Path out;

    @BeforeAll
    static void draw() throws IOException {
        manifest = Manifest.read(TissueSlides.write(shared));
    }

    private ExperimentContext<Manifest> context(String... more) {
        List<String> changes = new ArrayList<>(TINY);
        changes.addAll(List.of(more));
        return ExperimentContext.of(manifest, DataRoot.of(shared), out, Size.QUICK)
                .with(changes);
    }

    private static ExperimentResult run(ExperimentContext<Manifest> context) {
        return new NicTable1().run(context);
    }

    private static double number(Table table, String encoder, String task, String ofClass, String column) {
        for (Row row : table) {
            if (row.getString("encoder").equals(encoder)
                    && row.getString("task").equals(task)
                    && row.getString("class").equals(ofClass)) {
                return row.getDouble(column);
            }
        }
        throw new AssertionError(encoder + ", " + task + ", " + ofClass + " in " + table.printAll());
    }

    /** Tells what is trained. */
    private static FitListener listing(List<String> begun) {
        return new FitListener() {
            @Override
            public void begin(Phase phase, String subject, long steps) {
                begun.add(subject);
            }
        };
    }

    @Test
    void bothTasksAreJudgedAndKept() throws IOException {
        // when
        List<String> begun = new ArrayList<>();
        ExperimentResult result = run(context().with(listing(begun)));
        // then five encoders were trained, and seven judged by two tasks
        assertEquals(
                5, begun.stream().filter(subject -> !subject.equals("codes")).count());
        assertEquals(14, begun.stream().filter("codes"::equals).count());
        String page = ResultFiles.assertWritten(result, out, "nic-table1");
        for (String row :
                List.of("VAE", "Contrastive", "BiGAN", "Untrained", "Supervised-tumor", "Supervised-tissue")) {
            assertTrue(page.contains("- " + row + ": Tumour or not: "), row + " in " + page);
        }
        assertTrue(page.contains("No published encoder: they want patches of 128 pixels of 0.5 µm"), page);
        // and colours tell the tissues apart, but for patches across their border and across the white strip
        Table table = result.table();
        assertEquals(7 * (3 + 3), table.rowCount());
        for (String task : List.of("Tumour or not", "Tissue")) {
            assertTrue(number(table, NicPaper.MEAN_RGB, task, "all", "accuracy") > 0.8, table.printAll());
            assertTrue(number(table, NicPaper.MEAN_RGB, task, "all", "validation") > 0.9, table.printAll());
        }
        double stroma = number(table, NicPaper.MEAN_RGB, "Tissue", "stroma", "accuracy");
        double tumour = number(table, NicPaper.MEAN_RGB, "Tissue", "tumour", "accuracy");
        assertEquals((stroma + tumour) / 2, number(table, NicPaper.MEAN_RGB, "Tissue", "all", "accuracy"), 1e-9);
        assertEquals(0.504, number(table, NicPaper.MEAN_RGB, "Tissue", "all", "paper"));
        assertEquals(48 * 14, result.tables().get("counts").intColumn("patches").sum());
        assertEquals(
                PatchLabels.TISSUE,
                EncoderSettings.read(out.resolve("runs/patches-supervised-tissue-0/config.yaml"))
                        .patches()
                        .labels());
        // when it goes on with other options of the probe, then no encoder is trained again
        begun.clear();
        run(context("probe.width=9").with(IfExists.RESUME).with(listing(begun)));
        assertEquals(14, begun.size());
        assertTrue(begun.stream().allMatch("codes"::equals), begun.toString());
        // and with the same ones nothing is done, and the numbers are the same
        begun.clear();
        ExperimentResult again =
                run(context("probe.width=9").with(IfExists.RESUME).with(listing(begun)));
        assertEquals(List.of(), begun);
        assertEquals(
                Files.readString(out.resolve("nic-table1.csv")).lines().count(),
                again.table().rowCount() + 1);
        // and other encoders' settings are refused
        InputException other = assertThrows(
                InputException.class,
                () -> run(context("vae.objective.gamma=0.1").with(IfExists.RESUME)));
        assertTrue(other.getMessage().contains("other settings"), other.getMessage());
    }

    @Test
    void whetherMeanRgbIsBeatenIsCountedSeedBySeed() {
        // given two seeds: VAE above in both, contrastive in one, BiGAN equal in both
        List<ProbedEncoder> rows = new ArrayList<>();
        for (String name : List.of("VAE", "Contrastive", "BiGAN", "Mean-RGB")) {
            rows.add(new ProbedEncoder(name, name, name, true, seed -> null));
        }
        PatchTask task =
                PatchTask.of(context(), 16, new ProbeSizes.Patches(4, 4, 4)).get(0);
        ProbeOutcomes outcomes = new ProbeOutcomes(rows, List.of(task));
        int[][] right = {{8, 9}, {6, 9}, {7, 8}, {7, 8}};
        for (int i = 0; i < rows.size(); i++) {
            for (int seed = 0; seed < 2; seed++) {
                int[][] counts = {{right[i][seed], 10 - right[i][seed]}, {0, 10}};
                outcomes.add(
                        rows.get(i),
                        task,
                        seed,
                        new CodeProbe.Result(task.test().classes(), 0.5, counts));
            }
        }
        // when / then
        String text = outcomes.againstMeanRgb();
        assertTrue(text.contains("- VAE: Tumour or not: beats mean-RGB (+0.050, above in 2 of 2 seeds)"), text);
        assertTrue(text.contains("- Contrastive: Tumour or not: undecided (+0.000, above in 1 of 2 seeds)"), text);
        assertTrue(text.contains("- BiGAN: Tumour or not: does not beat mean-RGB (+0.000, above in 0 of 2"), text);
        assertFalse(text.contains("- Mean-RGB"), text);
        assertEquals(0.925, outcomes.accuracy("VAE", task.name()).mean(), 1e-12);
    }

    @Test
    void whatCannotBeIsRefusedBeforeAnyTraining() throws IOException {
        refused("see the same part of a slide", context("vae.encoder.patch=32", "vae.objective.decoder.side=8"));
        refused("would change nothing", context("training.window=64"));
        refused("unknown option", context("probe.patches.tests=3"));
        String bare = Files.readString(shared.resolve("tissues.yaml"))
                .replace("tissue_mask: {path: test-tissue.png}, split", "split");
        Manifest unmasked = Manifest.read(Files.writeString(shared.resolve("bare.yaml"), bare));
        refused("'test' has a tissue_mask:", context().withManifest(unmasked));
        refused(
                "no slide with the split 'test'",
                context().withManifest(manifest.withSlides(manifest.slides().subList(0, 2))));
        refused("BiGAN 32", context("bigan.patches.scale=2"));
    }

    private static void refused(String why, ExperimentContext<Manifest> context) {
        List<String> begun = new ArrayList<>();
        InputException refused = assertThrows(InputException.class, () -> run(context.with(listing(begun))), why);
        assertTrue(refused.getMessage().contains(why), refused.getMessage());
        assertEquals(List.of(), begun);
    }

    @Test
    void thePublishedEncodersAreRowsWhereTheDataRootHasThemAndBaseHasTheirPixels() {
        // given
        DataRoot data = DataRoot.find();
        assumeTrue(data.existing("nic/encoder_bigan.h5").isPresent(), "no nic/encoder_bigan.h5; set SLIDEFIELD_DATA");
        Manifest real = Manifest.read(Path.of("data-manifests/bcss-nic.yaml"));
        ExperimentContext<Manifest> context = ExperimentContext.of(real, data, out, Size.NORMAL);
        // when
        ProbedEncoders encoders = new ProbedEncoders(context);
        List<ProbedEncoder> rows = encoders.rows(new Runs(context));
        // then
        assertEquals(128, encoders.side());
        List<String> names = rows.stream().map(ProbedEncoder::name).toList();
        assertEquals("BiGAN, published", names.get(7), names.toString());
        try (var encoder = encoders.open(rows.get(7), 0)) {
            assertEquals(128, encoder.patch());
            assertEquals(128, encoder.code());
        }
        assertTrue(
                rows.get(0).text().contains("patches of 64 px at Base/2"),
                rows.get(0).text());
        assertEquals("", encoders.withoutPublished(rows));
        // and not at other pixels
        ProbedEncoders coarse = new ProbedEncoders(context.withManifest(real.with(Base.ofMpp(1))));
        assertEquals(64, coarse.side());
        assertTrue(coarse.rows(new Runs(context)).stream()
                .noneMatch(row -> row.name().toLowerCase(Locale.ROOT).contains("published")));
    }
}
