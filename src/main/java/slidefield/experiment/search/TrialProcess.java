package slidefield.experiment.search;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import slidefield.data.Split;
import slidefield.fit.Optimisation;
import slidefield.fit.Settings;
import slidefield.io.InputException;

/**
 * Runs trials in processes of their own: {@link TrialMain} on the same Java, class path and flags as this one. A trial
 * that runs out of memory takes nothing else with it.
 */
final class TrialProcess implements TrialRunner {
    private static final String SETTINGS = "settings.yaml";
    private static final String ANSWER = "answer.json";
    private static final String LOG = "log.txt";

    private final Path manifest;
    private final Path beside;
    private final Split split;
    private final Optimisation optimisation;
    private final Workers workers;

    /**
     * @param manifest the file to read
     * @param beside a file in the folder where its slides may lie
     */
    TrialProcess(Path manifest, Path beside, Split split, Optimisation optimisation, Workers workers) {
        this.manifest = manifest.toAbsolutePath();
        this.beside = beside.toAbsolutePath();
        this.split = split;
        this.optimisation = optimisation;
        this.workers = workers;
    }

    @Override
    public TrialResult run(Settings settings, Path folder) throws InterruptedException {
        long start = System.nanoTime();
        Path answer = folder.resolve(ANSWER);
        Path log = folder.resolve(LOG);
        settings.write(folder.resolve(SETTINGS));
        try {
            Files.deleteIfExists(answer);
            ProcessBuilder builder = new ProcessBuilder(line(folder));
            if (workers.count() > 1) {
                builder.environment().put("OMP_NUM_THREADS", Integer.toString(workers.coresEach()));
            }
            Process process = builder.redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            int status = waitFor(process);
            double seconds = (System.nanoTime() - start) / 1e9;
            TrialResult result = TrialResult.read(answer)
                    .orElseGet(() -> TrialResult.failed(
                            "the process ended with status " + status + lastWords(log) + "; see " + log, seconds));
            Files.deleteIfExists(answer);
            return result;
        } catch (IOException failure) {
            throw new InputException("cannot run a trial in " + folder + ": " + failure.getMessage(), failure);
        }
    }

    private List<String> line(Path folder) {
        List<String> line = new ArrayList<>();
        line.add(ProcessHandle.current()
                .info()
                .command()
                .orElse(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        line.addAll(workers.flags());
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), TrialMain.class.getName()));
        line.addAll(List.of(
                manifest.toString(),
                beside.toString(),
                folder.resolve(SETTINGS).toString(),
                split.name(),
                optimisation.name(),
                folder.resolve(ANSWER).toString()));
        return line;
    }

    private static int waitFor(Process process) throws InterruptedException {
        try {
            return process.waitFor();
        } catch (InterruptedException stop) {
            process.destroy();
            if (!process.waitFor(2, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            throw stop;
        }
    }

    /** The line of an exception where there is one, else the last line. */
    private static String lastWords(Path log) {
        try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            List<String> said = lines.filter(line -> !line.isBlank() && !line.startsWith("\tat "))
                    .toList();
            return said.stream()
                    .filter(line -> line.startsWith("Exception in thread") || line.startsWith("Caused by"))
                    .reduce((one, other) -> other)
                    .or(() -> said.stream().reduce((one, other) -> other))
                    .map(line -> " (" + line.strip() + ")")
                    .orElse("");
        } catch (IOException unreadable) {
            return "";
        }
    }
}
