package slidefield.cli;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Jupyter and the kernel that notebooks run on. */
final class NotebookChecks {
    private static final String KERNELSPEC = "target/jupyter/kernels/java/kernel.json";

    private NotebookChecks() {}

    static List<Check> all() {
        return List.of(jupyter(System.getenv("PATH")), kernel(Version.home()));
    }

    /** @param searchPath as the environment variable PATH; null counts as empty */
    static Check jupyter(String searchPath) {
        String[] folders = searchPath == null ? new String[0] : searchPath.split(File.pathSeparator);
        Optional<Path> found = Stream.concat(Stream.of("/usr/bin"), Arrays.stream(folders))
                .filter(folder -> !folder.isBlank())
                .flatMap(folder -> Stream.of("jupyter-notebook", "jupyter-lab", "jupyter-notebook.exe")
                        .map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
        return found.map(path -> Check.ok("Jupyter", path.toString()))
                .orElseGet(() -> Check.missing(
                        "Jupyter",
                        "no jupyter-notebook in /usr/bin or on PATH",
                        "apt install jupyter-notebook python3-nbclient jupyter-nbconvert"));
    }

    /** @param home the project's folder */
    static Check kernel(Optional<Path> home) {
        Optional<Path> spec = home.map(folder -> folder.resolve(KERNELSPEC));
        return spec.filter(Files::isRegularFile)
                .map(path -> Check.ok("notebook kernel", path.toString()))
                .orElseGet(() -> Check.missing(
                        "notebook kernel",
                        "no " + spec.map(Path::toString).orElse(KERNELSPEC),
                        "run environment/setup"));
    }
}
