package slidefield.fit;

import slidefield.field.Window;

/**
 * What a field is fitted to: the colours, and where they are known the lesions, of one slide at one resolution.
 *
 * <p>Reading is safe from several threads at once.
 */
public interface Plane {
    /** Name for tables and files. */
    String name();

    /** Pixels. */
    int width();

    /** Pixels. */
    int height();

    /** Width over height of the slide itself, which the rounded pixel size only approximates. */
    double aspect();

    /** The same slide, {@code factor} times coarser. */
    Plane coarser(int factor);

    /**
     * Colours of a part that lies inside the plane.
     *
     * @param into at least height x width x 3 numbers, filled with red, green, blue in [0, 1], row by row
     */
    void rgb(int x, int y, int width, int height, float[] into);

    /** How the slide's tissue is stained, the same at every resolution. */
    StainStatistics stain();

    /** Whether lesions are annotated. */
    boolean annotated();

    /**
     * Lesion of a part that lies inside the plane.
     *
     * @param into at least height x width numbers, filled with 1 where the pixel is lesion and 0 elsewhere
     * @throws IllegalStateException if the plane is not {@link #annotated()}
     */
    void lesion(int x, int y, int width, int height, float[] into);

    /** Share of a part that is tissue, 0 to 1. */
    double tissue(int x, int y, int width, int height);

    /** The coordinates of a part. */
    default Window window(int x, int y, int width, int height) {
        return Window.of(width(), height(), aspect(), x, y, width, height);
    }
}
