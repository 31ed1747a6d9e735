package slidefield.experiment;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import slidefield.data.Manifest;
import slidefield.data.SlideEntry;
import slidefield.data.Split;
import slidefield.io.InputException;
import slidefield.io.WholeFile;
import slidefield.nic.CompressedSet;
import slidefield.nic.CrossValidation;
import slidefield.nic.LabelledGrid;
import slidefield.nic.SlideCnnRun;
import slidefield.nic.SlideCnnSettings;
import slidefield.nic.SlideLabels;
import slidefield.nic.SlidePrediction;
import slidefield.nic.TrainedSlideCnn;

/**
 * A cross-validation round by round over a manifest's folds (Tellez et al. 2019, section 4.4), each network and what it says
 * kept in a run of its own, {@code runs/slides-ENCODER-foldK-SEED}, so that a stopped experiment goes on in its round.
 */
final class SlideRounds {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ExperimentContext<Manifest> context;
    private final Runs runs;
    private final Manifest folded;

    /**
     * @param context its manifest holds slides in folds; others are not used
     * @param runs of the experiment
     */
    SlideRounds(ExperimentContext<Manifest> context, Runs runs) {
        this.context = context;
        this.runs = runs;
        folded = folded(context.manifest());
    }

    /** The slides of a manifest that are in a fold. */
    static Manifest folded(Manifest manifest) {
        Manifest.requireFolds(manifest.name(), manifest.folds());
        return new Manifest(
                manifest.name(),
                manifest.description(),
                manifest.base(),
                manifest.source(),
                manifest.licence(),
                manifest.attribution(),
                manifest.slides().stream().filter(slide -> slide.fold() != null).toList());
    }

    private static String name(String encoder, int fold) {
        return "slides-" + NicEncoders.key(encoder) + "-fold" + fold;
    }

    private static SlideCnnSettings own(SlideCnnSettings settings, long seed, int number) {
        return CrossValidation.ofFold(settings.withSeed(seed), number);
    }

    private TrainedSlideCnn network(String encoder, long seed, Path codes, SlideCnnSettings settings, int number) {
        int fold = folded.folds().get(number);
        return new SlideCnnRuns(context.withManifest(folded.heldOut(fold)), runs, codes)
                .of(name(encoder, fold), seed, own(settings, seed, number));
    }

    /**
     * What is said of every slide by the network that it was held out from, in the manifest's order.
     *
     * @param encoder its name
     * @param seed of the initialisation
     * @param codes the slides, compressed with it
     * @param settings of all rounds; each has a seed of its own
     */
    List<SlidePrediction> heldOut(String encoder, long seed, Path codes, SlideCnnSettings settings) {
        Map<String, SlidePrediction> said = new HashMap<>();
        for (int number = 0; number < folded.folds().size(); number++) {
            TrainedSlideCnn network = network(encoder, seed, codes, settings, number);
            List<SlideEntry> held = folded.heldOut(folded.folds().get(number)).split(Split.TEST);
            answers(encoder, seed, number, "held-out", () -> predict(network, settings, codes, held))
                    .forEach(one -> said.put(one.name(), one));
        }
        return folded.slides().stream().map(slide -> said.get(slide.name())).toList();
    }

    /**
     * What all rounds' networks say on average of slides that none of them has seen.
     *
     * @param slides without a fold; those without a label have 0
     */
    List<SlidePrediction> unseen(
            String encoder, long seed, Path codes, SlideCnnSettings settings, List<SlideEntry> slides) {
        List<List<SlidePrediction>> rounds = new ArrayList<>();
        for (int number = 0; number < folded.folds().size(); number++) {
            TrainedSlideCnn network = network(encoder, seed, codes, settings, number);
            rounds.add(answers(encoder, seed, number, "unseen", () -> predict(network, settings, codes, slides)));
        }
        List<SlidePrediction> means = new ArrayList<>();
        for (int i = 0; i < slides.size(); i++) {
            int slide = i;
            means.add(SlidePrediction.mean(
                    rounds.stream().map(round -> round.get(slide)).toList()));
        }
        return means;
    }

    private List<SlidePrediction> predict(
            TrainedSlideCnn network, SlideCnnSettings settings, Path codes, List<SlideEntry> slides) {
        SlideLabels labels = SlideCnnRun.labels(settings, context.manifest());
        List<SlideEntry> labelled = new ArrayList<>(slides);
        labelled.replaceAll(slide -> slide.label() == null ? slide.withLabel("0") : slide);
        List<LabelledGrid> grids = CompressedSet.open(codes, labelled).labelled(labelled, labels);
        return grids.stream().map(network::predict).toList();
    }

    /** Makes answers. */
    private interface Making {
        List<SlidePrediction> make();
    }

    private List<SlidePrediction> answers(String encoder, long seed, int number, String what, Making making) {
        Path folder = runs.folder(name(encoder, folded.folds().get(number)), seed);
        Path file = folder.resolve("predictions-" + what + ".json");
        try {
            if (Files.exists(file)) {
                return JSON.readValue(file.toFile(), new TypeReference<List<SlidePrediction>>() {});
            }
            List<SlidePrediction> made = making.make();
            WholeFile.writeText(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(made) + "\n");
            return made;
        } catch (IOException failure) {
            throw new InputException(
                    "cannot read " + file + ": " + failure.getClass().getSimpleName()
                            + "; delete it, it is made again from the network beside it",
                    failure);
        }
    }
}
