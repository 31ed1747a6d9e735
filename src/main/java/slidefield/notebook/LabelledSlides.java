package slidefield.notebook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import slidefield.data.DataRoot;
import slidefield.data.Manifest;
import slidefield.data.SlideEntry;
import slidefield.io.InputException;
import slidefield.notebook.Example.DataSet;

/**
 * Synthetic whole slides with a label each, in folds, and others that encoders learn from. Immutable: thread-safe.
 *
 * @param slides labelled negative, micro or macro
 * @param encoders to train encoders of patches on
 */
public record LabelledSlides(DataSet slides, DataSet encoders) {
    private static final String SLIDES = "phantom-nic.yaml";
    private static final String ENCODERS = "phantom-nic-encoders.yaml";
    private static final String SIZE = "width: 1024, height: 768";
    private static final String SMALL = "width: 192, height: 160";
    private static final int FOLDS = 3;

    /** Those of the project's manifests, drawn on first use. */
    static LabelledSlides whole() {
        return new LabelledSlides(whole(file(SLIDES)), whole(file(ENCODERS)));
    }

    private static Path file(String name) {
        return DataRoot.home().resolve("data-manifests").resolve(name);
    }

    private static DataSet whole(Path manifest) {
        return new DataSet(Manifest.read(manifest), DataRoot.find().forManifest(manifest));
    }

    /** A few small ones, drawn into a folder of their own: one of every label and fold or split. */
    static LabelledSlides few() {
        try {
            Path folder = Files.createTempDirectory("labelled-slides");
            return new LabelledSlides(few(file(SLIDES), folder), few(file(ENCODERS), folder));
        } catch (IOException failure) {
            throw new InputException("cannot draw small slides: " + failure.getMessage(), failure);
        }
    }

    private static DataSet few(Path manifest, Path folder) throws IOException {
        Path small = folder.resolve(manifest.getFileName());
        Files.writeString(small, Files.readString(manifest).replace(SIZE, SMALL));
        Manifest all = Manifest.read(small);
        Set<String> kinds = new HashSet<>();
        List<SlideEntry> chosen = all.slides().stream()
                .filter(slide -> slide.fold() == null || slide.fold() < FOLDS)
                .filter(slide -> kinds.add(slide.label() + (slide.fold() == null ? slide.split() : slide.fold())))
                .toList();
        Manifest few = new Manifest(
                all.name(), all.description(), all.base(), all.source(), all.licence(), all.attribution(), chosen);
        return new DataSet(few, DataRoot.of(folder));
    }
}
