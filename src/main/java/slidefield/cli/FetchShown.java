package slidefield.cli;

import slidefield.data.DownloadListener;
import slidefield.notebook.Progress;

/** A progress bar for every download, in megabytes, and notices as lines on standard error. */
final class FetchShown implements DownloadListener, AutoCloseable {
    private static final long MEGABYTE = 1_000_000;

    private final Report report;
    private Progress bar;
    private long bytes;
    private long expected;
    private long rest;
    private long shown;

    FetchShown(Report report) {
        this.report = report;
    }

    @Override
    public void begin(String name, long from, long total) {
        close();
        bytes = 0;
        shown = 0;
        // Only what is still to come, so that rate and remaining time are those of this download.
        expected = total - from;
        rest = total < 0 ? 0 : Math.max(1, (expected + MEGABYTE / 2) / MEGABYTE);
        bar = Progress.of(name + (from > 0 ? " (the rest)" : "") + ", MB", rest);
    }

    @Override
    public void received(int count) {
        bytes += count;
        boolean whole = rest > 0 && bytes >= expected;
        long now = whole ? rest : Math.min(bytes / MEGABYTE, rest > 0 ? rest : Long.MAX_VALUE);
        if (bar != null && now > shown) {
            bar.step(now - shown, "");
            shown = now;
        }
    }

    @Override
    public void end() {
        close();
    }

    @Override
    public void notice(String line) {
        report.aside().println(line);
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
