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
    private final Orientation orientation;
    private final StainTransfer stain;
    private final String name;

    /**
     * @param inner the slide
     * @param orientation how it is laid down
     * @param stain how its colours change
     */
    private AugmentedPlane(Plane inner, Orientation orientation, StainTransfer stain, String name) {
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
        Orientation orientation = new Orientation(1 + random.nextInt(7));
        return new AugmentedPlane(inner, orientation, StainTransfer.random(stain, random), name);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int width() {
        return orientation.exchangesAxes() ? inner.height() : inner.width();
    }

    @Override
    public int height() {
        return orientation.exchangesAxes() ? inner.width() : inner.height();
    }

    @Override
    public double aspect() {
        return orientation.exchangesAxes() ? 1 / inner.aspect() : inner.aspect();
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
        orientation.turn(read, 3, width, height, into);
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
        orientation.turn(read, 1, width, height, into);
    }

    @Override
    public double tissue(int x, int y, int width, int height) {
        Part source = source(x, y, width, height);
        return inner.tissue(source.x(), source.y(), source.width(), source.height());
    }

    /** Where a part of this plane lies in the inner one. */
    private Part source(int x, int y, int width, int height) {
        int sx = orientation.exchangesAxes() ? y : x;
        int sy = orientation.exchangesAxes() ? x : y;
        int sw = orientation.exchangesAxes() ? height : width;
        int sh = orientation.exchangesAxes() ? width : height;
        return new Part(
                orientation.mirrorsColumns() ? inner.width() - sx - sw : sx,
                orientation.mirrorsRows() ? inner.height() - sy - sh : sy,
                sw,
                sh);
    }
}
