package slidefield.fit;

import java.util.concurrent.CancellationException;
import slidefield.field.Encoding;
import slidefield.field.Field;
import slidefield.nn.Activations;
import slidefield.nn.Engine;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;

/**
 * Predicts every pixel of a plane, window by window (WSI-INR section 2, "dense prediction over the entire WSI").
 *
 * <p>Each window is computed with a margin of {@link slidefield.field.FieldOptions#reach()} pixels, the distance
 * over which all 3 x 3 kernels together can see, and only its inner part is kept. So each value is what the whole
 * plane at once would have given: there is no seam to see or to blend. Memory is bounded by one window.
 */
final class DensePrediction {
    private final Engine engine;
    private final Field field;
    private final int window;
    private final int margin;

    /**
     * @param window inner side in pixels of the windows; larger ones waste less on margins and take more memory
     */
    DensePrediction(Engine engine, Field field, int window) {
        this(engine, field, window, field.options().reach());
    }

    /** With another margin, to see what a smaller one does. */
    DensePrediction(Engine engine, Field field, int window, int margin) {
        this.engine = engine;
        this.field = field;
        this.window = window;
        this.margin = margin;
    }

    /** The prediction of one window. */
    interface Sink {
        /**
         * @param part where it lies
         * @param lesion height x width probabilities
         * @param colours height x width x 3 in [0, 1]; empty if not asked for
         */
        void accept(Part part, float[] lesion, float[] colours);
    }

    /**
     * Predicts a whole plane, row of windows by row of windows from the top left.
     *
     * @param encoding the slide's own
     * @param plane its size and coordinates; its pixels are not read
     * @param colours whether to paint the reconstruction as well
     */
    void predict(Encoding encoding, Plane plane, boolean colours, Sink sink) {
        field.trainable(false, false);
        for (int y = 0; y < plane.height(); y += window) {
            for (int x = 0; x < plane.width(); x += window) {
                if (Thread.interrupted()) {
                    throw new CancellationException("stopped while predicting " + plane.name());
                }
                int width = Math.min(window, plane.width() - x);
                int height = Math.min(window, plane.height() - y);
                predictPart(encoding, plane, new Part(x, y, width, height), colours, sink);
            }
        }
    }

    /** How many windows {@link #predict} computes. */
    long windows(Plane plane) {
        return (long) WindowCover.starts(plane.width(), window).size()
                * WindowCover.starts(plane.height(), window).size();
    }

    /** Predicts one window. */
    void predictPart(Encoding encoding, Plane plane, Part part, boolean colours, Sink sink) {
        Part grown = part.grown(margin, plane);
        try (Tape tape = engine.inference()) {
            Tensor latent = field.latent(
                    encoding.encode(tape, plane.window(grown.x(), grown.y(), grown.width(), grown.height())));
            float[] lesion = inner(
                    Targets.read(Activations.sigmoid(field.lesionLogits(latent)).value()), 1, grown, part);
            float[] paint = colours ? inner(Targets.read(field.colours(latent).value()), 3, grown, part) : new float[0];
            sink.accept(part, lesion, paint);
        }
    }

    /** The values of {@code part} out of those of {@code grown} around it. */
    private static float[] inner(float[] values, int channels, Part grown, Part part) {
        float[] kept = new float[part.area() * channels];
        int row = part.width() * channels;
        for (int j = 0; j < part.height(); j++) {
            int from = ((part.y() - grown.y() + j) * grown.width() + part.x() - grown.x()) * channels;
            System.arraycopy(values, from, kept, j * row, row);
        }
        return kept;
    }
}
