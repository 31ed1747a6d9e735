package slidefield.slide;

/**
 * Which stored pixels make each wanted pixel along one axis, and how much of each. The weights of a wanted pixel follow
 * from its own index alone, so that cutting the plane into regions changes nothing.
 *
 * @param first the first stored pixel of each wanted pixel
 * @param weights per wanted pixel, the weights of {@code first}, {@code first + 1}, ...; they sum to 1
 */
record Axis(int[] first, float[][] weights) {
    /**
     * Area averaging: wanted pixel {@code i} covers stored coordinates {@code [offset + i step, offset + (i + 1) step)}.
     *
     * @param offset where wanted pixel 0 begins, in stored pixels
     * @param step stored pixels per wanted pixel
     * @param from first wanted pixel
     * @param count wanted pixels
     * @param size stored pixels
     */
    static Axis area(double offset, double step, int from, int count, int size) {
        int[] first = new int[count];
        float[][] weights = new float[count][];
        for (int i = 0; i < count; i++) {
            double begin = Math.max(0, offset + (from + (double) i) * step);
            double end = Math.min(size, offset + (from + (double) i + 1) * step);
            int low = (int) Math.min(size - 1, Math.floor(begin));
            int high = (int) Math.max(low + 1, Math.min(size, Math.ceil(end)));
            double[] part = new double[high - low];
            double sum = 0;
            for (int k = low; k < high; k++) {
                part[k - low] = Math.max(0, Math.min(end, k + 1.0) - Math.max(begin, k));
                sum += part[k - low];
            }
            first[i] = low;
            weights[i] = normalised(part, sum);
        }
        return new Axis(first, weights);
    }

    /**
     * Linear interpolation between pixel centres, the edge pixels continued outwards.
     *
     * @param step stored pixels per wanted pixel (below 1)
     * @param from first wanted pixel
     * @param count wanted pixels
     * @param size stored pixels
     */
    static Axis linear(double step, int from, int count, int size) {
        int[] first = new int[count];
        float[][] weights = new float[count][];
        for (int i = 0; i < count; i++) {
            double centre = Math.max(0, Math.min(size - 1.0, (from + i + 0.5) * step - 0.5));
            int low = (int) Math.min(Math.max(0, size - 2), Math.floor(centre));
            float part = (float) (centre - low);
            first[i] = low;
            weights[i] = size == 1 ? new float[] {1} : new float[] {1 - part, part};
        }
        return new Axis(first, weights);
    }

    private static float[] normalised(double[] part, double sum) {
        float[] weights = new float[part.length];
        for (int k = 0; k < part.length; k++) {
            weights[k] = sum > 0 ? (float) (part[k] / sum) : 1f / part.length;
        }
        return weights;
    }

    int count() {
        return first.length;
    }

    /** The first stored pixel that any wanted pixel needs. */
    int begin() {
        return first[0];
    }

    /** One past the last stored pixel that any wanted pixel needs. */
    int end() {
        return first[count() - 1] + weights[count() - 1].length;
    }

    /** Wanted pixels {@code [from, to)} of this axis. */
    Axis part(int from, int to) {
        return new Axis(java.util.Arrays.copyOfRange(first, from, to), java.util.Arrays.copyOfRange(weights, from, to));
    }
}
