package slidefield.jmh;

import org.nd4j.linalg.api.buffer.DataType;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import slidefield.field.FieldOptions;
import slidefield.field.HashGrid;
import slidefield.field.Window;
import slidefield.nn.Arithmetic;
import slidefield.nn.Engine;
import slidefield.nn.Tape;

/** The hash grid of a 1024 x 1024 slide on 128 x 128 windows, another one at every call. */
public class HashGridBenchmark extends KernelBenchmark {
    private static final int SIDE = 1024;
    private static final int WINDOW = 128;
    private static final int PLACES = 64;

    /** Whose grid. */
    @Param({"teaching", "paper"})
    public String preset;

    private Engine engine;
    private HashGrid grid;
    private int[] starts;
    private int next;

    @Setup
    public void allocate() {
        engine = Engine.preferred();
        FieldOptions options = preset.equals("paper") ? FieldOptions.paper() : FieldOptions.teaching();
        grid = HashGrid.create(options.hashGrid(), DataType.FLOAT, 1);
        starts = Arrays.starts(2 * PLACES, SIDE - WINDOW);
    }

    @TearDown
    public void free() {
        engine.close();
    }

    private Window window() {
        next = (next + 1) % PLACES;
        return Window.of(SIDE, SIDE, 1, starts[2 * next], starts[2 * next + 1], WINDOW, WINDOW);
    }

    @Benchmark
    public Object forward() {
        try (Tape tape = engine.inference()) {
            return grid.encode(tape, window());
        }
    }

    /** With the mean of all features as the loss, whose own cost is small beside the scatter. */
    @Benchmark
    public double forwardAndBackward() {
        try (Tape tape = engine.record()) {
            var loss = Arithmetic.mean(grid.encode(tape, window()));
            tape.backward(loss);
            return loss.scalar();
        }
    }
}
