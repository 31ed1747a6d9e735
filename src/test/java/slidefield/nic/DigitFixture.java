package slidefield.nic;

import java.util.Arrays;
import slidefield.data.SyntheticOptions;

/** Digits that are the same on every machine. */
final class DigitFixture {
    private static final int SOURCE = Digits.SOURCE_SIDE * Digits.SOURCE_SIDE;

    private DigitFixture() {}

    /** One digit of each class, all of its pixels of one grey that tells the class: {@link #grey}. */
    static Digits plain() {
        byte[] grey = new byte[Digits.CLASSES * SOURCE];
        byte[] labels = new byte[Digits.CLASSES];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (byte) i;
            Arrays.fill(grey, i * SOURCE, (i + 1) * SOURCE, (byte) grey(i));
        }
        return Digits.of("plain", grey, labels);
    }

    /** Below what is made white. */
    static int grey(int digit) {
        return 5 * (digit + 1);
    }

    /** Two patterns of each class. */
    static Digits patterns(int start) {
        byte[] grey = new byte[2 * Digits.CLASSES * SOURCE];
        byte[] labels = new byte[2 * Digits.CLASSES];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (byte) (i % Digits.CLASSES);
            for (int k = 0; k < SOURCE; k++) {
                grey[i * SOURCE + k] = (byte) (k % 28 * 7 + k / 28 * 13 + i * 29 + start);
            }
        }
        return Digits.of("patterns", grey, labels);
    }

    static SyntheticSet set(int size, long seed) {
        return new SyntheticSet(
                SyntheticOptions.paper().withSize(size), new DigitSets(patterns(0), patterns(100)), seed);
    }

    static SyntheticSet plainSet(int size, long seed) {
        return new SyntheticSet(SyntheticOptions.paper().withSize(size), new DigitSets(plain(), plain()), seed);
    }
}
