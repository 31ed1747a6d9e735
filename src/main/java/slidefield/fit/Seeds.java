package slidefield.fit;

import java.util.Random;

/**
 * Random generators without a state to keep: each is derived from the run's seed and the name of what it is for
 * (phase, epoch, slide), so a resumed run draws what the uninterrupted one would have drawn. {@link Random}'s
 * sequence is part of Java's specification and the same on every JDK.
 */
public final class Seeds {
    private Seeds() {}

    /**
     * @param seed the run's seed
     * @param purpose strings and whole numbers that name what is drawn
     */
    public static long derive(long seed, Object... purpose) {
        long state = mix(seed);
        for (Object part : purpose) {
            state = mix(state
                    ^ (part instanceof Number n
                            ? n.longValue()
                            : part.toString().hashCode() * 31L + 17));
        }
        return state;
    }

    /**
     * @param seed the run's seed
     * @param purpose strings and whole numbers that name what is drawn
     */
    public static Random random(long seed, Object... purpose) {
        return new Random(derive(seed, purpose));
    }

    /** The finaliser of SplitMix64 over the next state. */
    private static long mix(long z) {
        z += 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
