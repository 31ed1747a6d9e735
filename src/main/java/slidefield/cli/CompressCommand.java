package slidefield.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import slidefield.data.DataRoot;
import slidefield.data.Manifest;
import slidefield.data.Region;
import slidefield.data.SlideEntry;
import slidefield.data.Split;
import slidefield.fit.OutputFolder;
import slidefield.fit.RunFolder.IfExists;
import slidefield.io.InputException;
import slidefield.nic.CompressedSlide;
import slidefield.nic.CompressionOptions;
import slidefield.nic.Encoders;
import slidefield.nic.GridOrientation;
import slidefield.nic.PatchEncoder;
import slidefield.nic.SlideCompression;
import slidefield.nic.TissueRule;
import slidefield.nn.Engine;
import slidefield.nn.Precision;
import slidefield.slide.CroppedSlide;
import slidefield.slide.Slide;
import slidefield.slide.Slides;

/** Slides compressed to grids of codes. */
@Command(
        name = "compress",
        description = {
            "Compress a slide, or all slides of a manifest, to grids of codes (Neural Image Compression).",
            "DIR receives a folder per slide: grid.json, and codes-none-0.npy with rows x columns x code float16 values,"
                    + " zeros where there is no tissue; NumPy reads it."
        })
final class CompressCommand extends Subcommand {
    @Parameters(
            index = "0",
            paramLabel = "SLIDE|MANIFEST",
            description = "The slide or image, or a manifest (.yaml) of slides.")
    private Path input;

    @Option(
            names = "--split",
            paramLabel = "S",
            split = ",",
            description = "Only a manifest's slides of this split: train, validation or test; repeat for more.")
    private List<Split> splits = new ArrayList<>();

    @Option(
            names = "--encoder",
            paramLabel = "E",
            required = true,
            description = "mean-rgb, a published encoder (.h5), or a run folder of train-encoder.")
    private String encoderName;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Where to write.")
    private Path out;

    @Option(names = "--orientations", description = "In all eight orientations: the slide flipped and turned as well.")
    private boolean orientations;

    @Option(
            names = "--mpp",
            paramLabel = "X",
            defaultValue = "" + CompressionOptions.MPP,
            description = "Micrometres per pixel at which patches are cut (default: ${DEFAULT-VALUE}).")
    private double mpp;

    @Option(
            names = "--slide-mpp",
            paramLabel = "X",
            description = "Micrometres per pixel of the slide, where its file does not say.")
    private Double slideMpp;

    @Option(
            names = "--stride",
            paramLabel = "PX",
            description = "Pixels from one patch to the next (default: the patch's side).")
    private Integer stride;

    @Option(
            names = "--tissue",
            paramLabel = "RULE",
            defaultValue = "mask",
            description =
                    "Which patches are encoded: mask (over 0.6 of it is tissue), intensity (mean below 245) or all"
                            + " (default: ${DEFAULT-VALUE}).")
    private String tissue;

    @Option(
            names = "--precision",
            paramLabel = "P",
            defaultValue = "f32",
            description = "f32, or bf16 where the processor has it: faster, codes differ by about 1 %% of their norm"
                    + " (default: ${DEFAULT-VALUE}).")
    private String precision;

    @ArgGroup
    private Existing existing = new Existing();

    /** What to do with slides that are there already. */
    private static final class Existing {
        @Option(names = "--resume", description = "Go on where it was stopped, and with what is not there yet.")
        private boolean resume;

        @Option(names = "--force", description = "Compress anew what is there already.")
        private boolean force;

        private IfExists choice() {
            return resume ? IfExists.RESUME_OR_BEGIN : force ? IfExists.REPLACE : IfExists.REFUSE;
        }
    }

    /** A slide that is opened when it is its turn. */
    private interface Source {
        Slide open();
    }

    @Override
    protected int run(Report report) {
        TissueRule rule = TissueRule.of(tissue);
        Map<String, Source> slides = slides();
        OutputFolder.require(out);
        try (PatchEncoder encoder = Encoders.open(encoderName, Engine.preferred(Precision.of(precision)))) {
            SlideCompression compression = new SlideCompression(encoder, options(encoder, rule));
            // What is wrong with a later slide should not come out after hours.
            slides.forEach((name, source) -> {
                try (Slide slide = source.open()) {
                    String called = called(name, slide);
                    compression.require(slide, called, out.resolve(called), existing.choice());
                }
            });
            List<Map<String, Object>> entries = new ArrayList<>();
            slides.forEach((name, source) -> {
                try (Slide slide = source.open()) {
                    String place = slides.size() == 1 ? "" : " (" + (entries.size() + 1) + " of " + slides.size() + ")";
                    entries.add(compress(compression, slide, called(name, slide), place, report));
                }
            });
            report.put("encoder", encoder.name());
            report.put("slides", entries, null);
        }
        return 0;
    }

    private static String called(String name, Slide slide) {
        return name == null ? slide.name() : name;
    }

    private CompressionOptions options(PatchEncoder encoder, TissueRule rule) {
        try {
            return new CompressionOptions(mpp, stride == null ? encoder.patch() : stride, rule);
        } catch (IllegalArgumentException impossible) {
            throw new InputException("--" + impossible.getMessage(), impossible);
        }
    }

    /** By their manifest's names; a slide by itself has the name of its file, and none here. */
    private Map<String, Source> slides() {
        Map<String, Source> slides = new LinkedHashMap<>();
        String name = input.toString().toLowerCase(Locale.ROOT);
        if (!name.endsWith(".yaml") && !name.endsWith(".yml")) {
            if (!splits.isEmpty()) {
                throw new InputException("--split is for a manifest (.yaml): " + input + " is one slide");
            }
            OptionalDouble pixel = slideMpp == null ? OptionalDouble.empty() : OptionalDouble.of(slideMpp);
            slides.put(null, () -> Slides.open(input, pixel));
            return slides;
        }
        if (slideMpp != null) {
            throw new InputException("--slide-mpp is for one slide; a manifest says it of each, with mpp:");
        }
        DataRoot data = DataRoot.find().forManifest(input);
        Manifest manifest = Manifest.read(input);
        manifest.slides().stream()
                .filter(entry -> splits.isEmpty() || splits.contains(entry.split()))
                .forEach(entry -> slides.put(entry.name(), () -> open(entry, data)));
        if (slides.isEmpty()) {
            throw new InputException("no slide of " + input + " is of the split "
                    + String.join(" or ", splits.stream().map(Split::word).toList()) + "; it has "
                    + String.join(
                            ", ",
                            manifest.slides().stream()
                                    .map(entry -> entry.split().word())
                                    .distinct()
                                    .toList()));
        }
        return slides;
    }

    private static Slide open(SlideEntry entry, DataRoot data) {
        Slide whole = Slides.open(data.slide(entry), entry.pixelSize());
        if (entry.crop().isEmpty()) {
            return whole;
        }
        Region region = entry.crop().get();
        try {
            return new CroppedSlide(whole, region.x(), region.y(), region.width(), region.height());
        } catch (RuntimeException failure) {
            whole.close();
            throw failure;
        }
    }

    private Map<String, Object> compress(
            SlideCompression compression, Slide slide, String name, String place, Report report) {
        List<GridOrientation> wanted = orientations ? GridOrientation.all() : List.of(GridOrientation.NONE_0);
        Path folder = out.resolve(name);
        long start = System.nanoTime();
        CompressedSlide made;
        try (RestBar bar = new RestBar("compress " + name + place)) {
            made = compression.compress(slide, name, folder, wanted, existing.choice(), bar);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", name);
        entry.put("folder", folder.toString());
        entry.put("rows", made.rows());
        entry.put("columns", made.columns());
        entry.put("code", made.code());
        entry.put("tissue_patches", made.tissue());
        entry.put("orientations", made.orientations().size());
        entry.put("compression_factor", made.compressionFactor());
        entry.put("seconds", seconds);
        report.say(String.format(
                Locale.ROOT,
                "%s  %d x %d codes of %d values, %d of them tissue; %.5g values of the slide for one of its codes'; %.1f s",
                name,
                made.rows(),
                made.columns(),
                made.code(),
                made.tissue(),
                made.compressionFactor(),
                seconds));
        made.orientations().forEach(orientation -> report.wrote(made.file(orientation)));
        return entry;
    }

    @Override
    protected String lessMemory() {
        return "take a larger --stride";
    }

    @Override
    protected String howToGoOn() {
        return "compress " + input + " --encoder " + encoderName + " --out " + out + " ... --resume (the same options)";
    }
}
