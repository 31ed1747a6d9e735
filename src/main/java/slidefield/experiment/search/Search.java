package slidefield.experiment.search;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import slidefield.data.DataRoot;
import slidefield.data.Manifest;
import slidefield.data.SlideEntry;
import slidefield.data.Split;
import slidefield.fit.OpenedSlide;
import slidefield.fit.OutputFolder;
import slidefield.fit.Settings;
import slidefield.io.InputException;
import slidefield.io.WholeFile;
import slidefield.notebook.Progress;
import slidefield.score.Resolution;

/**
 * Carries out a search: {@code trials.csv} is written anew after every trial, and a trial that has a result is not run
 * again, so that a search that was stopped goes on and one with more trials adds to what is there.
 */
public final class Search {
    private static final String DEFINITION = "search.json";
    private static final String MANIFEST = "manifest.yaml";
    private static final String TABLE = "trials.csv";
    private static final String RESULT = "result.json";

    private final SearchOptions options;
    private final Split split;
    private final Workers workers;
    private final TrialRunner runner;
    private final List<Trial> trials;

    /**
     * @param options what to search
     * @throws InputException if a slide or an option of any trial cannot be used, or the folder holds another search
     */
    public Search(SearchOptions options) {
        this(options, null);
    }

    /** @param other how trials are carried out; null for processes */
    Search(SearchOptions options, TrialRunner other) {
        this.options = options;
        Manifest manifest = options.manifest();
        split = scored(manifest, options.split());
        workers = Workers.of(options.parallel());
        runner = other != null
                ? other
                : new TrialProcess(
                        options.out().resolve(MANIFEST),
                        options.manifestFile(),
                        split,
                        options.optimisation(),
                        workers);
        trials = options.space().trials(options.seed());
        // What is wrong with the last trial or slide should not come out after hours.
        trials.forEach(trial -> trial.settings(options.base()));
        DataRoot data = DataRoot.find().forManifest(options.manifestFile());
        for (SlideEntry entry : manifest.slides()) {
            if (entry.split() == Split.TRAIN || entry.split() == split) {
                OpenedSlide.open(entry, manifest.base(), data).close();
            }
        }
        OutputFolder.make(options.out());
        define();
    }

    private static Split scored(Manifest manifest, Split asked) {
        boolean validates = !manifest.split(Split.VALIDATION).isEmpty();
        Split chosen = asked != null ? asked : validates ? Split.VALIDATION : Split.TEST;
        for (Split needed : List.of(Split.TRAIN, chosen)) {
            if (manifest.split(needed).isEmpty()) {
                throw new InputException(
                        "manifest " + manifest.name() + " has no slide with the split '" + needed.word() + "'");
            }
        }
        return chosen;
    }

    /** Results in one folder have to be comparable: all but the searched options is the same. */
    private void define() {
        Path own = options.out().resolve(MANIFEST);
        Path file = options.out().resolve(DEFINITION);
        Map<String, String> mine = new LinkedHashMap<>();
        mine.put("split", split.word());
        mine.put("optimisation", options.optimisation().title());
        mine.put("settings", options.base().toYaml());
        ObjectMapper json = new ObjectMapper();
        try {
            if (Files.exists(file)) {
                Map<String, String> theirs = json.readValue(Files.readString(file), new TypeReference<>() {});
                mine.forEach((key, value) -> refuse(!value.equals(theirs.get(key)), key));
                refuse(!Manifest.read(own).equals(options.manifest()), "manifest");
            } else {
                options.manifest().write(own);
                String text = json.writerWithDefaultPrettyPrinter().writeValueAsString(mine) + "\n";
                WholeFile.writeText(file, text);
            }
        } catch (IOException failure) {
            throw new InputException("cannot read " + file + ": " + failure.getMessage(), failure);
        }
    }

    private void refuse(boolean another, String what) {
        if (another) {
            throw new InputException(
                    options.out() + " holds a search with another " + what + "; choose another folder");
        }
    }

    /** How many trials there are. */
    public int size() {
        return trials.size();
    }

    /** How many processes work side by side. */
    public int parallel() {
        return workers.count();
    }

    /** The table's file. */
    public Path table() {
        return options.out().resolve(TABLE);
    }

    /** What there is already; nothing is run. */
    public SearchResults results() {
        return new SearchResults(
                options.space().keys(),
                split,
                trials.stream()
                        .flatMap(trial -> TrialResult.read(folder(trial).resolve(RESULT)).stream()
                                .map(result -> new SearchResults.Done(trial, result)))
                        .toList());
    }

    private Path folder(Trial trial) {
        return options.out().resolve("trials").resolve(trial.id());
    }

    private boolean isDone(Trial trial) {
        return TrialResult.read(folder(trial).resolve(RESULT))
                .map(TrialResult::succeeded)
                .orElse(false);
    }

    /**
     * Runs the trials that have no result yet, those that failed included. Shows a progress bar.
     *
     * @return all results
     * @throws InputException if no trial can be run
     * @throws CancellationException if the thread is interrupted; finished trials are kept
     */
    public SearchResults run() {
        List<Trial> open = trials.stream().filter(trial -> !isDone(trial)).toList();
        if (open.isEmpty()) {
            SearchResults all = results();
            all.writeCsv(table());
            return all;
        }
        ExecutorService pool = Executors.newFixedThreadPool(workers.count());
        try (Progress bar = Progress.of("search, trials", open.size())) {
            CompletionService<Trial> ended = new ExecutorCompletionService<>(pool);
            open.forEach(trial -> ended.submit(() -> carryOut(trial)));
            for (int i = 0; i < open.size(); i++) {
                finished(ended.take());
                SearchResults sofar = results();
                sofar.writeCsv(table());
                bar.step(best(sofar.best()));
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw stopped();
        } catch (InputException failure) {
            // An interrupt while a file is written closes that file.
            throw Thread.currentThread().isInterrupted() ? stopped() : failure;
        } finally {
            end(pool);
        }
        return results();
    }

    private static CancellationException stopped() {
        return new CancellationException("the search was stopped; finished trials are kept");
    }

    private Trial carryOut(Trial trial) throws InterruptedException {
        OutputFolder.make(folder(trial));
        runner.run(trial.settings(options.base()), folder(trial))
                .write(folder(trial).resolve(RESULT));
        return trial;
    }

    private static void finished(Future<Trial> trial) throws InterruptedException {
        try {
            trial.get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (failure.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new IllegalStateException(failure.getCause());
        }
    }

    private static String best(Optional<SearchResults.Done> best) {
        return best.map(b ->
                        String.format(Locale.ROOT, "best Dice %.4f", b.result().dice(Resolution.BASE)))
                .orElse("");
    }

    /** Ends the trials that still run, and waits for their processes to be gone. */
    private static void end(ExecutorService pool) {
        pool.shutdownNow();
        boolean interrupted = Thread.interrupted();
        try {
            pool.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException again) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The settings of a trial, to train with. */
    public Settings settings(Trial trial) {
        return trial.settings(options.base());
    }
}
