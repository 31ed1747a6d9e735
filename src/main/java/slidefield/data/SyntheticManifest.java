package slidefield.data;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.file.Path;
import slidefield.io.InputException;

/**
 * A set of synthetic images of digits, of which nothing is stored but these numbers (Tellez et al. 2019, section 4.1.1). Kept as
 * YAML; unknown keys are refused. Its digits are MNIST's, which lie in the data root, or drawn with fonts.
 *
 * <p>Immutable: thread-safe.
 *
 * @param name of the set: letters, digits, '.', '_', '-'
 * @param description what it is, a line or two, or null
 * @param source where its digits can be found, an http(s) address, or null
 * @param licence of the digits, or null
 * @param attribution how to cite it, or null
 * @param size pixels along both sides of an image, see {@link SyntheticOptions#size}
 * @param density digits per pixel
 * @param shrink how many times shorter the shortest rectangle's long side is than the longest's limit
 * @param training images in all to learn from: a tenth is for encoders, four even folds for the network; at least {@value #LEAST_TRAINING}
 * @param test images that nothing is learnt from, at least 1
 * @param shift pixels by which the digits that the supervised encoder learns from are moved at most, 0 to {@value #MOST_SHIFT}
 * @param seed of all images
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SyntheticManifest(
        String name,
        String description,
        String source,
        String licence,
        String attribution,
        int size,
        double density,
        int shrink,
        int training,
        int test,
        int shift,
        long seed) {
    /** Images beyond this have no numbers. */
    private static final int MOST = 100_000_000;

    /** A tenth must hold an image to learn from and one to validate with. */
    private static final int LEAST_TRAINING = 20;

    private static final int MOST_SHIFT = SyntheticOptions.PATCH - 1;

    /** @throws InputException if a value cannot be used; the message starts with its key */
    public SyntheticManifest {
        Rules.name("name", Rules.present("name", name, "a name for the data set"));
        Rules.url("source", source);
        if (new SyntheticOptions(size, density, shrink).digits() < 1) {
            throw new BadKeyException(
                    "density", "expected at least one digit in " + size + " x " + size + " pixels, found " + density);
        }
        between("training", training, LEAST_TRAINING, MOST);
        between("test", test, 1, MOST);
        between("shift", shift, 0, MOST_SHIFT);
    }

    private static void between(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw new BadKeyException(key, "expected " + least + " to " + most + ", found " + value);
        }
    }

    /**
     * Reads and checks a manifest.
     *
     * @param file YAML in UTF-8, at most 16 MiB
     * @throws InputException naming file, line, key and what was expected
     */
    public static SyntheticManifest read(Path file) {
        return ManifestYaml.read(
                file, SyntheticManifest.class, "name, size, density, shrink, training, test, shift and seed");
    }

    /** Writes the manifest as YAML. */
    public void write(Path file) {
        ManifestYaml.write(this, file);
    }

    /** What an image is. */
    public SyntheticOptions options() {
        return new SyntheticOptions(size, density, shrink);
    }

    /**
     * The same set in other numbers.
     *
     * @param options what an image is
     * @param trainingImages as {@link #training}
     * @param testImages as {@link #test}
     * @param shifted as {@link #shift}
     */
    public SyntheticManifest with(SyntheticOptions options, int trainingImages, int testImages, int shifted) {
        return new SyntheticManifest(
                name,
                description,
                source,
                licence,
                attribution,
                options.size(),
                options.density(),
                options.shrink(),
                trainingImages,
                testImages,
                shifted,
                seed);
    }
}
