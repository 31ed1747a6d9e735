package slidefield.field;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import slidefield.nn.Parameter;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;

/** An encoding without anything to train: a function of the coordinates alone. */
abstract class FixedEncoding implements Encoding {
    /** Writes the features of the point (x, y). */
    abstract void encodePoint(double x, double y, double[] features);

    @Override
    public final Tensor encode(Tape tape, Window window) {
        int width = features();
        double[] point = new double[width];
        double[] all = new double[window.points() * width];
        for (int j = 0, at = 0; j < window.height(); j++) {
            for (int i = 0; i < window.width(); i++, at += width) {
                encodePoint(window.x() + i * window.stepX(), window.y() + j * window.stepY(), point);
                System.arraycopy(point, 0, all, at, width);
            }
        }
        long[] shape = {1, window.height(), window.width(), width};
        INDArray into = tape.allocate(shape);
        try (INDArray made = Nd4j.create(all, shape, 'c').castTo(into.dataType())) {
            into.assign(made);
        }
        return tape.constant(into);
    }

    @Override
    public Map<String, Parameter> parameters() {
        return Map.of();
    }
}
