package slidefield.patch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.fit.FitListener;
import slidefield.fit.Part;
import slidefield.fit.Phase;
import slidefield.fit.Plane;
import slidefield.fit.Targets;
import slidefield.nn.Activations;
import slidefield.nn.Engine;
import slidefield.nn.Tape;

/**
 * A network's prediction of a whole plane from windows of the size that it was trained on. Each window reaches over
 * the next one; where several answer, their answers are weighted, and the weights of a pixel sum to one. White stands
 * for what lies outside the slide. Memory is bounded by one row of windows.
 */
final class Stitching {
    private final Engine engine;
    private final PatchNetwork network;
    private final int size;
    private final StitchingOptions options;

    /**
     * @param size side of a window in pixels
     * @param options how windows overlap
     */
    Stitching(Engine engine, PatchNetwork network, int size, StitchingOptions options) {
        this.engine = engine;
        this.network = network;
        this.size = size;
        this.options = options;
    }

    /** The prediction of some rows. */
    interface Sink {
        /**
         * @param part whole rows of the plane
         * @param lesion height x width probabilities
         */
        void accept(Part part, float[] lesion);
    }

    /**
     * Predicts a plane, row of windows by row of windows from the top.
     *
     * @param plane at the finest scale
     * @param needed whether any pixel of a part is asked for; others may come as background
     * @param listener told of every window
     * @param sink given every row once
     */
    void predict(Plane plane, Predicate<Part> needed, FitListener listener, Sink sink) {
        network.training(false);
        ScaledPlanes scaled = new ScaledPlanes(plane, network.scales());
        int stride = stride(scaled.lattice());
        float[] weights = weights(size, (size - stride) / 2);
        int[] columns = starts(plane.width(), stride);
        int[] rows = starts(plane.height(), stride);
        double[] totalX = totals(columns, weights, plane.width());
        double[] totalY = totals(rows, weights, plane.height());
        listener.begin(Phase.PREDICTION, plane.name(), (long) columns.length * rows.length);
        float[] sums = new float[size * plane.width()];
        for (int k = 0; k < rows.length; k++) {
            addRow(scaled, columns, rows[k], weights, needed, listener, sums);
            boolean last = k + 1 == rows.length;
            int from = Math.max(0, rows[k]);
            int to = last ? plane.height() : Math.max(0, rows[k + 1]);
            if (to > from) {
                emit(plane.width(), from, to, rows[k], sums, totalX, totalY, sink);
            }
            if (!last) {
                int moved = (rows[k + 1] - rows[k]) * plane.width();
                System.arraycopy(sums, moved, sums, 0, sums.length - moved);
                Arrays.fill(sums, sums.length - moved, sums.length, 0f);
            }
        }
        listener.end(Phase.PREDICTION, plane.name());
    }

    /** From window to window; such that the centres of windows lie on pixel edges of every scale. */
    private int stride(int lattice) {
        double half = size * (1 - options.overlap()) / 2;
        int kept = Math.max(lattice, (int) Math.floor(half / lattice) * lattice);
        return 2 * Math.min(kept, size / 2);
    }

    /** Where windows begin along a side: their inner parts, a stride wide, cover it without a gap. */
    private int[] starts(int length, int stride) {
        int margin = (size - stride) / 2;
        int[] starts = new int[(length + stride - 1) / stride];
        for (int k = 0; k < starts.length; k++) {
            starts[k] = k * stride - margin;
        }
        return starts;
    }

    /** How much each pixel of a window's side counts. */
    private float[] weights(int side, int margin) {
        float[] weights = new float[side];
        for (int i = 0; i < side; i++) {
            int fromBorder = Math.min(i, side - 1 - i);
            if (options.borders() == StitchingOptions.Borders.CROP) {
                weights[i] = fromBorder >= margin ? 1 : 0;
            } else {
                double rise = fromBorder < 2 * margin ? (fromBorder + 0.5) / (2 * margin) : 1;
                double sine = StrictMath.sin(Math.PI / 2 * rise);
                weights[i] = (float) (sine * sine);
            }
        }
        return weights;
    }

    /** The sum of all windows' weights at every pixel of a side. */
    private static double[] totals(int[] starts, float[] weights, int length) {
        double[] totals = new double[length];
        for (int start : starts) {
            for (int i = Math.max(0, -start); i < weights.length && start + i < length; i++) {
                totals[start + i] += weights[i];
            }
        }
        return totals;
    }

    private void addRow(
            ScaledPlanes plane,
            int[] columns,
            int y,
            float[] weights,
            Predicate<Part> needed,
            FitListener listener,
            float[] sums) {
        List<Integer> wanted = new ArrayList<>();
        for (int x : columns) {
            if (needed.test(inside(x, y, plane.finest()))) {
                wanted.add(x);
            } else {
                listener.step(Phase.PREDICTION, Double.NaN);
            }
        }
        for (int i = 0; i < wanted.size(); i += options.batch()) {
            if (Thread.interrupted()) {
                throw new CancellationException(
                        "stopped while predicting " + plane.finest().name());
            }
            List<Integer> batch = wanted.subList(i, Math.min(wanted.size(), i + options.batch()));
            float[] lesion = compute(plane, batch, y);
            for (int n = 0; n < batch.size(); n++) {
                add(lesion, n * size * size, batch.get(n), plane.finest().width(), weights, sums);
                listener.step(Phase.PREDICTION, Double.NaN);
            }
        }
    }

    /** What a window and the plane have in common. */
    private Part inside(int x, int y, Plane plane) {
        int left = Math.max(0, x);
        int top = Math.max(0, y);
        return new Part(left, top, Math.min(plane.width(), x + size) - left, Math.min(plane.height(), y + size) - top);
    }

    /** Probabilities of some windows of one row, one after the other. */
    private float[] compute(ScaledPlanes plane, List<Integer> columns, int y) {
        try (Tape tape = engine.inference()) {
            List<INDArray> colours = new ArrayList<>();
            for (int j = 0; j < plane.scaleCount(); j++) {
                int index = j;
                colours.add(PatchBatch.join(
                        tape, columns.size(), size, 3, n -> plane.colours(index, columns.get(n), y, size, null)));
            }
            return Targets.read(Activations.sigmoid(PatchBatch.logits(network, tape, colours))
                    .value());
        }
    }

    /** Adds one window, whose left column is x, to the sums of its row of windows. */
    private void add(float[] lesion, int at, int x, int width, float[] weights, float[] sums) {
        int from = Math.max(0, -x);
        int to = Math.min(size, width - x);
        for (int j = 0; j < size; j++) {
            for (int i = from; i < to; i++) {
                sums[j * width + x + i] += weights[j] * weights[i] * lesion[at + j * size + i];
            }
        }
    }

    private static void emit(
            int width, int from, int to, int top, float[] sums, double[] totalX, double[] totalY, Sink sink) {
        float[] lesion = new float[(to - from) * width];
        for (int y = from; y < to; y++) {
            for (int x = 0; x < width; x++) {
                double mean = sums[(y - top) * width + x] / (totalX[x] * totalY[y]);
                lesion[(y - from) * width + x] = (float) Math.min(1, mean);
            }
        }
        sink.accept(new Part(0, from, width, to - from), lesion);
    }
}
