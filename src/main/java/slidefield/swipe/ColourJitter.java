package slidefield.swipe;

import java.util.Random;
import slidefield.fit.Check;

/**
 * Random changes of light and colour, in random order: brightness (colours times a factor), contrast (away from the
 * image's mean grey by a factor), saturation (away from each pixel's grey by a factor), hue (a turn of the colour circle).
 *
 * @param brightness the factor is uniform in 1 - brightness to 1 + brightness; below 1
 * @param contrast likewise
 * @param saturation likewise
 * @param hue the turn is uniform in -hue to hue, as a share of the circle; at most 0.5
 */
public record ColourJitter(double brightness, double contrast, double saturation, double hue) {
    /** 0.2 and a twentieth of the circle. The paper names colour jitter without its strength; this is a choice of ours. */
    public static final ColourJitter MODERATE = new ColourJitter(0.2, 0.2, 0.2, 0.05);

    /** @throws IllegalArgumentException if a strength is out of range */
    public ColourJitter {
        Check.below("brightness", brightness, 0, 1);
        Check.below("contrast", contrast, 0, 1);
        Check.below("saturation", saturation, 0, 1);
        Check.between("hue", hue, 0, 0.5);
    }

    /**
     * @param rgb colours as {@code 0xRRGGBB}; not changed
     * @param random source of all randomness
     * @return other colours, as many
     */
    int[] apply(int[] rgb, Random random) {
        int[] order = {0, 1, 2, 3};
        for (int i = 3; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        double[] factors = {
            factor(brightness, random),
            factor(contrast, random),
            factor(saturation, random),
            hue * (2 * random.nextDouble() - 1)
        };
        float[] colours = new float[rgb.length * 3];
        for (int i = 0; i < rgb.length; i++) {
            colours[3 * i] = (rgb[i] >> 16 & 0xFF) / 255f;
            colours[3 * i + 1] = (rgb[i] >> 8 & 0xFF) / 255f;
            colours[3 * i + 2] = (rgb[i] & 0xFF) / 255f;
        }
        for (int change : order) {
            switch (change) {
                case 0 -> awayFrom(colours, 0, factors[0]);
                case 1 -> awayFrom(colours, meanGrey(colours), factors[1]);
                case 2 -> saturate(colours, factors[2]);
                default -> turn(colours, factors[3]);
            }
        }
        int[] out = new int[rgb.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = byteOf(colours[3 * i]) << 16 | byteOf(colours[3 * i + 1]) << 8 | byteOf(colours[3 * i + 2]);
        }
        return out;
    }

    private static double factor(double strength, Random random) {
        return 1 + strength * (2 * random.nextDouble() - 1);
    }

    private static int byteOf(float value) {
        return Math.round(255 * value);
    }

    private static float clipped(double value) {
        return (float) Math.min(1, Math.max(0, value));
    }

    /** Luma of ITU-R BT.601, as image libraries take it for grey. */
    private static double grey(float[] colours, int i) {
        return 0.299 * colours[i] + 0.587 * colours[i + 1] + 0.114 * colours[i + 2];
    }

    private static double meanGrey(float[] colours) {
        double sum = 0;
        for (int i = 0; i < colours.length; i += 3) {
            sum += grey(colours, i);
        }
        return 3 * sum / colours.length;
    }

    private static void awayFrom(float[] colours, double from, double factor) {
        for (int i = 0; i < colours.length; i++) {
            colours[i] = clipped(from + factor * (colours[i] - from));
        }
    }

    private static void saturate(float[] colours, double factor) {
        for (int i = 0; i < colours.length; i += 3) {
            double grey = grey(colours, i);
            for (int c = i; c < i + 3; c++) {
                colours[c] = clipped(grey + factor * (colours[c] - grey));
            }
        }
    }

    /** Turns the hue of the hexcone model (HSV), which keeps each pixel's largest and smallest value. */
    private static void turn(float[] colours, double share) {
        for (int i = 0; i < colours.length; i += 3) {
            double most = Math.max(colours[i], Math.max(colours[i + 1], colours[i + 2]));
            double range = most - Math.min(colours[i], Math.min(colours[i + 1], colours[i + 2]));
            if (range == 0) {
                continue;
            }
            double sector;
            if (most == colours[i]) {
                sector = (colours[i + 1] - colours[i + 2]) / range;
            } else if (most == colours[i + 1]) {
                sector = 2 + (colours[i + 2] - colours[i]) / range;
            } else {
                sector = 4 + (colours[i] - colours[i + 1]) / range;
            }
            double turned = sector + 6 * share;
            for (int c = 0; c < 3; c++) {
                double k = floorMod(5 - 2 * c + turned);
                colours[i + c] = clipped(most - range * Math.max(0, Math.min(1, Math.min(k, 4 - k))));
            }
        }
    }

    private static double floorMod(double k) {
        return k - 6 * Math.floor(k / 6);
    }
}
