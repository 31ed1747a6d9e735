package slidefield.jmh;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import slidefield.nn.Adam;
import slidefield.nn.AdamOptions;
import slidefield.nn.Arithmetic;
import slidefield.nn.Engine;
import slidefield.nn.Parameter;
import slidefield.nn.Tape;

/** One step of Adam with a gradient everywhere: it reads four arrays and writes three. */
public class AdamBenchmark extends KernelBenchmark {
    /** Trained numbers: about a network's, a teaching grid's and a paper grid's. */
    @Param({"100000", "800000", "40000000"})
    public long numbers;

    private Engine engine;
    private Tape tape;
    private Parameter parameter;
    private Adam adam;

    @Setup
    public void allocate() {
        engine = Engine.preferred();
        parameter = new Parameter(Arrays.random(numbers));
        adam = new Adam(Map.of("numbers", parameter), AdamOptions.of(1e-3));
        // A gradient is valid until its tape closes.
        tape = engine.record();
        tape.backward(Arithmetic.mean(tape.parameter(parameter)));
    }

    @TearDown
    public void free() {
        tape.close();
        engine.close();
    }

    @Benchmark
    public INDArray step() {
        adam.step();
        return parameter.value();
    }
}
