package slidefield.fit;

import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.field.Encoding;
import slidefield.field.Field;
import slidefield.nn.Engine;
import slidefield.nn.Parameter;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;

/**
 * How strongly each of the two losses pulls at the decoder's weights: the Euclidean length of its gradient. Where one is
 * many times the other, the sum of both losses learns for that one alone (WSI-INR section 2, "Training": "the
 * segmentation objective quickly dominates").
 *
 * @param reconstruction of the mean squared error of the colours
 * @param lesion of binary cross entropy plus Dice
 */
public record Pull(double reconstruction, double lesion) {
    /**
     * Measures on one window. Nothing is changed.
     *
     * @param engine arithmetic
     * @param field decoder and heads
     * @param encoding the slide's own
     * @param plane the slide, annotated
     * @param part the window
     */
    public static Pull at(Engine engine, Field field, Encoding encoding, Plane plane, Part part) {
        Function<Tape, Tensor> latent = tape ->
                field.latent(encoding.encode(tape, plane.window(part.x(), part.y(), part.width(), part.height())));
        List<Parameter> decoder = List.copyOf(field.decoder().parameters().values());
        Map<Parameter, Boolean> before = new IdentityHashMap<>();
        field.parameters().values().forEach(p -> before.put(p, p.trainable()));
        encoding.parameters().values().forEach(p -> before.put(p, p.trainable()));
        before.keySet().forEach(p -> p.trainable(false));
        decoder.forEach(p -> p.trainable(true));
        try {
            return new Pull(
                    length(engine, decoder, tape -> Steps.painting(field, latent.apply(tape), tape, plane, part)),
                    length(engine, decoder, tape -> Steps.marking(field, latent.apply(tape), tape, plane, part)));
        } finally {
            before.forEach(Parameter::trainable);
        }
    }

    /**
     * Where to measure: of a gap-free cover by squares, the one whose share of lesion is nearest to one half.
     *
     * @param plane the slide, annotated
     * @param side of the squares in pixels; smaller where the plane is
     */
    public static Part mixedWindow(Plane plane, int side) {
        return Collections.min(
                new WindowCover(plane, side, 0).parts(),
                Comparator.comparingDouble(part -> Math.abs(lesionShare(plane, part) - 0.5)));
    }

    private static double lesionShare(Plane plane, Part part) {
        float[] lesion = new float[part.area()];
        plane.lesion(part.x(), part.y(), part.width(), part.height(), lesion);
        double sum = 0;
        for (float pixel : lesion) {
            sum += pixel;
        }
        return sum / part.area();
    }

    private static double length(Engine engine, List<Parameter> parameters, Function<Tape, Tensor> loss) {
        try (Tape tape = engine.record()) {
            tape.backward(loss.apply(tape));
            double squares = 0;
            for (Parameter parameter : parameters) {
                INDArray gradient = parameter.gradient();
                double norm = gradient == null ? 0 : gradient.norm2Number().doubleValue();
                squares += norm * norm;
            }
            return Math.sqrt(squares);
        }
    }

    /** How many times stronger the lesion loss pulls. */
    public double ratio() {
        return lesion / reconstruction;
    }
}
