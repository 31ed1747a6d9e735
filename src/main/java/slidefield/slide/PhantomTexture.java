package slidefield.slide;

import java.util.Random;

/**
 * What lies between the nuclei: wavy eosin-stained fibres in two crossing directions with pale clefts, the mottled
 * bluish-grey cytoplasm of lesions and the thin septa that divide it into nests.
 *
 * <p>Slow fields are computed every {@value #STEP} pixels and interpolated.
 */
final class PhantomTexture {
    static final int STEP = 4;

    private final long seed;
    private final PhantomLayout layout;
    private final float cos;
    private final float sin;
    private final float cos2;
    private final float sin2;
    private final double turn;
    private final float eosin;
    private final float cytoplasm;
    private final double angle;

    PhantomTexture(long seed, PhantomLayout layout) {
        this.seed = seed;
        this.layout = layout;
        Random random = new Random(PhantomNoise.mix(seed + 2));
        angle = Math.PI * random.nextDouble();
        cos = (float) StrictMath.cos(angle);
        sin = (float) StrictMath.sin(angle);
        turn = 0.7 + 0.8 * random.nextDouble();
        cos2 = (float) StrictMath.cos(angle + turn);
        sin2 = (float) StrictMath.sin(angle + turn);
        eosin = 0.85f + 0.3f * random.nextFloat();
        cytoplasm = 0.85f + 0.3f * random.nextFloat();
    }

    /** The share of the second fibre direction at a place, 0 or 1 with short transitions. */
    private float crossing(double x, double y) {
        return PhantomNoise.step(0.40f, 0.60f, PhantomNoise.fractal(seed + 31, x / 260, y / 260, 3));
    }

    /** A slow displacement that makes fibres wavy, micrometres. */
    private float wave(double x, double y) {
        return 130 * PhantomNoise.fractal(seed + 32, x / 230, y / 230, 3);
    }

    /** The direction of the fibres at a place, radians. */
    float direction(double x, double y) {
        double base = crossing(x, y) < 0.5f ? angle : angle + turn;
        double slope = (wave(x + 4 * StrictMath.cos(base), y + 4 * StrictMath.sin(base))
                        - wave(x - 4 * StrictMath.cos(base), y - 4 * StrictMath.sin(base)))
                / 8;
        return (float) (base - StrictMath.atan(slope));
    }

    /** 1 in the septa between the nests of a lesion, 0 inside the nests. */
    float septum(double x, double y) {
        float warp = 30 * PhantomNoise.value(seed + 34, x / 60, y / 60);
        float ridge = Math.abs(PhantomNoise.value(seed + 33, (x + warp) / 95, (y - warp) / 95) - 0.5f);
        return 1 - PhantomNoise.step(0.02f, 0.06f, ridge);
    }

    /** Fills an unstained block. Returns whether any of it is tissue. */
    boolean draw(PhantomCanvas canvas) {
        Fields fields = new Fields(canvas);
        if (fields.mostTissue < -10) {
            return false;
        }
        int side = canvas.side;
        for (int row = 0; row < side; row++) {
            for (int column = 0; column < side; column++) {
                float edge = fields.at(fields.tissue, row, column);
                if (edge > -10) {
                    pixel(canvas, fields, row, column, edge);
                }
            }
        }
        return true;
    }

    private void pixel(PhantomCanvas canvas, Fields fields, int row, int column, float edge) {
        double x = canvas.x(column);
        double y = canvas.y(row);
        float wave = fields.at(fields.wave, row, column);
        float second = fields.at(fields.crossing, row, column);
        float fibres = 0;
        if (second < 1) {
            fibres += (1 - second) * fibre(seed + 35, x * cos + y * sin, y * cos - x * sin + wave);
        }
        if (second > 0) {
            fibres += second * fibre(seed + 36, x * cos2 + y * sin2, y * cos2 - x * sin2 + wave);
        }
        float ragged = edge + 7 * (fibres - 0.5f);
        float covered = PhantomNoise.step(-1.2f, 1.2f, ragged);
        if (covered == 0) {
            return;
        }
        float cleft = PhantomNoise.step(0.16f, 0.30f, fibres);
        float tint = fields.at(fields.tint, row, column);
        float stromaE = eosin * (0.8f + 0.4f * tint) * (0.10f + 0.14f * cleft + 0.46f * fibres * cleft);
        float stromaH = 0.02f + (0.05f + 0.10f * (1 - tint)) * fibres * cleft;
        float lesion = PhantomNoise.step(-2.5f, 2.5f, fields.at(fields.lesion, row, column));
        if (lesion > 0) {
            float mottle = PhantomNoise.value(seed + 37, x / 3.1, y / 3.1) * 0.6f
                    + PhantomNoise.value(seed + 38, x / 9, y / 9) * 0.4f;
            float nest = lesion * (1 - fields.at(fields.septum, row, column));
            stromaE += nest * (cytoplasm * (0.22f + 0.28f * mottle) - stromaE);
            stromaH += nest * (0.10f + 0.12f * mottle - stromaH);
        }
        int at = row * canvas.side + column;
        canvas.h[at] = covered * stromaH;
        canvas.e[at] = covered * stromaE;
    }

    /** Noise stretched ten to one along a fibre, 0 to 1. */
    private static float fibre(long seed, double along, double across) {
        float coarse = PhantomNoise.value(seed, along / 75, across / 8);
        float fine = PhantomNoise.value(seed + 7, along / 30, across / 2.6f);
        return 0.55f * coarse + 0.45f * fine;
    }

    /** The slow fields of one block. */
    private final class Fields {
        final int points;
        final float[] tissue;
        final float[] lesion;
        final float[] crossing;
        final float[] wave;
        final float[] septum;
        final float[] tint;
        float mostTissue = Float.NEGATIVE_INFINITY;

        Fields(PhantomCanvas canvas) {
            points = canvas.side / STEP + 1;
            tissue = new float[points * points];
            lesion = new float[points * points];
            crossing = new float[points * points];
            wave = new float[points * points];
            septum = new float[points * points];
            tint = new float[points * points];
            for (int j = 0; j < points; j++) {
                for (int i = 0; i < points; i++) {
                    int at = j * points + i;
                    double x = canvas.left + i * STEP * canvas.mpp;
                    double y = canvas.top + j * STEP * canvas.mpp;
                    tissue[at] = layout.tissue(x, y);
                    mostTissue = Math.max(mostTissue, tissue[at]);
                    if (tissue[at] > -60) {
                        lesion[at] = layout.lesion(x, y);
                        crossing[at] = crossing(x, y);
                        wave[at] = wave(x, y);
                        tint[at] = PhantomNoise.fractal(seed + 39, x / 330, y / 330, 2);
                        septum[at] = lesion[at] > -20 ? septum(x, y) : 0;
                    } else {
                        lesion[at] = -1000;
                    }
                }
            }
        }

        /** A field at a pixel's centre. */
        float at(float[] field, int row, int column) {
            float fx = (column % STEP + 0.5f) / STEP;
            float fy = (row % STEP + 0.5f) / STEP;
            int at = row / STEP * points + column / STEP;
            float top = field[at] * (1 - fx) + field[at + 1] * fx;
            float bottom = field[at + points] * (1 - fx) + field[at + points + 1] * fx;
            return top * (1 - fy) + bottom * fy;
        }
    }
}
