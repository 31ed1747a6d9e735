package slidefield.nic;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import slidefield.data.SyntheticOptions;
import slidefield.fit.Seeds;

/**
 * Patches of single digits with their classes, from which the supervised encoder of the synthetic images, the oracle, learns
 * (Tellez et al. 2019, section 4.2). The last fifth of every class's digits validates, the others train. Digits are moved by up to
 * some pixels, as they lie anywhere in the patches of the images; the paper does not say whether its own are.
 *
 * <p>Never changes: thread-safe.
 */
public final class DigitPatches {
    private static final int PATCH = SyntheticOptions.PATCH;

    /** One digit in so many validates, at least one of each class. */
    private static final int VALIDATE = 5;

    private final Digits digits;
    private final int shift;
    private final long seed;
    private final List<Integer> training = new ArrayList<>();
    private final List<Integer> validation = new ArrayList<>();

    /**
     * @param digits with two or more of each class
     * @param shift pixels by which they are moved at most, in both directions each; 0 leaves them as they are
     * @param seed of the moves
     * @throws IllegalArgumentException if the shift is not from 0 to 8, or a class has one digit only
     */
    public DigitPatches(Digits digits, int shift, long seed) {
        if (shift < 0 || shift >= PATCH) {
            throw new IllegalArgumentException("expected a shift of 0 to " + (PATCH - 1) + " pixels, found " + shift);
        }
        this.digits = digits;
        this.shift = shift;
        this.seed = seed;
        int[] count = new int[Digits.CLASSES];
        for (int i = 0; i < digits.count(); i++) {
            count[digits.label(i)]++;
        }
        int[] seen = new int[Digits.CLASSES];
        for (int i = 0; i < digits.count(); i++) {
            int of = digits.label(i);
            if (count[of] < 2) {
                throw new IllegalArgumentException(digits.origin()
                        + ": expected two digits of each class, one to train and one to validate, found one " + of);
            }
            boolean trains = seen[of]++ < count[of] - Math.max(1, count[of] / VALIDATE);
            (trains ? training : validation).add(i);
        }
    }

    /**
     * Digits to learn from.
     *
     * @param count how many patches: each digit comes once before one comes again, moved otherwise
     * @return patches of 9 x 9 x 1 with the classes "0" to "9"
     */
    public PatchSet training(int count) {
        return patches("training", training, count);
    }

    /** Digits to choose the best weights by, none of those to learn from; as {@link #training}. */
    public PatchSet validation(int count) {
        return patches("validation", validation, count);
    }

    private PatchSet patches(String part, List<Integer> from, int count) {
        List<byte[]> patches = new ArrayList<>();
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            int digit = from.get(i % from.size());
            Random random = Seeds.random(seed, "moved digit", part, i);
            byte[] patch = new byte[PATCH * PATCH];
            digits.paste(digit, patch, PATCH, moved(random), moved(random));
            patches.add(patch);
            labels[i] = digits.label(digit);
        }
        List<String> names =
                IntStream.range(0, Digits.CLASSES).mapToObj(Integer::toString).toList();
        return new PatchSet(PATCH, 1, patches, labels, names);
    }

    private int moved(Random random) {
        return random.nextInt(2 * shift + 1) - shift;
    }
}
