package slidefield.swipe;

/**
 * Answers an image that may be larger than what a network sees at once: through windows of one size that overlap, each seen
 * for itself, whose logits are averaged (SwIPE, supplement, Table 1).
 */
public final class SlidingWindows {
    private final int window;
    private final double overlap;
    private final int outputs;
    private final View view;

    /** What a network says of a window. */
    interface View {
        /**
         * @param window colours
         * @param source where the window lies in the image
         * @param points in the window's pixels
         * @return mean: logits, points x outputs; variance: as many, or none
         */
        NeighbourLogits ask(LabelledImage window, SourceFrame source, Lattice points);
    }

    /**
     * @param window pixels along both sides
     * @param overlap of neighbouring windows, as a share of a window
     * @param outputs logits a point
     * @param view answers a window
     */
    SlidingWindows(int window, double overlap, int outputs, View view) {
        this.window = window;
        this.overlap = overlap;
        this.outputs = outputs;
        this.view = view;
    }

    /**
     * Where windows begin along an axis: as far apart as the overlap says, the last one at the end.
     *
     * @param size pixels along the axis, at least a window's
     * @param window pixels along the axis
     * @param overlap of neighbouring windows, as a share of a window, below 1
     * @return the first pixel of each
     */
    public static int[] starts(int size, int window, double overlap) {
        int step = Math.max(1, (int) Math.round(window * (1 - overlap)));
        int count = 1 + (size - window + step - 1) / step;
        int[] starts = new int[count];
        for (int i = 0; i < count; i++) {
            starts[i] = Math.min(i * step, size - window);
        }
        return starts;
    }

    /**
     * @param image at least as large as a window
     * @param columns of the answer, which covers the whole image
     * @param rows of the answer
     */
    SegmentedImage predict(LabelledImage image, int columns, int rows) {
        Sums sums = new Sums(Lattice.resized(image.width(), image.height(), columns, rows), outputs);
        for (int top : starts(image.height(), window, overlap)) {
            for (int left : starts(image.width(), window, overlap)) {
                Lattice seen = sums.within(left, top, window);
                if (seen == null) {
                    continue;
                }
                SourceFrame source = new SourceFrame(left, top, 1, 1, image.width(), image.height());
                sums.add(left, top, window, view.ask(cut(image, left, top), source, seen));
            }
        }
        return sums.mean();
    }

    private LabelledImage cut(LabelledImage image, int left, int top) {
        if (image.width() == window && image.height() == window) {
            return image;
        }
        int[] rgb = new int[window * window];
        for (int y = 0; y < window; y++) {
            System.arraycopy(image.rgb(), (top + y) * image.width() + left, rgb, y * window, window);
        }
        return LabelledImage.unlabelled(image.name(), window, window, rgb);
    }

    /** Logits of all windows so far. */
    private static final class Sums {
        private final Lattice all;
        private final int outputs;
        private final float[] logits;
        /** Empty until a window has one. */
        private float[] variance = {};

        private final int[] windows;

        Sums(Lattice all, int outputs) {
            this.all = all;
            this.outputs = outputs;
            logits = new float[Math.multiplyExact(all.count(), outputs)];
            windows = new int[all.count()];
        }

        /** The first of the points along an axis that lies at or beyond a pixel edge. */
        private static int first(double start, double step, int count, double edge) {
            int index = (int) Math.max(0, Math.min(count, Math.floor((edge - start) / step) - 1));
            while (index < count && start + index * step < edge) {
                index++;
            }
            return index;
        }

        /** Columns or rows of the answer in a window: from the first to before the second. */
        private static int[] range(double start, double step, int count, int from, int size) {
            return new int[] {first(start, step, count, from - 0.5), first(start, step, count, from + size - 0.5)};
        }

        private int[] columns(int left, int window) {
            return range(all.left(), all.stepX(), all.width(), left, window);
        }

        private int[] rows(int top, int window) {
            return range(all.top(), all.stepY(), all.height(), top, window);
        }

        /** The answer's points in a window, in its pixels; null if there is none. */
        Lattice within(int left, int top, int window) {
            int[] x = columns(left, window);
            int[] y = rows(top, window);
            if (x[0] == x[1] || y[0] == y[1]) {
                return null;
            }
            return new Lattice(
                    x[1] - x[0],
                    y[1] - y[0],
                    all.left() + x[0] * all.stepX() - left,
                    all.top() + y[0] * all.stepY() - top,
                    all.stepX(),
                    all.stepY());
        }

        void add(int left, int top, int window, NeighbourLogits found) {
            int[] x = columns(left, window);
            int[] y = rows(top, window);
            if (found.variance().length > 0 && variance.length == 0) {
                variance = new float[logits.length];
            }
            int from = 0;
            for (int row = y[0]; row < y[1]; row++) {
                for (int column = x[0]; column < x[1]; column++) {
                    int point = row * all.width() + column;
                    windows[point]++;
                    for (int c = 0; c < outputs; c++) {
                        logits[point * outputs + c] += found.mean()[from];
                        if (variance.length > 0) {
                            variance[point * outputs + c] += found.variance()[from];
                        }
                        from++;
                    }
                }
            }
        }

        SegmentedImage mean() {
            for (int i = 0; i < logits.length; i++) {
                logits[i] /= windows[i / outputs];
            }
            for (int i = 0; i < variance.length; i++) {
                variance[i] /= windows[i / outputs];
            }
            return new SegmentedImage(all.width(), all.height(), outputs, logits, variance);
        }
    }
}
