package slidefield.nic;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import slidefield.data.SyntheticOptions;

/**
 * Handwritten or rendered digits as the synthetic images show them: of 28 x 28 grey pixels, those above 63 are made
 * white, then every third pixel of every third row is kept, which leaves {@value #SIDE} x {@value #SIDE} (Tellez et al.
 * 2019, section 4.1.1).
 *
 * <p>Never changed once made: thread-safe.
 */
public final class Digits {
    /** Pixels along both sides of a digit. */
    public static final int SIDE = 10;

    /** Classes, 0 to 9. */
    public static final int CLASSES = 10;

    /** Pixels along both sides of a digit before. */
    static final int SOURCE_SIDE = 28;

    private static final int STEP = 3;
    private static final int WHITE_ABOVE = 63;

    private final String origin;
    private final byte[] pixels;
    private final byte[] labels;
    private final int[][] byClass;

    private Digits(String origin, byte[] pixels, byte[] labels) {
        this.origin = origin;
        this.pixels = pixels;
        this.labels = labels;
        List<List<Integer>> found = new ArrayList<>();
        for (int i = 0; i < CLASSES; i++) {
            found.add(new ArrayList<>());
        }
        for (int i = 0; i < labels.length; i++) {
            found.get(labels[i]).add(i);
        }
        byClass = new int[CLASSES][];
        for (int i = 0; i < CLASSES; i++) {
            if (found.get(i).isEmpty()) {
                throw new IllegalArgumentException(origin + ": expected digits of all classes, found no " + i);
            }
            byClass[i] = found.get(i).stream().mapToInt(Integer::intValue).toArray();
        }
    }

    /**
     * Whitens and thins digits.
     *
     * @param origin where they are from, for people
     * @param grey N x 28 x 28, row-major, 0 black to 255 white
     * @param labels N classes, 0 to 9
     * @throws IllegalArgumentException if the lengths do not fit, a label is no digit or a class has none
     */
    public static Digits of(String origin, byte[] grey, byte[] labels) {
        if ((long) labels.length * SOURCE_SIDE * SOURCE_SIDE != grey.length) {
            throw new IllegalArgumentException(
                    origin + ": " + labels.length + " labels for " + grey.length + " pixels of 28 x 28");
        }
        for (byte label : labels) {
            if (label < 0 || label >= CLASSES) {
                throw new IllegalArgumentException(origin + ": expected digits 0 to 9, found the label " + label);
            }
        }
        byte[] thin = new byte[labels.length * SIDE * SIDE];
        int at = 0;
        for (int i = 0; i < labels.length; i++) {
            for (int y = 0; y < SOURCE_SIDE; y += STEP) {
                for (int x = 0; x < SOURCE_SIDE; x += STEP) {
                    byte value = grey[(i * SOURCE_SIDE + y) * SOURCE_SIDE + x];
                    thin[at++] = (value & 0xff) > WHITE_ABOVE ? (byte) 255 : value;
                }
            }
        }
        return new Digits(origin, thin, labels.clone());
    }

    /** Where they are from, for people. */
    public String origin() {
        return origin;
    }

    /** How many there are. */
    public int count() {
        return labels.length;
    }

    /** The class of a digit, 0 to 9. */
    public int label(int digit) {
        return labels[digit];
    }

    /**
     * Those that a rule keeps.
     *
     * @param name of them
     * @param kept told the place of a digit, from 0
     */
    Digits where(String name, IntPredicate kept) {
        int[] places = IntStream.range(0, count()).filter(kept).toArray();
        byte[] some = new byte[places.length * SIDE * SIDE];
        byte[] classes = new byte[places.length];
        for (int i = 0; i < places.length; i++) {
            System.arraycopy(pixels, places[i] * SIDE * SIDE, some, i * SIDE * SIDE, SIDE * SIDE);
            classes[i] = labels[places[i]];
        }
        return new Digits(name, some, classes);
    }

    /** Any digit, all alike probable. */
    int draw(Random random) {
        return random.nextInt(count());
    }

    /** A digit of a class, all of them alike probable. */
    int draw(Random random, int of) {
        int[] choice = byClass[of];
        return choice[random.nextInt(choice.length)];
    }

    /**
     * Puts a digit over an image; what is outside is cut off. Its black pixels cover too.
     *
     * @param digit which
     * @param image size x size, row-major
     * @param size of the image
     * @param x column of the image of the digit's left column; may be outside
     * @param y row of the image of the digit's top row; may be outside
     */
    void paste(int digit, byte[] image, int size, int x, int y) {
        int left = Math.max(0, -x);
        int right = Math.min(SIDE, size - x);
        if (left >= right) {
            return;
        }
        for (int row = Math.max(0, -y); row < Math.min(SIDE, size - y); row++) {
            System.arraycopy(
                    pixels, (digit * SIDE + row) * SIDE + left, image, (y + row) * size + x + left, right - left);
        }
    }

    /**
     * The digits as patches of the synthetic images, from which the oracle learns: the first 9 rows and columns, the tenth
     * being the margin.
     *
     * @return patches of 9 x 9 x 1 in the digits' order, with the classes "0" to "9"
     */
    public PatchSet patches() {
        int side = SyntheticOptions.PATCH;
        List<byte[]> patches = new ArrayList<>();
        int[] classes = new int[count()];
        for (int i = 0; i < count(); i++) {
            byte[] patch = new byte[side * side];
            for (int row = 0; row < side; row++) {
                System.arraycopy(pixels, (i * SIDE + row) * SIDE, patch, row * side, side);
            }
            patches.add(patch);
            classes[i] = labels[i];
        }
        List<String> names =
                IntStream.range(0, CLASSES).mapToObj(Integer::toString).toList();
        return new PatchSet(side, 1, patches, classes, names);
    }
}
