package slidefield.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import slidefield.data.DataRoot;
import slidefield.data.Manifest;
import slidefield.data.SlideEntry;
import slidefield.data.Split;
import slidefield.fit.OpenedSlide;
import slidefield.fit.Optimisation;
import slidefield.fit.RunFolder;
import slidefield.fit.RunFolder.IfExists;
import slidefield.fit.Segmenter;
import slidefield.fit.Settings;
import slidefield.fit.Training;
import slidefield.io.InputException;
import slidefield.score.DiceTable;
import slidefield.score.Resolution;

/** The whole job: train on a manifest's training split, then fit, segment and score its test split. */
@Command(
        name = "run",
        description = {
            "The whole job: train on the training split, fit and segment every test slide at Base, Base/2 and Base/4,",
            "and score it: dice.csv, dice-per-slide.csv, and per slide an overlay PNG, TIFFs and GeoJSON.",
            "The run folder is DIR/run; segment uses it for further slides."
        })
final class RunCommand extends Subcommand {
    @Parameters(index = "0", paramLabel = "MANIFEST", description = "Which slides: YAML, see data-manifests/.")
    private Path manifestFile;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Where to write.")
    private Path out;

    @ArgGroup
    private ExistingRun existing = new ExistingRun();

    @Mixin
    private SettingsOptions options;

    @Override
    protected int run(Report report) {
        Manifest manifest = Manifest.read(manifestFile);
        List<SlideEntry> unseen = manifest.split(Split.TEST);
        if (unseen.isEmpty()) {
            throw new InputException("manifest " + manifest.name() + " has no slide with the split 'test'");
        }
        IfExists choice = existing.choice();
        Settings fresh = choice == IfExists.RESUME ? null : options.settings();
        DataRoot data = DataRoot.find().forManifest(manifestFile);
        for (SlideEntry entry : unseen) {
            // What is wrong with a test slide should not come out after hours of training.
            OpenedSlide.open(entry, manifest.base(), data).close();
        }
        RunFolder folder = RunFolder.forTraining(out.resolve("run"), choice);
        Settings settings = fresh == null ? options.unchanged(folder.settings()) : fresh;
        Path summary = out.resolve("dice.csv");
        Path perSlide = out.resolve("dice-per-slide.csv");
        DiceTable table = new DiceTable();
        List<Double> psnr = new ArrayList<>();
        try (FitShown progress = new FitShown(report)) {
            Training.Trained trained = Training.train(folder, settings, manifest, data, progress);
            Segmenter segmenter = new Segmenter(trained.field());
            for (SlideEntry entry : unseen) {
                try (OpenedSlide slide = OpenedSlide.open(entry, manifest.base(), data)) {
                    slide.notice().ifPresent(progress::notice);
                    for (Optimisation optimisation : Optimisation.values()) {
                        segment(report, segmenter, slide, optimisation, progress, table, psnr);
                    }
                }
                // After every slide, so that a failure at a later one loses nothing.
                table.writeCsv(summary, perSlide);
            }
        }
        report.say(table.text());
        report.put(
                "psnr_db",
                psnr.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN));
        report.wrote(summary).wrote(perSlide);
        return 0;
    }

    private void segment(
            Report report,
            Segmenter segmenter,
            OpenedSlide slide,
            Optimisation optimisation,
            FitShown progress,
            DiceTable table,
            List<Double> psnr) {
        List<Resolution> wanted = optimisation == Optimisation.BASE
                ? List.of(Resolution.values())
                : List.of(Resolution.HALF, Resolution.QUARTER);
        for (Segmenter.Result result : segmenter.segment(slide, wanted, optimisation, progress)) {
            String method = optimisation.title();
            if (result.plane().annotated()) {
                table.add(method, slide.name(), result.resolution(), result.confusion());
                if (result.resolution() == Resolution.BASE) {
                    // At Base both ways of fitting are the same.
                    table.add(Optimisation.SAME.title(), slide.name(), result.resolution(), result.confusion());
                    psnr.add(result.prediction().psnr());
                }
            }
            Path folder = out.resolve(slide.name()).resolve(optimisation.name().toLowerCase(Locale.ROOT));
            SegmentFiles.write(folder, slide.name(), result).forEach(report::wrote);
            report.aside()
                    .printf(
                            Locale.ROOT,
                            "%s %s %s: PSNR %.2f dB, %d epochs%n",
                            slide.name(),
                            method,
                            result.resolution(),
                            result.prediction().psnr(),
                            result.fitted().epochs().size());
        }
    }

    @Override
    protected String lessMemory() {
        return "--set training.window=64";
    }

    @Override
    protected String howToGoOn() {
        return "run " + manifestFile + " --out " + out + " --resume";
    }
}
