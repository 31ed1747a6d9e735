package slidefield.fit;

import java.util.Random;

/** A small plane for tests: a pink ground with blue discs, and the discs are the lesions. */
record DiscPlane(String name, int width, int height, float[] colours, float[] discs) implements Plane {
    static DiscPlane of(String name, int width, int height, long seed) {
        Random random = new Random(seed);
        float[] discs = new float[width * height];
        for (int k = 0; k < 4; k++) {
            int cx = random.nextInt(width);
            int cy = random.nextInt(height);
            int r = 5 + random.nextInt(Math.max(1, width / 6));
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    if ((x - cx) * (x - cx) + (y - cy) * (y - cy) < r * r) {
                        discs[y * width + x] = 1;
                    }
                }
            }
        }
        float[] colours = new float[width * height * 3];
        for (int i = 0; i < discs.length; i++) {
            float shade = 0.05f * random.nextFloat();
            colours[3 * i] = (discs[i] > 0 ? 0.45f : 0.9f) + shade;
            colours[3 * i + 1] = (discs[i] > 0 ? 0.35f : 0.6f) + shade;
            colours[3 * i + 2] = 0.75f + shade;
        }
        return new DiscPlane(name, width, height, colours, discs);
    }

    @Override
    public double aspect() {
        return (double) width / height;
    }

    @Override
    public DiscPlane coarser(int factor) {
        int w = Math.max(1, width / factor);
        int h = Math.max(1, height / factor);
        float[] fewer = new float[w * h * 3];
        float[] labels = new float[w * h];
        for (int i = 0; i < w * h; i++) {
            int from = i / w * factor * width + i % w * factor;
            labels[i] = discs[from];
            System.arraycopy(colours, 3 * from, fewer, 3 * i, 3);
        }
        return new DiscPlane(name, w, h, fewer, labels);
    }

    @Override
    public void rgb(int x, int y, int w, int h, float[] into) {
        for (int j = 0; j < h; j++) {
            System.arraycopy(colours, ((y + j) * width + x) * 3, into, j * w * 3, w * 3);
        }
    }

    @Override
    public StainStatistics stain() {
        return StainStatistics.of(this);
    }

    @Override
    public boolean annotated() {
        return true;
    }

    @Override
    public void lesion(int x, int y, int w, int h, float[] into) {
        for (int j = 0; j < h; j++) {
            System.arraycopy(discs, (y + j) * width + x, into, j * w, w);
        }
    }

    @Override
    public double tissue(int x, int y, int w, int h) {
        return 1;
    }
}
