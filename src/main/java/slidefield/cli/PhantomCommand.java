package slidefield.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import slidefield.data.Base;
import slidefield.data.Manifest;
import slidefield.data.SlideEntry;
import slidefield.data.Split;
import slidefield.slide.PhantomFile;
import slidefield.slide.PhantomOptions;
import slidefield.slide.Phantoms;

/** Draws synthetic slides with their lesion outlines and a manifest. */
@Command(
        name = "phantom",
        description = {
            "Write synthetic H&E-like slides: pyramidal TIFF, lesions as ASAP XML, and a manifest.",
            "The last quarter of the slides (at least one of two) is the test split, the others train."
        })
final class PhantomCommand extends Subcommand {
    private static final String NAME = "phantom";

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
        Manifests.refuseOther(out, NAME);
        List<PhantomFile> files;
        long megapixels = Math.max(1, (long) size.width() * size.height() * Math.max(1, slides) / 1_000_000);
        try (Bar bar = Bar.of("phantom", "Mpx", megapixels, report.aside())) {
            files = Phantoms.write(out, slides, options, seed, bar);
        }
        List<SlideEntry> entries = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            PhantomFile file = files.get(i);
            entries.add(Manifests.entry(
                    file.name(),
                    file.slide(),
                    file.mpp(),
                    file.annotation(),
                    split(i, files.size()),
                    file.bytes(),
                    file.sha256(),
                    file.seed()));
        }
        Manifest manifest = new Manifest(
                NAME,
                "Synthetic H&E-like slides; lesions differ from normal tissue by their nuclei and texture.",
                Base.ofMpp(mpp),
                "slidefield phantom --slides " + slides + " --size " + size.width() + "x" + size.height() + " --mpp "
                        + mpp + " --seed " + seed,
                null,
                null,
                entries);
        manifest.write(Manifests.in(out));
        print(report, files);
        return 0;
    }

    private static Split split(int index, int slides) {
        int test = slides < 2 ? 0 : Math.max(1, slides / 4);
        return index >= slides - test ? Split.TEST : Split.TRAIN;
    }

    private void print(Report report, List<PhantomFile> files) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            PhantomFile file = files.get(i);
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("name", file.name());
            row.put("split", split(i, files.size()).word());
            row.put("seed", file.seed());
            row.put("lesion_fraction", file.lesionFraction());
            rows.add(row);
            if (!report.json()) {
                report.say(String.format(
                        Locale.ROOT,
                        "%s  %d x %d pixels, %.1f %% of the tissue is lesion, seed %d, %s",
                        file.name(),
                        file.width(),
                        file.height(),
                        100 * file.lesionFraction(),
                        file.seed(),
                        split(i, files.size()).word()));
            }
            report.wrote(file.slide()).wrote(file.annotation());
        }
        report.put("slides", rows, null);
        report.wrote(Manifests.in(out));
    }

    @Override
    protected String lessMemory() {
        return "ask for a smaller --size";
    }
}
