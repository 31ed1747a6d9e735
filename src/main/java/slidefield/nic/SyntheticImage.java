package slidefield.nic;

import java.util.Random;
import slidefield.data.SyntheticOptions;

/**
 * A synthetic image (Tellez et al. 2019, section 4.1.1): digits on black that are of one class within a tilted rectangle,
 * of another within a straight one, and of any class elsewhere. Its label is the tilted rectangle's class; the straight
 * one distracts. Not copied: who makes it gives its pixels away.
 *
 * @param pixels size x size, row-major, 0 black to 255 white
 * @param mask where the rectangles are
 * @param label class of the digits in the tilted rectangle, 0 to 9
 * @param distraction class of the digits in the straight rectangle, another one
 */
public record SyntheticImage(byte[] pixels, SyntheticMask mask, int label, int distraction) {
    /** Digits are pasted so much before their position, which is the middle of their ten pixels. */
    private static final int BEFORE = Digits.SIDE / 2;

    /** Positions lie on a lattice of so many pixels and are moved by -5 to 3. */
    private static final int LATTICE = SyntheticOptions.PATCH;

    /** @throws IllegalArgumentException if the sizes do not fit or the classes are no two digits */
    public SyntheticImage {
        if (pixels.length != (long) mask.size() * mask.size()) {
            throw new IllegalArgumentException(
                    pixels.length + " pixels for a mask of " + mask.size() + " x " + mask.size());
        }
        if (Math.min(label, distraction) < 0
                || Math.max(label, distraction) >= Digits.CLASSES
                || label == distraction) {
            throw new IllegalArgumentException("expected two digits, found " + label + " and " + distraction);
        }
    }

    /** Pixels along both sides. */
    public int size() {
        return mask.size();
    }

    /** Pixels of the tilted rectangle's long side. */
    public int tiltedSize() {
        return mask.tilted().longSide();
    }

    /**
     * Draws an image: the mask, both classes, then digits at places of the lattice without replacement, each over those
     * before it.
     *
     * @param random gives all of it
     */
    static SyntheticImage draw(SyntheticOptions options, Digits digits, Random random) {
        SyntheticMask mask = SyntheticMask.draw(options, random);
        int label = random.nextInt(Digits.CLASSES);
        int distraction = (label + 1 + random.nextInt(Digits.CLASSES - 2)) % Digits.CLASSES;
        int size = options.size();
        int[] places = new int[size / LATTICE * (size / LATTICE)];
        for (int i = 0; i < places.length; i++) {
            places[i] = i;
        }
        byte[] pixels = new byte[size * size];
        for (int i = 0; i < options.digits(); i++) {
            int drawn = i + random.nextInt(places.length - i);
            int place = places[drawn];
            places[drawn] = places[i];
            int x = position(place % (size / LATTICE), random);
            int y = position(place / (size / LATTICE), random);
            int digit =
                    switch (mask.value(x, y)) {
                        case SyntheticMask.TILTED -> digits.draw(random, label);
                        case SyntheticMask.STRAIGHT -> digits.draw(random, distraction);
                        default -> digits.draw(random);
                    };
            digits.paste(digit, pixels, size, x - BEFORE, y - BEFORE);
        }
        return new SyntheticImage(pixels, mask, label, distraction);
    }

    /** The real number between -5 and 4 around a place of the lattice, not before the border, without its fraction. */
    private static int position(int place, Random random) {
        return Math.max(0, LATTICE * place - 5 + random.nextInt(LATTICE));
    }
}
