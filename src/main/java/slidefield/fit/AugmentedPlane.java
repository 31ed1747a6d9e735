package slidefield.fit;

import java.util.Random;

/**
 * A virtual slide: another slide turned, mirrored and stained differently. Fitting a fresh hash grid to it gives a
 * latent of the same tissue that shares no table entry with the first, which is what step 2 needs more of.
 *
 * <p>Stain is changed in optical density {@code -ln(intensity)}, where dyes add up: per channel
 * {@code density * gain + bias}.
 */
final class AugmentedPlane implements Plane {
    private final Plane inner;
    private final int orientation;
    private final StainTransfer stain;
    private final String name;

    /**
     * @param inner the slide
     * @param orientation sum of 1 (mirror left to right), 2 (mirror top to bottom), 4 (then exchange the axes)
     * @param stain how its colours change
     */
    private AugmentedPlane(Plane inner, int orientation, StainTransfer stain, String name) {
        this.inner = inner;
        this.orientation = orientation;
        this.stain = stain;
        this.name = name;
    }

    /**
     * A random virtual slide, always turned or mirrored.
     *
     * @param stain largest relative change of the stain's strength, for all channels together and for each; a third
     *     of it is the largest bias
     */
    static AugmentedPlane random(Plane inner, double stain, String name, Random random) {
        int orientation = 1 + random.nextInt(7);
        double common = 1 + stain * (2 * random.nextDouble() - 1);
        double[] gain = new double[3];
        double[] bias = new double[3];
        for (int c = 0; c < 3; c++) {
            gain[c] = common * (1 + stain * (2 * random.nextDouble() - 1));
            bias[c] = stain / 3 * (2 * random.nextDouble() - 1);
        }
        return new AugmentedPlane(inner, orientation, new StainTransfer(gain, bias), name);
    }

    @Override
    public String name() {
        return name;
    }

    private boolean exchangesAxes() {
        return (orientation & 4) != 0;
    }

    @Override
    public int width() {
        return exchangesAxes() ? inner.height() : inner.width();
    }

    @Override
    public int height() {
        return exchangesAxes() ? inner.width() : inner.height();
    }

    @Override
    public double aspect() {
        return exchangesAxes() ? 1 / inner.aspect() : inner.aspect();
    }

    @Override
    public Plane coarser(int factor) {
        return new AugmentedPlane(inner.coarser(factor), orientation, stain, name);
    }

    @Override
    public void rgb(int x, int y, int width, int height, float[] into) {
        Part source = source(x, y, width, height);
        float[] read = new float[source.area() * 3];
        inner.rgb(source.x(), source.y(), source.width(), source.height(), read);
        turn(read, source, 3, width, height, into);
        stain.apply(into, width * height);
    }

    @Override
    public StainStatistics stain() {
        return inner.stain();
    }

    @Override
    public boolean annotated() {
        return inner.annotated();
    }

    @Override
    public void lesion(int x, int y, int width, int height, float[] into) {
        Part source = source(x, y, width, height);
        float[] read = new float[source.area()];
        inner.lesion(source.x(), source.y(), source.width(), source.height(), read);
        turn(read, source, 1, width, height, into);
    }

    @Override
    public double tissue(int x, int y, int width, int height) {
        Part source = source(x, y, width, height);
        return inner.tissue(source.x(), source.y(), source.width(), source.height());
    }

    /** Where a part of this plane lies in the inner one. */
    private Part source(int x, int y, int width, int height) {
        int sx = exchangesAxes() ? y : x;
        int sy = exchangesAxes() ? x : y;
        int sw = exchangesAxes() ? height : width;
        int sh = exchangesAxes() ? width : height;
        return new Part(
                (orientation & 1) != 0 ? inner.width() - sx - sw : sx,
                (orientation & 2) != 0 ? inner.height() - sy - sh : sy,
                sw,
                sh);
    }

    /** Puts what was read from the inner plane into this plane's order. */
    private void turn(float[] read, Part source, int channels, int width, int height, float[] into) {
        for (int j = 0; j < height; j++) {
            for (int i = 0; i < width; i++) {
                int sx = exchangesAxes() ? j : i;
                int sy = exchangesAxes() ? i : j;
                sx = (orientation & 1) != 0 ? source.width() - 1 - sx : sx;
                sy = (orientation & 2) != 0 ? source.height() - 1 - sy : sy;
                System.arraycopy(
                        read, (sy * source.width() + sx) * channels, into, (j * width + i) * channels, channels);
            }
        }
    }
}
