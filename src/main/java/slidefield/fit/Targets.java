package slidefield.fit;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import slidefield.nn.Tape;

/** Pixels of a plane as arrays of a tape. */
public final class Targets {
    private Targets() {}

    /** 1 x H x W x 3 colours in [0, 1]. */
    static INDArray rgb(Tape tape, Plane plane, Part part) {
        float[] values = new float[part.area() * 3];
        plane.rgb(part.x(), part.y(), part.width(), part.height(), values);
        return array(tape, values, part, 3);
    }

    /** 1 x H x W x 1, 1 where lesion. */
    static INDArray lesion(Tape tape, Plane plane, Part part) {
        float[] values = new float[part.area()];
        plane.lesion(part.x(), part.y(), part.width(), part.height(), values);
        return array(tape, values, part, 1);
    }

    private static INDArray array(Tape tape, float[] values, Part part, int channels) {
        return array(tape, values, 1, part.height(), part.width(), channels);
    }

    /**
     * @param tape of the result
     * @param values in row-major order
     * @param shape of as many elements
     * @return an array of the engine's type that the tape owns
     */
    public static INDArray array(Tape tape, float[] values, long... shape) {
        INDArray into = tape.allocate(shape);
        if (into.dataType() == DataType.FLOAT) {
            FloatBuffer memory = into.data().asNioFloat();
            memory.put(values);
        } else {
            try (INDArray made = Nd4j.create(values, into.shape(), 'c')) {
                into.assign(made);
            }
        }
        return into;
    }

    /** The values of a float32 array in row-major order. */
    public static float[] read(INDArray array) {
        float[] values = new float[Math.toIntExact(array.length())];
        array.data().asNioFloat().get(values);
        return values;
    }
}
