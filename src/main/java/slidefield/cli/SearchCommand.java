package slidefield.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import slidefield.data.Manifest;
import slidefield.data.Split;
import slidefield.experiment.search.Search;
import slidefield.experiment.search.SearchKey;
import slidefield.experiment.search.SearchOptions;
import slidefield.experiment.search.SearchResults;
import slidefield.experiment.search.SearchSpace;
import slidefield.fit.Optimisation;
import slidefield.fit.OutputFolder;
import slidefield.io.InputException;
import slidefield.notebook.Charts;
import slidefield.score.Resolution;

/** Grid or random search over a run's settings. */
@Command(
        name = "search",
        description = {
            "Try settings: train on the training split with every combination of listed values, or with random draws from",
            "ranges, and score the validation split (the test split where there is no other) at Base, Base/2 and Base/4.",
            "DIR receives trials.csv after every trial, search.png, and a folder per trial. The same command goes on where",
            "it was stopped; with more values or trials it adds to what is there."
        })
final class SearchCommand extends Subcommand {
    @Parameters(index = "0", paramLabel = "MANIFEST", description = "Which slides: YAML, see data-manifests/.")
    private Path manifestFile;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Where results are kept.")
    private Path out;

    @Option(
            names = "--grid",
            paramLabel = "KEY=A,B,C",
            description = "Every one of these values, with every combination of the others; repeat for more keys.")
    private List<String> grid = new ArrayList<>();

    @Option(
            names = "--random",
            paramLabel = "KEY=LOW..HIGH[:log]",
            description = "A random value of this range (:log: every factor equally likely), or of a list; repeat.")
    private List<String> random = new ArrayList<>();

    @Option(
            names = "--trials",
            paramLabel = "N",
            description = "Random draws, at each point of the grid if there is one (default 10).")
    private Integer draws;

    @Option(
            names = "--draw-seed",
            paramLabel = "S",
            defaultValue = "0",
            description = "Seed of the draws (default ${DEFAULT-VALUE}); --seed is that of every trial.")
    private long drawSeed;

    @Option(names = "--score", paramLabel = "S", description = "The split to score: validation or test.")
    private Split split;

    @Option(
            names = "--optimize",
            paramLabel = "B",
            defaultValue = "base",
            description = "Where slides are fitted: base (once, default) or same (at each resolution).")
    private Optimisation optimisation;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "0",
            description = "Trials side by side (default: as many as cores and memory allow; 1 on two cores).")
    private int parallel;

    @Mixin
    private SettingsOptions settings;

    @Override
    protected int run(Report report) {
        SearchSpace space = new SearchSpace(
                grid.stream().map(SearchKey::grid).toList(),
                random.stream().map(SearchKey::random).toList(),
                draws != null ? draws : random.isEmpty() ? 1 : 10);
        OutputFolder.require(out);
        Search search = new Search(new SearchOptions(
                Manifest.read(manifestFile),
                manifestFile,
                out,
                settings.settings(),
                space,
                drawSeed,
                split,
                optimisation,
                parallel));
        report.aside().println(search.size() + " trials, " + search.parallel() + " at a time");
        SearchResults results = search.run();
        print(report, search, results);
        return 0;
    }

    private void print(Report report, Search search, SearchResults results) {
        for (SearchResults.Done failed : results.failed()) {
            report.aside()
                    .println("trial " + failed.trial().number() + " (" + failed.trial() + ") failed: "
                            + failed.result().error());
        }
        SearchResults.Done best = results.best()
                .orElseThrow(() -> new InputException("none of the " + search.size() + " trials succeeded; the last: "
                        + results.failed()
                                .get(results.failed().size() - 1)
                                .result()
                                .error()));
        Path picture = out.resolve("search.png");
        Charts.save(results.chart(), picture);
        report.say(results.table().sortDescendingOn("Dice Base").printAll());
        report.put("trials", results.done().size());
        report.put("failed", results.failed().size());
        report.put("scored", results.scored().word(), results.caution());
        Map<String, Object> dice = new LinkedHashMap<>();
        for (Resolution resolution : Resolution.values()) {
            dice.put(resolution.fileName(), best.result().dice(resolution));
        }
        report.put("best", best.trial().changes(), best.trial().toString());
        report.put(
                "best_dice",
                dice,
                String.format(Locale.ROOT, "%.4f", best.result().dice(Resolution.BASE)));
        report.wrote(search.table()).wrote(picture);
    }

    @Override
    protected String lessMemory() {
        return "--parallel 1";
    }

    @Override
    protected String howToGoOn() {
        return "search " + manifestFile + " --out " + out + " ... (the same options)";
    }
}
