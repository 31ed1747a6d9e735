package slidefield.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import slidefield.data.DataRoot;
import slidefield.data.DownloadOptions;
import slidefield.data.Fetch;
import slidefield.data.FetchItem;
import slidefield.data.Manifest;
import slidefield.data.NotFetchedException;
import slidefield.data.Split;
import slidefield.fit.OutputFolder;
import slidefield.io.InputException;

/** Verified, resumable download of what a manifest names. */
@Command(
        name = "fetch",
        description = {
            "Fetch the slides and annotations that a manifest names. A file that is there and right is used as it is;",
            "one that was cut goes on where it ended; none gets its name before its size and sha256 are right.",
            "Synthetic slides are drawn. Files that the manifest has no sha256 of are recorded: NAME.origin.json."
        })
final class FetchCommand extends Subcommand {
    @Parameters(index = "0", paramLabel = "MANIFEST", description = "Which files: YAML, see data-manifests/.")
    private Path manifestFile;

    @Option(
            names = "--dest",
            paramLabel = "DIR",
            description = "Where to; without it the data root: $SLIDEFIELD_DATA, else data/.")
    private Path destination;

    @Option(
            names = "--split",
            paramLabel = "S",
            split = ",",
            description = "Only slides of this split: train, validation or test; repeat for more.")
    private List<Split> splits = new ArrayList<>();

    @Option(names = "--only", paramLabel = "NAME", split = ",", description = "Only this slide; repeat for more.")
    private List<String> names = new ArrayList<>();

    @Override
    protected int run(Report report) {
        Manifest manifest = Manifest.read(manifestFile);
        List<FetchItem> items = FetchItem.of(manifest, splits, names);
        if (destination != null) {
            OutputFolder.require(destination);
        }
        DataRoot data =
                destination != null ? DataRoot.of(destination) : DataRoot.find().forManifest(manifestFile);
        Fetch fetch = new Fetch(data, DownloadOptions.defaults());
        Tally tally = new Tally();
        try (FetchShown shown = new FetchShown(report)) {
            for (FetchItem item : items) {
                try {
                    tally.add(report, item, fetch.get(item, shown));
                } catch (NotFetchedException refused) {
                    // The others may still be had.
                    report.aside().println("slidefield: " + refused.getMessage());
                    tally.refused.add(refused);
                }
            }
        }
        tally.print(report, items.size());
        return 0;
    }

    /** What came of the files. */
    private static final class Tally {
        private final List<Map<String, Object>> rows = new ArrayList<>();
        private final List<NotFetchedException> refused = new ArrayList<>();
        private long fetchedBytes;
        private int unverified;

        void add(Report report, FetchItem item, Fetch.Fetched file) {
            boolean fetched = file.how() == Fetch.How.FETCHED;
            fetchedBytes += fetched ? file.bytes() : 0;
            unverified += file.assurance() == Fetch.Assurance.VERIFIED ? 0 : 1;
            String how = file.how().name().toLowerCase(Locale.ROOT);
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("file", file.file());
            row.put("bytes", file.bytes());
            row.put("how", how);
            row.put("assurance", file.assurance().name().toLowerCase(Locale.ROOT));
            rows.add(row);
            if (!report.json()) {
                report.say(
                        item.path() + ": " + how + ", " + Report.size(file.bytes()) + ", " + words(file.assurance()));
            }
        }

        private static String words(Fetch.Assurance assurance) {
            return switch (assurance) {
                case VERIFIED -> "verified";
                case UNCHANGED -> "unverified: no checksum in the manifest; as it was when it was fetched";
                case UNVERIFIED -> "unverified: no checksum in the manifest";
            };
        }

        void print(Report report, int items) {
            if (!refused.isEmpty()) {
                throw new InputException(
                        refused.size() + " of " + items + " files could not be fetched: "
                                + refused.get(0).getMessage()
                                + (refused.size() > 1 ? "; the others are named above" : ""),
                        refused.get(0));
            }
            report.put("files", rows, String.valueOf(items));
            report.put("fetched_bytes", fetchedBytes, Report.size(fetchedBytes));
            report.put("unverified", unverified);
        }
    }

    @Override
    protected String howToGoOn() {
        StringBuilder line = new StringBuilder("fetch " + manifestFile);
        if (destination != null) {
            line.append(" --dest ").append(destination);
        }
        splits.forEach(split -> line.append(" --split ").append(split.word()));
        names.forEach(name -> line.append(" --only ").append(name));
        return line.toString();
    }
}
