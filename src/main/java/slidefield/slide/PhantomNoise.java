package slidefield.slide;

/**
 * Random numbers that belong to places: a hash of integer coordinates, and value noise interpolated from it. Any
 * point can be asked for at any time and answers the same, which is what lets a slide be drawn region by region.
 */
final class PhantomNoise {
    private PhantomNoise() {}

    /** A well-mixed 64-bit hash (the finaliser of SplitMix64; Steele, Lea and Flood 2014). */
    static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** The hash of a cell of a grid. */
    static long cell(long seed, int x, int y) {
        return mix(seed + x * 0x9E3779B97F4A7C15L + y * 0xC2B2AE3D27D4EB4FL);
    }

    /** The {@code index}-th number in [0, 1) of a hash: ten independent ones are enough for a nucleus. */
    static float unit(long hash, int index) {
        return (mix(hash + index * 0x9E3779B97F4A7C15L) >>> 40) * 0x1p-24f;
    }

    /** Smooth noise in [0, 1] with one hill or valley per unit. */
    static float value(long seed, double x, double y) {
        int ix = (int) Math.floor(x);
        int iy = (int) Math.floor(y);
        float fx = smooth((float) (x - ix));
        float fy = smooth((float) (y - iy));
        float top = lattice(seed, ix, iy) * (1 - fx) + lattice(seed, ix + 1, iy) * fx;
        float bottom = lattice(seed, ix, iy + 1) * (1 - fx) + lattice(seed, ix + 1, iy + 1) * fx;
        return top * (1 - fy) + bottom * fy;
    }

    /** Noise in [0, 1] with detail at {@code octaves} scales, each half of the previous in size and weight. */
    static float fractal(long seed, double x, double y, int octaves) {
        float sum = 0;
        float weight = 1;
        float total = 0;
        for (int i = 0; i < octaves; i++) {
            sum += weight * value(seed + i, x, y);
            total += weight;
            weight /= 2;
            x = x * 2 + 17.3;
            y = y * 2 + 5.9;
        }
        return sum / total;
    }

    /** 0 below {@code low}, 1 above {@code high}, smooth between. */
    static float step(float low, float high, float x) {
        float t = (x - low) / (high - low);
        return t <= 0 ? 0 : t >= 1 ? 1 : smooth(t);
    }

    /** A cheaper hash than {@link #cell}: the lattice is read several times per pixel. */
    private static float lattice(long seed, int x, int y) {
        int h = (int) seed ^ (int) (seed >>> 32) ^ x * 0x27D4EB2D ^ y * 0x165667B1;
        h = (h ^ (h >>> 15)) * 0x2C1B3C6D;
        h = (h ^ (h >>> 12)) * 0x297A2D39;
        return (h >>> 8 ^ h >>> 24 & 127) * 0x1p-24f;
    }

    private static float smooth(float t) {
        return t * t * (3 - 2 * t);
    }
}
