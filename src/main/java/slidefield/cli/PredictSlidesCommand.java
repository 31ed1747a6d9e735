package slidefield.cli;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import slidefield.data.DataRoot;
import slidefield.data.Manifest;
import slidefield.data.SlideEntry;
import slidefield.data.Split;
import slidefield.fit.OpenedSlide;
import slidefield.fit.OutputFolder;
import slidefield.fit.RunFolder;
import slidefield.fit.RunKind;
import slidefield.fit.Training;
import slidefield.io.InputException;
import slidefield.nic.CodeGrid;
import slidefield.nic.CompressedSlide;
import slidefield.nic.CompressedSlides;
import slidefield.nic.GridOrientation;
import slidefield.nic.LabelledGrid;
import slidefield.nic.SlideCnnRun;
import slidefield.nic.SlideLabels;
import slidefield.nic.SlidePrediction;
import slidefield.nic.SlideTask;
import slidefield.nic.TrainedSlideCnn;
import slidefield.nn.Engine;
import slidefield.notebook.CodeColours;
import slidefield.notebook.Pictures;
import slidefield.notebook.Progress;
import slidefield.slide.View;

/** What a trained network says of whole compressed slides, and where it looks. */
@Command(
        name = "predict-slides",
        description = {
            "Predict the labels of compressed slides with a run of train-slides, and show where the network looks.",
            "DIR receives predictions.csv, predictions.json and a picture per slide, NAME-saliency.png: the codes in colours"
                    + " (alike codes alike) and the Grad-CAM of the predicted class, of two classes of the positive one, in the"
                    + " crop around the place deepest in the tissue.",
            "Answers are averaged over the crops that the run's training.crops says and over all orientations that were compressed."
        })
final class PredictSlidesCommand extends Subcommand {
    private static final int WIDTH = 580;

    @Parameters(index = "0", paramLabel = "RUN", description = "A finished run of train-slides.")
    private Path run;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "CODES",
            description = "Compressed slides, or folders that hold some.")
    private List<Path> codes;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Where to write.")
    private Path out;

    @Option(
            names = "--split",
            paramLabel = "S",
            description =
                    "Only slides of this split of the run's manifest: train, validation, or test (what was held out).")
    private Split split;

    @Option(
            names = "--slides",
            paramLabel = "MANIFEST",
            description = "Show the slides themselves beside the maps: the manifest that names them.")
    private Path slides;

    @Override
    protected int run(Report report) {
        RunFolder folder = RunFolder.open(run);
        if (folder.kind() != RunKind.SLIDES) {
            throw new InputException(run + " holds a run of " + folder.kind().command() + ", not of train-slides; "
                    + folder.kind().use());
        }
        Manifest manifest = Training.manifest(folder);
        Manifest shown = slides == null ? null : Manifest.read(slides);
        List<CompressedSlide> found = chosen(manifest);
        for (CompressedSlide slide : found) {
            SlideCnnRun.requireCodes(folder, slide);
            if (shown != null) {
                shown.slide(slide.name());
            }
        }
        TrainedSlideCnn network = TrainedSlideCnn.load(run, Engine.preferred());
        SlideLabels labels = SlideCnnRun.labels(network.settings(), manifest);
        OutputFolder.make(out);
        SlideAnswers answers =
                new SlideAnswers(manifest, labels, network.settings().training().task());
        try (Progress bar = Progress.of("predict", found.size())) {
            for (CompressedSlide slide : found) {
                SlidePrediction said = network.predict(LabelledGrid.of(slide, answers.label(slide.name())));
                answers.add(said);
                Path picture = out.resolve(slide.name() + "-saliency.png");
                Pictures.save(picture(network, slide, said, shown), picture);
                report.wrote(picture);
                bar.step();
            }
        }
        answers.write(out).forEach(report::wrote);
        answers.report(report);
        return 0;
    }

    private List<CompressedSlide> chosen(Manifest manifest) {
        if (split == null) {
            return CompressedSlides.find(codes, name -> true);
        }
        Set<String> names = manifest.split(split).stream().map(SlideEntry::name).collect(Collectors.toSet());
        List<CompressedSlide> chosen = CompressedSlides.find(codes, names::contains);
        if (chosen.isEmpty()) {
            throw new InputException("none of the compressed slides in " + codes + " has the split '" + split.word()
                    + "' in the run's manifest");
        }
        return chosen;
    }

    private BufferedImage picture(
            TrainedSlideCnn network, CompressedSlide slide, SlidePrediction said, Manifest shown) {
        CodeGrid grid = slide.read(GridOrientation.NONE_0);
        int ofClass = network.settings().training().task() == SlideTask.CLASSES ? said.mostProbable() : 1;
        List<String> titles = new ArrayList<>(List.of("codes", "where the network looks"));
        List<BufferedImage> images = new ArrayList<>(List.of(
                Pictures.enlarged(CodeColours.of(grid).image(grid), Math.max(grid.columns(), WIDTH)),
                Pictures.enlarged(
                        Pictures.saliency(network.saliency(grid, ofClass)), Math.max(grid.columns(), WIDTH))));
        thumbnail(slide.name(), shown).ifPresent(image -> {
            titles.add(0, slide.name());
            images.add(0, image);
        });
        return Pictures.row(titles, images);
    }

    private Optional<BufferedImage> thumbnail(String name, Manifest shown) {
        if (shown == null) {
            return Optional.empty();
        }
        DataRoot data = DataRoot.find().forManifest(slides);
        try (OpenedSlide opened = OpenedSlide.open(shown.slide(name), shown.base(), data)) {
            return Optional.of(View.fitting(opened.slide(), WIDTH).image());
        }
    }

    @Override
    protected String lessMemory() {
        return "give fewer slides, or one by one";
    }
}
