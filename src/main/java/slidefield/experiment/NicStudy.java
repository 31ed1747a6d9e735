package slidefield.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import slidefield.data.Manifest;
import slidefield.data.SlideEntry;
import slidefield.io.InputException;
import slidefield.nic.CompressedSet;
import slidefield.nic.SlideCnnRun;
import slidefield.nic.SlideCnnSettings;
import slidefield.nic.SlidePrediction;
import slidefield.nic.SlideTask;

/**
 * What Tables 2 and 3 of Neural Image Compression share: every encoder's codes of a manifest's slides, and a cross-validation
 * of networks that learn from them, as often as there are seeds.
 */
final class NicStudy {
    private final ExperimentContext<Manifest> context;
    private final SlideTask task;
    private final SlideCnnSizes sizes;
    private final NicEncoders encoders;
    private final NicCodes codes;
    private final SlideRounds rounds;
    private final Manifest folded;

    private NicStudy(ExperimentContext<Manifest> context, String experiment, SlideTask task) {
        this.context = context;
        this.task = task;
        sizes = new SlideCnnSizes(context.size(), context.changes());
        folded = SlideRounds.folded(context.manifest());
        Runs runs = new Runs(context);
        encoders = new NicEncoders(context, experiment, runs);
        codes = new NicCodes(context, runs, encoders, sizes.options());
        rounds = new SlideRounds(context, runs);
    }

    /**
     * @param given slides with labels in folds, and as a second data set those that encoders learn from
     * @param experiment its name
     * @param task BINARY or REGRESSION
     * @throws InputException if a part is missing, a slide is in both sets, or a change would do nothing
     */
    static NicStudy of(ExperimentContext<Manifest> given, String experiment, SlideTask task) {
        Set<String> groups = new HashSet<>(Changes.EACH_ENCODER);
        groups.addAll(List.of(Changes.ENCODERS, Changes.SLIDES));
        given.changes().require(experiment, false, groups);
        String labels =
                new SlideCnnSizes(given.size(), given.changes()).options().labels();
        ExperimentContext<Manifest> context =
                labels.isBlank() ? given : given.withManifest(TupacLabels.fill(given.manifest(), Path.of(labels)));
        NicStudy study = new NicStudy(context, experiment, task);
        study.check();
        return study;
    }

    /** What is wrong should not come out after hours. */
    private void check() {
        Set<String> learnt = new HashSet<>();
        encoders.manifest().slides().forEach(slide -> learnt.add(slide.path()));
        for (SlideEntry slide : context.manifest().slides()) {
            if (learnt.contains(slide.path())) {
                throw new InputException("slide " + slide.name() + " (" + slide.path() + ") is in manifest "
                        + encoders.manifest().name()
                        + ", too: encoders must not learn from slides that are predicted; take it out of one of both");
            }
        }
        var labels = SlideCnnRun.labels(sizes.of(task, 1), context.manifest());
        folded.slides().forEach(labels::number);
        encoders.require();
        for (SlideEntry slide : context.manifest().slides()) {
            context.data().slide(slide);
        }
    }

    /** Its slides with labels, those without a fold among them. */
    ExperimentContext<Manifest> context() {
        return context;
    }

    /** The slides that are in a fold. */
    Manifest folded() {
        return folded;
    }

    private SlideCnnSettings settings(Path folder, List<SlideEntry> slides) {
        return sizes.of(task, CompressedSet.open(folder, slides).origin().code());
    }

    /** Trains and predicts all, or reads what was made before. */
    SlideOutcomes heldOut() {
        SlideOutcomes outcomes = new SlideOutcomes(context.manifest());
        for (String encoder : encoders.names()) {
            for (long seed : context.seeds()) {
                Path folder = codes.of(encoder, seed, folded.slides());
                outcomes.add(
                        encoder,
                        Math.toIntExact(seed),
                        rounds.heldOut(encoder, seed, folder, settings(folder, folded.slides())));
            }
        }
        return outcomes;
    }

    /**
     * What the networks of all rounds say on average of slides without a fold, by seed.
     *
     * @param encoder whose codes
     * @param slides none of which a network has seen
     */
    Map<Long, List<SlidePrediction>> unseen(String encoder, List<SlideEntry> slides) {
        Map<Long, List<SlidePrediction>> said = new LinkedHashMap<>();
        for (long seed : context.seeds()) {
            Path folder = codes.of(encoder, seed, slides);
            said.put(seed, rounds.unseen(encoder, seed, folder, settings(folder, slides), slides));
        }
        return said;
    }

    /**
     * For a report.
     *
     * @param paper the paper's slides
     * @param paperManifest the name of the manifest that holds them
     */
    Origin origin(String paper, String paperManifest) {
        Manifest manifest = context.manifest();
        List<String> lines = new ArrayList<>();
        lines.add("Slides: " + Origin.named(manifest.name(), manifest.description()) + ". "
                + (manifest.name().equals(paperManifest)
                        ? "These are the paper's slides."
                        : "The paper's are " + paper + ": compare the pattern, not the numbers."));
        lines.add(String.format(
                Locale.ROOT,
                "%d slides in %d folds: one is held out, the next one validates, the others are learnt from, in turn",
                folded.slides().size(),
                folded.folds().size()));
        lines.add("The encoders learn from "
                + Origin.named(encoders.manifest().name(), encoders.manifest().description()));
        List<String> texts = new ArrayList<>(encoders.texts());
        texts.add(sizes.text(task));
        return new Origin(lines, texts);
    }

    /** Bars need numbers: one that is none is drawn without height. */
    static double[] bars(double... values) {
        return Arrays.stream(values)
                .map(value -> Double.isFinite(value) ? value : 0)
                .toArray();
    }
}
