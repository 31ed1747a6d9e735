package slidefield.experiment;

import java.util.stream.IntStream;
import slidefield.data.SyntheticOptions;

/**
 * How many synthetic test images get the right label (Tellez et al. 2019, Figure 6).
 *
 * @param accuracy share of all
 * @param bySize share by the tilted rectangle's long side as a part of the image's side, in ten even bins up to a half
 */
record SyntheticAccuracy(double accuracy, Binned bySize) {
    /** Rectangles below this part of the image's side are hard, says the paper. */
    static final double SMALL = 0.1;

    private static final int BINS = 10;

    /**
     * @param options of the images
     * @param tilted long sides of their tilted rectangles in pixels
     * @param labels as many
     * @param predicted as many
     */
    static SyntheticAccuracy of(SyntheticOptions options, int[] tilted, int[] labels, int[] predicted) {
        if (tilted.length == 0 || tilted.length != labels.length || labels.length != predicted.length) {
            throw new IllegalArgumentException(tilted.length + " sizes, " + labels.length + " labels and "
                    + predicted.length + " predictions; expected as many of each, and some");
        }
        double[] right = IntStream.range(0, labels.length)
                .mapToDouble(i -> labels[i] == predicted[i] ? 1 : 0)
                .toArray();
        double[] parts = IntStream.of(tilted)
                .mapToDouble(side -> (double) side / options.size())
                .toArray();
        double[] edges = IntStream.rangeClosed(0, BINS)
                .mapToDouble(i -> i / (2.0 * BINS))
                .toArray();
        return new SyntheticAccuracy(Spread.of(right).mean(), Binned.of(edges, parts, right));
    }

    /** Share of images that are right among those with a smaller rectangle, or among the others; NaN of none. */
    double accuracy(boolean small) {
        double right = 0;
        long count = 0;
        for (int i = 0; i < bySize.counts().length; i++) {
            if (bySize.edges()[i] < SMALL == small && bySize.counts()[i] > 0) {
                right += bySize.means()[i] * bySize.counts()[i];
                count += bySize.counts()[i];
            }
        }
        return right / count;
    }
}
