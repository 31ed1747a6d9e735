package slidefield.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;
import slidefield.io.InputException;
import slidefield.slide.PhantomFile;
import slidefield.slide.PhantomOptions;
import slidefield.slide.Phantoms;

/** A data set of synthetic slides: the files and the manifest beside them. */
public final class PhantomSet {
    /** Name of the manifest's file in a data set's own folder. */
    public static final String MANIFEST = "manifest.yaml";

    private static final String NAME = "phantom";

    private PhantomSet() {}

    /**
     * What was made.
     *
     * @param manifest the file
     * @param slides in the manifest's order
     */
    public record Made(Path manifest, List<PhantomFile> slides) {}

    /**
     * Draws slides and writes their manifest. The last quarter of them (at least one of two) is the test split, the
     * others train; Base is their own pixel size.
     *
     * @param folder where
     * @param slides how many
     * @param options size and look
     * @param seed same seed, same slides
     * @param progress gets the fraction done
     * @throws InputException if the folder holds another data set, or cannot be written
     */
    public static Made make(Path folder, int slides, PhantomOptions options, long seed, DoubleConsumer progress) {
        Path manifest = folder.resolve(MANIFEST);
        refuseOther(manifest);
        List<PhantomFile> files = Phantoms.write(folder, slides, options, seed, progress);
        List<SlideEntry> entries = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            PhantomFile file = files.get(i);
            entries.add(SlideEntry.beside(
                    file.name(),
                    file.slide(),
                    file.mpp(),
                    file.annotation(),
                    split(i, files.size()),
                    file.bytes(),
                    file.sha256(),
                    file.seed()));
        }
        new Manifest(
                        NAME,
                        "Synthetic H&E-like slides; lesions differ from normal tissue by their nuclei and texture.",
                        Base.ofMpp(options.mpp()),
                        "slidefield phantom --slides " + slides + " --size " + options.width() + "x" + options.height()
                                + " --mpp " + options.mpp() + " --seed " + seed,
                        null,
                        null,
                        entries)
                .write(manifest);
        return new Made(manifest, files);
    }

    private static Split split(int index, int slides) {
        int test = slides < 2 ? 0 : Math.max(1, slides / 4);
        return index >= slides - test ? Split.TEST : Split.TRAIN;
    }

    private static void refuseOther(Path manifest) {
        if (Files.exists(manifest)) {
            String other = Manifest.read(manifest).name();
            if (!other.equals(NAME)) {
                throw new InputException(
                        manifest + " is the manifest of '" + other + "', not of '" + NAME + "'; choose another folder");
            }
        }
    }
}
