package slidefield.fit;

/** A plane whose tissue is brought to the reference stain; lesions and coordinates are the plane's own. */
final class NormalisedPlane implements Plane {
    private final Plane inner;
    private final StainTransfer transfer;

    private NormalisedPlane(Plane inner, StainTransfer transfer) {
        this.inner = inner;
        this.transfer = transfer;
    }

    /** Brings a plane to the reference, by the statistics of its slide. */
    static NormalisedPlane of(Plane plane) {
        return new NormalisedPlane(plane, StainTransfer.between(plane.stain(), StainStatistics.REFERENCE));
    }

    /** What a field of these settings sees of a slide. */
    static Plane asSeen(Plane slide, Settings settings) {
        return settings.normaliseStain() ? of(slide) : slide;
    }

    @Override
    public String name() {
        return inner.name();
    }

    @Override
    public int width() {
        return inner.width();
    }

    @Override
    public int height() {
        return inner.height();
    }

    @Override
    public double aspect() {
        return inner.aspect();
    }

    @Override
    public Plane coarser(int factor) {
        return new NormalisedPlane(inner.coarser(factor), transfer);
    }

    @Override
    public StainStatistics stain() {
        return StainStatistics.REFERENCE;
    }

    @Override
    public void rgb(int x, int y, int width, int height, float[] into) {
        inner.rgb(x, y, width, height, into);
        transfer.apply(into, width * height);
    }

    /** Colours of this plane back to the slide's own, in place. */
    void toSlide(float[] rgb, int pixels) {
        transfer.undo(rgb, pixels);
    }

    @Override
    public boolean annotated() {
        return inner.annotated();
    }

    @Override
    public void lesion(int x, int y, int width, int height, float[] into) {
        inner.lesion(x, y, width, height, into);
    }

    @Override
    public double tissue(int x, int y, int width, int height) {
        return inner.tissue(x, y, width, height);
    }
}
