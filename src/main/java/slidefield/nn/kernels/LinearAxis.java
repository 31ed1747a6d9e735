package slidefield.nn.kernels;

/**
 * Linear interpolation along one axis, as PyTorch's {@code interpolate} places it. With aligned corners result o lies at
 * {@code o (from - 1) / (to - 1)} of the input (a single result at 0), otherwise at
 * {@code max(0, (o + 1/2) from / to - 1/2)}.
 */
final class LinearAxis {
    /** Per result, the input below its position. */
    final int[] first;
    /** Per result, the input above; the same as the one below at the end of the axis. */
    final int[] second;
    /** Per result, the weight of the second input; the first has one minus it. */
    final float[] share;

    private final double[] exact;

    LinearAxis(boolean alignCorners, long from, long to) {
        int count = Math.toIntExact(to);
        first = new int[count];
        second = new int[count];
        share = new float[count];
        exact = new double[count];
        for (int o = 0; o < count; o++) {
            double position = alignCorners
                    ? to == 1 ? 0 : o * (from - 1.0) / (to - 1.0)
                    : Math.max(0, (o + 0.5) * from / to - 0.5);
            first[o] = (int) Math.min(Math.floor(position), from - 1.0);
            second[o] = (int) Math.min(first[o] + 1L, from - 1);
            exact[o] = position - first[o];
            share[o] = (float) exact[o];
        }
    }

    /** The same as a matrix, results x inputs, or its transpose. */
    double[][] matrix(int from, boolean transposed) {
        double[][] weights = transposed ? new double[from][first.length] : new double[first.length][from];
        for (int o = 0; o < first.length; o++) {
            int[] inputs = {first[o], second[o]};
            double[] shares = {1 - exact[o], exact[o]};
            for (int k = 0; k < 2; k++) {
                if (transposed) {
                    weights[inputs[k]][o] += shares[k];
                } else {
                    weights[o][inputs[k]] += shares[k];
                }
            }
        }
        return weights;
    }

    /** How much of a result comes from an input. */
    float weight(int result, int input) {
        return (first[result] == input ? 1 - share[result] : 0) + (second[result] == input ? share[result] : 0);
    }

    /** Per input, the first result that may depend on it; those up to {@link #ends} do. */
    int[] starts(int inputs) {
        int[] starts = new int[inputs];
        int result = 0;
        for (int input = 0; input < inputs; input++) {
            while (result < second.length && second[result] < input) {
                result++;
            }
            starts[input] = result;
        }
        return starts;
    }

    /** Per input, one past the last result that depends on it. */
    int[] ends(int inputs) {
        int[] ends = new int[inputs];
        int result = 0;
        for (int input = 0; input < inputs; input++) {
            while (result < first.length && first[result] <= input) {
                result++;
            }
            ends[input] = result;
        }
        return ends;
    }
}
