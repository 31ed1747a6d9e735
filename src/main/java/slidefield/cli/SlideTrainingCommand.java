package slidefield.cli;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import slidefield.data.Manifest;
import slidefield.fit.RunKind;

/**
 * Training on the slides of a manifest.
 *
 * @param <S> what the kind's settings are
 */
@Command
abstract class SlideTrainingCommand<S> extends TrainingCommand<Manifest, S> {
    @Parameters(index = "0", paramLabel = "MANIFEST", description = "Which slides: YAML, see data-manifests/.")
    private Path manifestFile;

    SlideTrainingCommand(RunKind kind) {
        super(kind);
    }

    @Override
    final Path manifestFile() {
        return manifestFile;
    }

    @Override
    final Manifest manifest(Path file) {
        return Manifest.read(file);
    }
}
