package slidefield.jmh;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import slidefield.nn.Engine;
import slidefield.nn.kernels.Kernels;

/** One kernel alone, on a 128 x 128 window, with the fast kernels and with the reference. */
public abstract class ArithmeticBenchmark extends KernelBenchmark {
    static final int WINDOW = 128;

    /** The fastest that load here, or the reference. */
    @Param({"fastest", "reference"})
    public String kernels;

    private Engine engine;

    @Setup
    public void open() {
        engine = Arrays.engine(kernels);
    }

    Kernels arithmetic() {
        return engine.kernels();
    }

    @TearDown
    public void free() {
        engine.close();
    }
}
