package slidefield.slide;

import java.util.Random;

/**
 * Haematoxylin and eosin as light absorbed: optical density = concentration x stain vector, intensity = glass x
 * exp(-density) (Beer and Lambert; stain vectors after Macenko et al. 2009). Vectors, strength, glass and camera
 * grain vary from slide to slide as between laboratories.
 */
final class PhantomStain {
    private static final double[] HAEMATOXYLIN = {0.5626, 0.7201, 0.4062};
    private static final double[] EOSIN = {0.2159, 0.8012, 0.5581};
    /** exp(-d) for densities 0 to 6 in steps of 1/512. */
    private static final float[] TRANSMITTED = new float[6 * 512];

    static {
        for (int i = 0; i < TRANSMITTED.length; i++) {
            TRANSMITTED[i] = (float) StrictMath.exp(-(i + 0.5) / 512);
        }
    }

    private final float[] h;
    private final float[] e;
    private final float[] glass;
    private final float grain;

    PhantomStain(long seed) {
        Random random = new Random(seed);
        h = vector(HAEMATOXYLIN, 0.80 + 0.45 * random.nextDouble(), random);
        e = vector(EOSIN, 0.72 + 0.50 * random.nextDouble(), random);
        double bright = 234 + 14 * random.nextDouble();
        glass = new float[] {
            (float) bright, (float) (bright - 3 * random.nextDouble()), (float) (bright + 2 * random.nextDouble())
        };
        grain = (float) (2.5 + 2.5 * random.nextDouble());
    }

    private static float[] vector(double[] mean, double strength, Random random) {
        double[] v = new double[3];
        double norm = 0;
        for (int i = 0; i < 3; i++) {
            v[i] = Math.max(0.02, mean[i] + 0.04 * random.nextGaussian());
            norm += v[i] * v[i];
        }
        float[] scaled = new float[3];
        for (int i = 0; i < 3; i++) {
            scaled[i] = (float) (v[i] / StrictMath.sqrt(norm) * strength);
        }
        return scaled;
    }

    /**
     * The colour of a pixel.
     *
     * @param haematoxylin concentration, 0 for none, about 1 for a dark nucleus
     * @param eosin concentration, about 0.5 for fibres
     * @param noise 32 random bits, for the camera's grain
     * @return 0xRRGGBB
     */
    int rgb(float haematoxylin, float eosin, int noise) {
        int rgb = 0;
        for (int i = 0; i < 3; i++) {
            float density = haematoxylin * h[i] + eosin * e[i];
            int at = Math.min(TRANSMITTED.length - 1, (int) (density * 512));
            float jitter = ((noise >>> 8 * i & 255) - 127.5f) * (grain / 255);
            float value = glass[i] * TRANSMITTED[at] + jitter + 0.5f;
            rgb = rgb << 8 | (value <= 0 ? 0 : value >= 255 ? 255 : (int) value);
        }
        return rgb;
    }
}
