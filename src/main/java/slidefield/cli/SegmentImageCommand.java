package slidefield.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import slidefield.data.ImageSetManifest;
import slidefield.fit.OutputFolder;
import slidefield.fit.RunFolder;
import slidefield.fit.RunKind;
import slidefield.io.InputException;
import slidefield.nn.Engine;
import slidefield.score.ImageScores;
import slidefield.swipe.ImageSegmenter;
import slidefield.swipe.ImageSet;
import slidefield.swipe.LabelledImage;
import slidefield.swipe.Mise;
import slidefield.swipe.RivalTraining;
import slidefield.swipe.SegmentedImage;
import slidefield.swipe.SwipeTraining;
import slidefield.swipe.TrainedRival;
import slidefield.swipe.TrainedSwipe;

/** A plain image segmented by a SwIPE or one of its rivals. */
@Command(
        name = "segment-image",
        description = {
            "Segment a plain image (PNG, JPEG, BMP, TIFF) with a SwIPE or rival that train-swipe or train-rival made.",
            "DIR receives the mask and an overlay as PNG, and with prediction.neighbours the map of uncertainty."
        })
final class SegmentImageCommand extends Subcommand {
    @Parameters(index = "0", paramLabel = "RUN", description = "A run folder that train-swipe or train-rival made.")
    private Path run;

    @Parameters(index = "1", paramLabel = "IMAGE", description = "The image.")
    private Path imageFile;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Where to write.")
    private Path out;

    @Option(
            names = "--size",
            paramLabel = "WxH",
            converter = PixelSize.Converter.class,
            description = "Pixels of the mask, as many or as few as wanted (default: the image's).")
    private PixelSize size;

    @Option(names = "--truth", paramLabel = "FILE", description = "The image's mask, to score and draw beside.")
    private Path truth;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Change how it is predicted, such as prediction.neighbours=true.")
    private List<String> changes = new ArrayList<>();

    @Option(
            names = "--mise",
            description =
                    "Extract the mask by asking fewer points (multi-resolution extraction, SwIPE only): faster, but"
                            + " what every fourth point of every fourth row misses stays background, and there is no probability.")
    private boolean mise;

    @Override
    protected int run(Report report) {
        RunFolder folder = RunFolder.open(run);
        ImageSegmenter network = segmenter(folder);
        ImageSetManifest manifest = ImageSetManifest.read(folder.manifest());
        LabelledImage image = truth == null ? ImageSet.image(imageFile) : ImageSet.image(imageFile, truth, manifest);
        if (truth != null && size != null) {
            throw new InputException(
                    "the image's mask cannot be compared with one of another size; leave --size or" + " --truth out");
        }
        OutputFolder.make(out);
        long start = System.nanoTime();
        PixelSize wanted = size == null ? new PixelSize(image.width(), image.height()) : size;
        SegmentedImage found = mise ? null : network.predict(image, wanted.width(), wanted.height());
        byte[] classes = mise ? extracted(network, image, wanted, report) : found.classes();
        report.put("seconds", (System.nanoTime() - start) / 1e9);
        report.put("width", wanted.width());
        report.put("height", wanted.height());
        for (int c = 1; c <= manifest.classes().size(); c++) {
            report.put(manifest.classes().get(c - 1).replace(' ', '_') + "_share", share(classes, c));
        }
        if (truth != null) {
            report.put("dice", new ImageScores(manifest.classes()).add(image.name(), classes, image.classes()));
        }
        ImageSegmentFiles files = new ImageSegmentFiles(out, image, truth != null);
        if (mise) {
            files.mask(wanted, classes, manifest.classes().size());
        } else {
            files.answer(found);
        }
        files.written().forEach(report::wrote);
        return 0;
    }

    private byte[] extracted(ImageSegmenter network, LabelledImage image, PixelSize wanted, Report report) {
        if (!(network instanceof TrainedSwipe swipe)) {
            throw new InputException(
                    "--mise asks SwIPE's points; " + run + " holds one of its rivals: leave --mise out");
        }
        Mise.Extracted mask = swipe.extract(image, wanted.width(), wanted.height());
        report.put("points_asked", mask.asked());
        return mask.classes();
    }

    private ImageSegmenter segmenter(RunFolder folder) {
        if (folder.kind() != RunKind.SWIPE && folder.kind() != RunKind.RIVAL) {
            throw new InputException(run + " holds a run of " + folder.kind().command()
                    + ", not of train-swipe or train-rival; " + folder.kind().use());
        }
        for (String change : changes) {
            if (!change.strip().startsWith("prediction.")) {
                throw new InputException(
                        "--set " + change + " would not change a trained network; here only prediction.* can be set");
            }
        }
        Engine engine = Engine.preferred();
        return folder.kind() == RunKind.SWIPE
                ? TrainedSwipe.load(run, SwipeTraining.settings(folder).with(changes), engine)
                : TrainedRival.load(run, RivalTraining.settings(folder).with(changes), engine);
    }

    private static double share(byte[] classes, int ofClass) {
        int count = 0;
        for (byte c : classes) {
            count += c == ofClass ? 1 : 0;
        }
        return (double) count / classes.length;
    }

    @Override
    protected String lessMemory() {
        return "ask for a smaller --size";
    }
}
