package slidefield.patch;

/**
 * Where the pixels of a patch lie along one axis of a plane. A patch pixel between two pixel centres of the plane is
 * interpolated linearly; one on a centre is that pixel.
 *
 * @param first the first plane pixel that is needed; may lie outside the plane
 * @param count plane pixels that are needed
 * @param at per patch pixel the plane pixel at or before it, counted from {@code first}
 * @param next per patch pixel the weight of the plane pixel after that one
 */
record PatchAxis(int first, int count, int[] at, float[] next) {
    /** Nearer than this to a pixel centre is on it, in pixels. */
    private static final double ROUNDING = 1e-6;

    /**
     * @param centre the middle of the patch, in plane pixels from the plane's edge
     * @param step plane pixels per patch pixel, about 1
     * @param size patch pixels
     */
    static PatchAxis of(double centre, double step, int size) {
        double start = centre - 0.5 * (size - 1) * step - 0.5;
        int first = (int) Math.floor(start + ROUNDING);
        int[] at = new int[size];
        float[] next = new float[size];
        for (int k = 0; k < size; k++) {
            double position = start + k * step;
            double nearest = Math.rint(position);
            double left = Math.abs(position - nearest) < ROUNDING ? nearest : Math.floor(position);
            at[k] = (int) left - first;
            next[k] = Math.abs(position - nearest) < ROUNDING ? 0 : (float) (position - left);
        }
        int last = at[size - 1] + (next[size - 1] > 0 ? 1 : 0);
        return new PatchAxis(first, last + 1, at, next);
    }

    /** Whether every patch pixel is one plane pixel, in order. */
    boolean isExact() {
        if (count != at.length) {
            return false;
        }
        for (float weight : next) {
            if (weight > 0) {
                return false;
            }
        }
        return true;
    }
}
