package slidefield.nic;

import java.nio.file.Path;
import java.util.Optional;
import slidefield.data.DataRoot;
import slidefield.io.InputException;

/**
 * Digits for training images and others for test images.
 *
 * @param training MNIST's training digits, where there are any
 * @param test MNIST's test digits
 */
public record DigitSets(Digits training, Digits test) {
    /** The folder of the data root that holds MNIST. */
    public static final String FOLDER = "mnist";

    private static final String TRAINING = "train";
    private static final String TEST = "t10k";

    /** Where only MNIST's test digits are there, every other block of this many trains, so that neighbours stay together. */
    private static final int BLOCK = 500;

    /** Rendered digits of each class. */
    private static final int RENDERED = 600;

    /**
     * MNIST where the data root has it, else digits drawn with the machine's fonts.
     *
     * @param root where {@code mnist/} is looked for
     * @param seed of the digits that are drawn
     * @throws InputException if a file of MNIST is damaged, or there is neither MNIST nor enough fonts
     */
    public static DigitSets find(DataRoot root, long seed) {
        Optional<Digits> test = mnist(root, TEST, "MNIST, 10,000 test digits");
        if (test.isEmpty()) {
            return RenderedDigits.of(seed, RENDERED);
        }
        Optional<Digits> training = mnist(root, TRAINING, "MNIST, 60,000 training digits");
        return training.isPresent() ? new DigitSets(training.get(), test.get()) : halves(test.get());
    }

    /** A set of digits in two, where there is no other: alternate blocks train and test. */
    static DigitSets halves(Digits all) {
        int block = Math.min(BLOCK, Math.max(1, all.count() / 2));
        return new DigitSets(
                all.where(all.origin() + ", the first and every other block of " + block, i -> i / block % 2 == 0),
                all.where(all.origin() + ", the second and every other block of " + block, i -> i / block % 2 == 1));
    }

    private static Optional<Digits> mnist(DataRoot root, String part, String name) {
        Optional<Path> images = file(root, part + "-images-idx3-ubyte");
        Optional<Path> labels = file(root, part + "-labels-idx1-ubyte");
        if (images.isEmpty() && labels.isEmpty()) {
            return Optional.empty();
        }
        if (images.isEmpty() || labels.isEmpty()) {
            Path found = images.or(() -> labels).orElseThrow();
            throw new InputException("found " + found + " without its " + (images.isEmpty() ? "images" : "labels")
                    + "; expected MNIST's four files " + FOLDER + "/train- and t10k-images-idx3-ubyte(.gz) and"
                    + " -labels-idx1-ubyte(.gz)");
        }
        return Optional.of(mnist(images.get(), labels.get(), name));
    }

    private static Optional<Path> file(DataRoot root, String name) {
        return root.existing(FOLDER + "/" + name + ".gz").or(() -> root.existing(FOLDER + "/" + name));
    }

    /**
     * Reads digits in MNIST's files, compressed or not.
     *
     * @param images IDX, N x 28 x 28 unsigned bytes
     * @param labels IDX, N unsigned bytes, 0 to 9
     * @param name of them, for people
     * @throws InputException if a file is missing, damaged, of another kind, or they do not fit each other
     */
    public static Digits mnist(Path images, Path labels, String name) {
        IdxFile grey = IdxFile.read(images, 3);
        int side = Digits.SOURCE_SIDE;
        if (grey.lengths()[1] != side || grey.lengths()[2] != side) {
            throw new InputException(images + " holds images of " + grey.lengths()[2] + " x " + grey.lengths()[1]
                    + " pixels; expected " + side + " x " + side);
        }
        IdxFile classes = IdxFile.read(labels, 1);
        if (classes.lengths()[0] != grey.lengths()[0]) {
            throw new InputException(labels + " holds " + classes.lengths()[0] + " labels for the " + grey.lengths()[0]
                    + " images of " + images + "; expected as many: get both again");
        }
        try {
            return Digits.of(name, grey.values(), classes.values());
        } catch (IllegalArgumentException unfit) {
            throw new InputException(labels + " is damaged or of another kind: " + unfit.getMessage(), unfit);
        }
    }
}
