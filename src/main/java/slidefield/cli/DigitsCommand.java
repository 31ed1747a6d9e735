package slidefield.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import slidefield.data.DataRoot;
import slidefield.data.SyntheticOptions;
import slidefield.io.InputException;
import slidefield.nic.DigitSets;
import slidefield.nic.SyntheticImage;
import slidefield.nic.SyntheticSet;
import slidefield.notebook.Pictures;
import slidefield.notebook.Progress;
import slidefield.notebook.SyntheticPictures;
import slidefield.score.CsvFile;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Writes some images of the synthetic set of Neural Image Compression, to look at. */
@Command(
        name = "digits",
        description = {
            "Write synthetic images of Neural Image Compression (Tellez et al. 2019): PNG, mask, labels.csv.",
            "An image's label is the class of the digits in its tilted rectangle (grey in the mask).",
            "Digits are MNIST's where the data root has mnist/, else drawn with the machine's fonts."
        })
final class DigitsCommand extends Subcommand {
    private static final int MOST = 10_000;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where to write.")
    private Path out;

    @Option(
            names = "--images",
            paramLabel = "N",
            defaultValue = "4",
            description = "How many, the first of the set (default ${DEFAULT-VALUE}).")
    private int images;

    @Option(
            names = "--size",
            paramLabel = "PX",
            defaultValue = "3600",
            description = "Pixels along both sides, a multiple of 9 (default ${DEFAULT-VALUE}).")
    private int size;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Same seed, same images (default ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--test", description = "Test images, of other digits, instead of training images.")
    private boolean test;

    @Override
    protected int run(Report report) {
        if (images < 1 || images > MOST) {
            throw new InputException("--images: expected 1 to " + MOST + ", found " + images);
        }
        SyntheticOptions options = SyntheticOptions.paper().withSize(size);
        SyntheticSet set = new SyntheticSet(options, DigitSets.find(DataRoot.find(), seed), seed);
        report.put("digits", (test ? set.digits().test() : set.digits().training()).origin());
        List<Map<String, Object>> rows = new ArrayList<>();
        Table table = Table.create(
                StringColumn.create("image"),
                IntColumn.create("label"),
                IntColumn.create("distraction"),
                IntColumn.create("tilted_size"),
                IntColumn.create("straight_size"));
        try (Progress bar = Progress.of("digits, images", images)) {
            for (int i = 0; i < images; i++) {
                rows.add(write(report, i, test ? set.test(i) : set.training(i), table));
                bar.step();
            }
        }
        report.put("images", rows, null);
        CsvFile.write(table, out.resolve("labels.csv"));
        report.wrote(out.resolve("labels.csv"));
        return 0;
    }

    private Map<String, Object> write(Report report, int i, SyntheticImage image, Table table) {
        int width = Math.max(2, Integer.toString(images).length());
        String name = String.format(Locale.ROOT, "digits_%0" + width + "d", i + 1);
        Path picture = out.resolve(name + ".png");
        Path mask = out.resolve(name + "_mask.png");
        Pictures.save(SyntheticPictures.image(image), picture);
        Pictures.save(SyntheticPictures.mask(image.mask()), mask);
        int straight = image.mask().straight().longSide();
        table.stringColumn("image").append(picture.getFileName().toString());
        table.intColumn("label").append(image.label());
        table.intColumn("distraction").append(image.distraction());
        table.intColumn("tilted_size").append(image.tiltedSize());
        table.intColumn("straight_size").append(straight);
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", name);
        row.put("label", image.label());
        row.put("distraction", image.distraction());
        row.put("tilted_size", image.tiltedSize());
        row.put("straight_size", straight);
        if (!report.json()) {
            report.say(String.format(
                    Locale.ROOT,
                    "%s  label %d in a tilted rectangle of %d pixels, %d in a straight one of %d",
                    name,
                    image.label(),
                    image.tiltedSize(),
                    image.distraction(),
                    straight));
        }
        report.wrote(picture).wrote(mask);
        return row;
    }

    @Override
    protected String lessMemory() {
        return "ask for a smaller --size";
    }
}
