package slidefield.nn;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.kernels.Activation;

/**
 * One reconstruction step of the {@code teaching} preset without its hash grid: two branches 32 wide on a window of
 * 128 x 128 with 24 input channels, a head with dilations 1, 2, 4, MSE, backward, Adam. Arguments: steps (default
 * 30), "reference" for the reference kernels. Prints milliseconds.
 */
public final class DecoderBenchmark {
    private DecoderBenchmark() {}

    private static final class Decoder extends Module {
        private final Module local;
        private final Module global;
        private final Module head;

        Decoder(Init init) {
            Activation relu = Activation.RELU;
            local = child(
                    "cnn",
                    new Sequential(new Conv2d(init, 24, 32, 3, true, relu), new Conv2d(init, 32, 32, 3, true, relu)));
            global = child(
                    "mlp",
                    new Sequential(
                            new PointwiseLinear(init, 24, 32, true, relu),
                            new PointwiseLinear(init, 32, 32, true, relu),
                            new PointwiseLinear(init, 32, 32, true, Activation.NONE)));
            head = child(
                    "head",
                    new Sequential(
                            new Conv2d(init, 64, 32, 3, true, relu),
                            new Residual(init, 32, 3, 1, true),
                            new Residual(init, 32, 3, 2, true),
                            new Residual(init, 32, 3, 4, true),
                            new PointwiseLinear(init, 32, 3, true, Activation.SIGMOID)));
        }

        @Override
        public Tensor forward(Tensor x) {
            return head.forward(Shapes.concat(List.of(local.forward(x), global.forward(x))));
        }
    }

    /**
     * @param arguments steps, kernels
     */
    public static void main(String[] arguments) {
        int steps = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 30;
        boolean reference = arguments.length > 1 && arguments[1].equals("reference");
        try (Engine engine = reference ? Engine.reference(DataType.FLOAT) : Engine.preferred()) {
            Init init = new Init(DataType.FLOAT, 1);
            Decoder decoder = new Decoder(init);
            INDArray x = init.normal(1, 1, 128, 128, 24);
            INDArray target = init.uniform(0.5, 1, 128, 128, 3).addi(0.5);
            Adam adam = new Adam(decoder.parameters(), AdamOptions.of(1e-3));
            double[] forward = new double[steps];
            double[] backward = new double[steps];
            double[] step = new double[steps];
            double[] whole = new double[steps];
            double loss = 0;
            for (int k = -10; k < steps; k++) {
                long start = System.nanoTime();
                try (Tape tape = engine.record()) {
                    // the encoding below wants a gradient
                    Tensor error = Losses.mse(decoder.forward(tape.variable(x)), target);
                    long afterForward = System.nanoTime();
                    tape.backward(error);
                    long afterBackward = System.nanoTime();
                    adam.step();
                    loss = error.scalar();
                    if (k >= 0) {
                        forward[k] = (afterForward - start) / 1e6;
                        backward[k] = (afterBackward - afterForward) / 1e6;
                        step[k] = (System.nanoTime() - afterBackward) / 1e6;
                        whole[k] = (System.nanoTime() - start) / 1e6;
                    }
                }
            }
            System.out.printf(
                    "%s: median (best) ms: forward %s, backward %s, adam %s, step %s; loss %.6f; arena %d MiB%n",
                    engine.kernels().name(),
                    text(forward),
                    text(backward),
                    text(step),
                    text(whole),
                    loss,
                    engine.arenaBytes() >> 20);
        }
    }

    private static String text(double[] times) {
        double[] sorted = times.clone();
        Arrays.sort(sorted);
        return String.format("%.1f (%.1f)", sorted[sorted.length / 2], sorted[0]);
    }
}
