package slidefield.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import slidefield.data.Manifest;
import slidefield.data.PhantomSet;
import slidefield.data.Split;
import slidefield.notebook.Progress;
import slidefield.slide.PhantomFile;
import slidefield.slide.PhantomOptions;

/** Draws synthetic slides with their lesion outlines and a manifest. */
@Command(
        name = "phantom",
        description = {
            "Write synthetic H&E-like slides: pyramidal TIFF, lesions as ASAP XML, and a manifest.",
            "The last quarter of the slides (at least one of two) is the test split, the others train."
        })
final class PhantomCommand extends Subcommand {
    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where to write.")
    private Path out;

    @Option(
            names = "--slides",
            paramLabel = "N",
            defaultValue = "4",
            description = "How many (default ${DEFAULT-VALUE}).")
    private int slides;

    @Option(
            names = "--size",
            paramLabel = "WxH",
            defaultValue = "2048x1536",
            converter = PixelSize.Converter.class,
            description = "Pixels of each slide (default ${DEFAULT-VALUE}).")
    private PixelSize size;

    @Option(
            names = "--mpp",
            paramLabel = "UM",
            defaultValue = "1.0",
            description = "Micrometres per pixel (default ${DEFAULT-VALUE}).")
    private double mpp;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Same seed, same slides (default ${DEFAULT-VALUE}).")
    private long seed;

    @Override
    protected int run(Report report) {
        PhantomOptions options =
                PhantomOptions.defaults().withSize(size.width(), size.height()).withMpp(mpp);
        PhantomSet.Made made;
        long megapixels = Math.max(1, (long) size.width() * size.height() * Math.max(1, slides) / 1_000_000);
        try (Progress bar = Progress.of("phantom, Mpx", megapixels)) {
            made = PhantomSet.make(out, slides, options, seed, bar.fractions());
        }
        Manifest manifest = Manifest.read(made.manifest());
        List<Map<String, Object>> rows = new ArrayList<>();
        for (PhantomFile file : made.slides()) {
            rows.add(print(report, file, manifest.slide(file.name()).split()));
        }
        report.put("slides", rows, null);
        report.wrote(made.manifest());
        return 0;
    }

    private static Map<String, Object> print(Report report, PhantomFile file, Split split) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", file.name());
        row.put("split", split.word());
        row.put("seed", file.seed());
        row.put("lesion_fraction", file.lesionFraction());
        if (!report.json()) {
            report.say(String.format(
                    Locale.ROOT,
                    "%s  %d x %d pixels, %.1f %% of the tissue is lesion, seed %d, %s",
                    file.name(),
                    file.width(),
                    file.height(),
                    100 * file.lesionFraction(),
                    file.seed(),
                    split.word()));
        }
        report.wrote(file.slide()).wrote(file.annotation());
        return row;
    }

    @Override
    protected String lessMemory() {
        return "ask for a smaller --size";
    }
}
