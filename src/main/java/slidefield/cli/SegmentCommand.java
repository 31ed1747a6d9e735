package slidefield.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import slidefield.data.Base;
import slidefield.fit.OpenedSlide;
import slidefield.fit.Optimisation;
import slidefield.fit.OutputFolder;
import slidefield.fit.RunFolder;
import slidefield.fit.RunKind;
import slidefield.fit.Segmenter;
import slidefield.fit.Settings;
import slidefield.fit.TrainedField;
import slidefield.fit.Training;
import slidefield.io.InputException;
import slidefield.io.WholeFile;
import slidefield.nn.Engine;
import slidefield.nn.Precision;
import slidefield.patch.PatchSettings;
import slidefield.patch.PatchTraining;
import slidefield.patch.TrainedPatchNetwork;
import slidefield.score.Confusion;
import slidefield.score.Degenerate;
import slidefield.score.Resolution;

/** Inference-time optimisation and dense prediction of one slide. */
@Command(
        name = "segment",
        description = {
            "Predict a slide's lesions at one or more resolutions: with a trained field, which is fitted to the slide"
                    + " first, or with a trained patch network.",
            "DIR receives, per resolution, probability and mask as pyramidal TIFF, the lesions as GeoJSON for QuPath,"
                    + " an overlay PNG, and segment.json."
        })
final class SegmentCommand extends Subcommand {
    @Parameters(index = "0", paramLabel = "RUN", description = "A run folder that train or train-patch made.")
    private Path run;

    @Parameters(index = "1", paramLabel = "SLIDE", description = "The slide or image.")
    private Path slideFile;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Where to write.")
    private Path out;

    @Option(
            names = "--resolution",
            paramLabel = "LIST",
            defaultValue = "base,base/2,base/4",
            description = "Where to predict (default: ${DEFAULT-VALUE}).")
    private String resolutions;

    @Option(
            names = "--optimize",
            paramLabel = "WHERE",
            description = "base (default): fit once at Base; same: fit anew at every resolution.")
    private String optimize;

    @Option(names = "--mpp", paramLabel = "X", description = "Micrometres per pixel, where the file does not say.")
    private Double mpp;

    @Option(names = "--truth", paramLabel = "FILE", description = "Lesion annotation, to score and draw beside.")
    private Path truth;

    @Option(names = "--precision", paramLabel = "P", description = "f32 or bf16 (default: that of the run).")
    private String precision;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Change one setting of the inference-time optimisation, such as ito.stopRule=true.")
    private List<String> changes = new ArrayList<>();

    @Override
    protected int run(Report report) {
        List<Resolution> wanted = Resolution.parseAll(resolutions);
        Optimisation optimisation = optimisation(optimize);
        RunFolder folder = RunFolder.open(run);
        if (folder.kind() != RunKind.FIELD && folder.kind() != RunKind.PATCH) {
            throw new InputException(run + " holds a run of " + folder.kind().command() + "; "
                    + folder.kind().use());
        }
        Method method = folder.kind() == RunKind.PATCH ? patches(folder) : field(folder, optimisation);
        Base base = Training.manifest(folder).base();
        OutputFolder.make(out);
        OptionalDouble pixel = mpp == null ? OptionalDouble.empty() : OptionalDouble.of(mpp);
        try (OpenedSlide slide = OpenedSlide.open(slideFile, pixel, Optional.ofNullable(truth), base);
                FitShown progress = new FitShown(report)) {
            slide.notice().ifPresent(progress::notice);
            List<Map<String, Object>> entries = method.segment(slide, wanted, progress, report);
            Path json = out.resolve("segment.json");
            write(json, slide, folder.kind(), entries);
            report.wrote(json);
            report.put("resolutions", entries, null);
        }
        return 0;
    }

    /** What a trained run does with a slide. */
    private interface Method {
        /** Writes the files of every resolution and gives what is to be said of it. */
        List<Map<String, Object>> segment(OpenedSlide slide, List<Resolution> wanted, FitShown progress, Report report);
    }

    private Method field(RunFolder folder, Optimisation optimisation) {
        Settings settings = folder.settings();
        Engine engine = Engine.preferred(precision(settings.precision()));
        TrainedField field =
                TrainedField.load(run, settings, engine).with(ito(settings).ito());
        return (slide, wanted, progress, report) -> {
            List<Map<String, Object>> entries = new ArrayList<>();
            for (Segmenter.Result result : new Segmenter(field).segment(slide, wanted, optimisation, progress)) {
                SegmentFiles.write(out, slide.name(), result).forEach(report::wrote);
                entries.add(entry(report, result));
            }
            return entries;
        };
    }

    private Method patches(RunFolder folder) {
        if (!changes.isEmpty() || optimize != null) {
            throw new InputException(run + " holds a patch network, which is not fitted to a slide; leave --set and"
                    + " --optimize out");
        }
        PatchSettings settings = PatchTraining.settings(folder);
        TrainedPatchNetwork network =
                TrainedPatchNetwork.load(run, settings, Engine.preferred(precision(settings.precision())));
        return (slide, wanted, progress, report) ->
                PatchSegmentation.write(network, slide, wanted, truth != null, out, progress, report);
    }

    private Precision precision(Precision own) {
        return precision == null ? own : Precision.of(precision);
    }

    private Settings ito(Settings settings) {
        for (String change : changes) {
            if (!change.strip().startsWith("ito.")) {
                throw new InputException(
                        "--set " + change + " would not change a trained field; here only ito.* can be set");
            }
        }
        return settings.with(changes);
    }

    static Optimisation optimisation(String text) {
        if (text == null) {
            return Optimisation.BASE;
        }
        try {
            return Optimisation.valueOf(text.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new InputException("--optimize must be base or same, got '" + text + "'");
        }
    }

    private Map<String, Object> entry(Report report, Segmenter.Result result) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("resolution", result.resolution().label());
        entry.put("fitted_at", result.fittedAt().label());
        entry.put("width", result.prediction().width());
        entry.put("height", result.prediction().height());
        entry.put("epochs", result.fitted().epochs().size());
        entry.put("stopped", result.fitted().stopped());
        entry.put("psnr_db", result.prediction().psnr());
        entry.put("seconds", result.seconds());
        String line = String.format(
                Locale.ROOT,
                "%-7s %d x %d px, %d epochs, PSNR %.2f dB",
                result.resolution().label(),
                result.prediction().width(),
                result.prediction().height(),
                result.fitted().epochs().size(),
                result.prediction().psnr());
        if (truth != null) {
            line += scored(entry, result.confusion());
        }
        report.say(line);
        return entry;
    }

    /** Adds the scores of an annotated slide to an entry, and gives them for people. */
    static String scored(Map<String, Object> entry, Confusion counts) {
        entry.put("dice", counts.scores().dice());
        entry.put("all_lesion_dice", counts.allLesion().scores().dice());
        String note = Degenerate.of(counts).note();
        return String.format(
                        Locale.ROOT,
                        ", Dice %.4f (all lesion %.4f, all background %.4f)",
                        counts.scores().dice(),
                        counts.allLesion().scores().dice(),
                        counts.allBackground().scores().dice())
                + (note.isEmpty() ? "" : "; " + note);
    }

    @Override
    protected String lessMemory() {
        return "predict at a coarser resolution, such as --resolution base/4";
    }

    private void write(Path json, OpenedSlide slide, RunKind kind, List<Map<String, Object>> entries) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("slide", slide.name());
        all.put("width", slide.slide().width());
        all.put("height", slide.slide().height());
        if (kind == RunKind.FIELD) {
            all.put("optimize", optimize == null ? "base" : optimize);
        }
        all.put("resolutions", entries);
        try {
            String text = new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(Report.plain(all));
            WholeFile.writeText(json, text + "\n");
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
