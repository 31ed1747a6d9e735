package slidefield.slide;

import java.util.Random;

/**
 * Where nuclei lie and what they look like. Each kind has a grid of cells; a cell's hash says whether it holds a
 * nucleus, where, how large and how turned, so that any block can find those that reach into it.
 *
 * <ul>
 *   <li>lymphocytes: small, round, dark; scattered, and packed in clusters
 *   <li>stroma: thin spindles along the fibres
 *   <li>tumour: two to three times larger, crowded, pale with a dark rim and nucleoli, irregular
 * </ul>
 */
final class PhantomNuclei {
    private static final double LYMPHOCYTE_GRID = 7.6;
    private static final double STROMA_GRID = 17;
    private static final double TUMOUR_GRID = 11.5;
    /** No nucleus reaches further from its centre, micrometres. */
    private static final double REACH = 13;

    private final long seed;
    private final PhantomLayout layout;
    private final PhantomTexture texture;
    private final float scattered;
    private final float stromal;
    private final float crowded;
    private final float tumourSize;

    PhantomNuclei(long seed, PhantomLayout layout, PhantomTexture texture) {
        this.seed = seed;
        this.layout = layout;
        this.texture = texture;
        Random random = new Random(PhantomNoise.mix(seed + 3));
        scattered = 0.008f + 0.03f * random.nextFloat();
        stromal = 0.30f + 0.40f * random.nextFloat();
        crowded = 0.72f + 0.22f * random.nextFloat();
        tumourSize = 0.88f + 0.24f * random.nextFloat();
    }

    void draw(PhantomCanvas canvas) {
        scan(canvas, STROMA_GRID, seed + 41, this::stroma);
        scan(canvas, TUMOUR_GRID, seed + 42, this::tumour);
        scan(canvas, LYMPHOCYTE_GRID, seed + 43, this::lymphocyte);
    }

    private interface Kind {
        void drawIfPresent(PhantomCanvas canvas, double x, double y, long cell);
    }

    private static void scan(PhantomCanvas canvas, double grid, long seed, Kind kind) {
        double extent = canvas.side * canvas.mpp;
        int x1 = (int) Math.floor((canvas.left + extent + REACH) / grid);
        int y1 = (int) Math.floor((canvas.top + extent + REACH) / grid);
        for (int j = (int) Math.floor((canvas.top - REACH) / grid); j <= y1; j++) {
            for (int i = (int) Math.floor((canvas.left - REACH) / grid); i <= x1; i++) {
                long cell = PhantomNoise.cell(seed, i, j);
                double x = (i + 0.12 + 0.76 * PhantomNoise.unit(cell, 1)) * grid;
                double y = (j + 0.12 + 0.76 * PhantomNoise.unit(cell, 2)) * grid;
                kind.drawIfPresent(canvas, x, y, cell);
            }
        }
    }

    private void stroma(PhantomCanvas canvas, double x, double y, long cell) {
        if (PhantomNoise.unit(cell, 0) > stromal || layout.tissue(x, y) < 4) {
            return;
        }
        float lesion = layout.lesion(x, y);
        if (lesion > -3 && texture.septum(x, y) < 0.5f
                || layout.fat(x, y, lesion) > 0.3f && PhantomNoise.unit(cell, 3) < 0.8f) {
            return;
        }
        float angle = texture.direction(x, y) + 0.5f * (PhantomNoise.unit(cell, 4) - 0.5f);
        canvas.draw(new PhantomCanvas.Nucleus(
                x,
                y,
                4.5f + 3.5f * PhantomNoise.unit(cell, 5),
                1.2f + 0.9f * PhantomNoise.unit(cell, 6),
                (float) StrictMath.cos(angle),
                (float) StrictMath.sin(angle),
                0.08f,
                0.75f + 0.3f * PhantomNoise.unit(cell, 7),
                0,
                0.2f,
                0,
                cell));
    }

    private void tumour(PhantomCanvas canvas, double x, double y, long cell) {
        if (PhantomNoise.unit(cell, 0) > crowded) {
            return;
        }
        if (layout.lesion(x, y) < 2 || texture.septum(x, y) > 0.5f) {
            return;
        }
        boolean dividing = PhantomNoise.unit(cell, 3) < 0.015f;
        float size = tumourSize * (4.3f + 2.9f * PhantomNoise.unit(cell, 4) * PhantomNoise.unit(cell, 5) + 0.6f);
        double angle = Math.PI * PhantomNoise.unit(cell, 6);
        float cos = (float) StrictMath.cos(angle);
        float sin = (float) StrictMath.sin(angle);
        if (dividing) {
            canvas.draw(
                    new PhantomCanvas.Nucleus(x, y, 0.8f * size, 0.35f * size, cos, sin, 0.3f, 1.5f, 0, 0.3f, 0, cell));
            return;
        }
        float paleness = PhantomNoise.unit(cell, 7);
        canvas.draw(new PhantomCanvas.Nucleus(
                x,
                y,
                size,
                size * (0.66f + 0.3f * PhantomNoise.unit(cell, 8)),
                cos,
                sin,
                0.16f,
                0.52f + 0.25f * paleness,
                0.34f,
                0.5f,
                PhantomNoise.unit(cell, 9) < 0.35f ? 2 : 1,
                cell));
    }

    private void lymphocyte(PhantomCanvas canvas, double x, double y, long cell) {
        float chance = PhantomNoise.unit(cell, 0);
        if (chance > 0.9f || layout.tissue(x, y) < 3) {
            return;
        }
        float lesion = layout.lesion(x, y);
        float here = lesion > 0 ? scattered * 0.7f : scattered + 0.88f * layout.lymphocytes(x, y, lesion);
        if (chance > here || layout.fat(x, y, lesion) > 0.4f && PhantomNoise.unit(cell, 3) < 0.85f) {
            return;
        }
        float radius = 2.5f + 0.8f * PhantomNoise.unit(cell, 4);
        canvas.draw(new PhantomCanvas.Nucleus(
                x,
                y,
                radius,
                radius * (0.85f + 0.15f * PhantomNoise.unit(cell, 5)),
                1,
                0,
                0.05f,
                1.15f + 0.3f * PhantomNoise.unit(cell, 6),
                0,
                0.35f,
                0,
                cell));
    }
}
