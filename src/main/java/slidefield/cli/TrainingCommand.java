package slidefield.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import slidefield.data.DataRoot;
import slidefield.fit.EpochReport;
import slidefield.fit.RunFolder;
import slidefield.fit.RunFolder.IfExists;
import slidefield.fit.RunKind;

/**
 * What all commands do that train into a run folder.
 *
 * @param <M> what the kind's manifests are
 * @param <S> what its settings are
 */
@Command
abstract class TrainingCommand<M, S> extends Subcommand {
    @Option(names = "--out", paramLabel = "RUN", required = true, description = "The folder of this run.")
    private Path out;

    @ArgGroup
    private ExistingRun existing = new ExistingRun();

    private final RunKind kind;

    TrainingCommand(RunKind kind) {
        this.kind = kind;
    }

    /**
     * What came out.
     *
     * @param values for the report, before the seconds
     * @param reports what every epoch came to
     */
    record Outcome(Map<String, Object> values, List<EpochReport> reports) {}

    /** The manifest's file. */
    abstract Path manifestFile();

    abstract M manifest(Path file);

    /** The settings that the command line asks for. */
    abstract S settings();

    /**
     * The settings of a run that is resumed.
     *
     * @throws slidefield.io.InputException if the command line asks for others
     */
    abstract S unchanged(RunFolder folder);

    abstract Outcome train(RunFolder folder, S settings, M manifest, DataRoot data, FitShown progress);

    @Override
    protected final int run(Report report) {
        M manifest = manifest(manifestFile());
        IfExists choice = existing.choice();
        S settings = choice == IfExists.RESUME ? null : settings();
        RunFolder folder = RunFolder.forTraining(out, kind, choice);
        if (settings == null) {
            settings = unchanged(folder);
        }
        DataRoot data = DataRoot.find().forManifest(manifestFile());
        Outcome outcome;
        try (FitShown progress = new FitShown(report)) {
            outcome = train(folder, settings, manifest, data, progress);
        }
        outcome.values().forEach(report::put);
        report.put(
                "seconds",
                outcome.reports().stream().mapToDouble(EpochReport::seconds).sum());
        for (String file : List.of(
                RunFolder.CONFIG,
                "manifest.yaml",
                RunFolder.CODES,
                "metrics.csv",
                "environment.json",
                kind.weights())) {
            if (Files.exists(out.resolve(file))) {
                report.wrote(out.resolve(file));
            }
        }
        return 0;
    }

    @Override
    protected String lessMemory() {
        return "--set training.batch=1";
    }

    /** Options that a resumed run needs again, each with a space in front. */
    String goOnWith() {
        return "";
    }

    @Override
    protected final String howToGoOn() {
        return kind.command() + " " + manifestFile() + " --out " + out + goOnWith() + " --resume";
    }
}
