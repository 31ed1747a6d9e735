package slidefield.patch;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.CrossEntropyDice;
import slidefield.nn.Engine;
import slidefield.nn.Init;
import slidefield.nn.SafeTensors;
import slidefield.nn.Sgd;
import slidefield.nn.SgdOptions;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;

/**
 * Training steps of {@link TransUNet} (forward, loss, backward, SGD), as {@code environment/peer/transunet.py} does them
 * in PyTorch. Arguments: {@code --size 128 --batch 4 --steps 15}; prints a JSON line with the median step. {@code --check
 * FILE} instead writes weights, patches, logits and a loss with its gradients, for the peer to compute again.
 */
public final class TransUNetBenchmark {
    private TransUNetBenchmark() {}

    /**
     * @param arguments see above
     */
    public static void main(String[] arguments) {
        Map<String, String> given = new LinkedHashMap<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            given.put(arguments[i], arguments[i + 1]);
        }
        int size = Integer.parseInt(given.getOrDefault("--size", "128"));
        int batch = Integer.parseInt(given.getOrDefault("--batch", "4"));
        int steps = Integer.parseInt(given.getOrDefault("--steps", "15"));
        if (given.containsKey("--check")) {
            check(Path.of(given.get("--check")), size, batch);
        } else {
            time(size, batch, steps);
        }
    }

    private static INDArray patches(Init init, int size, int batch) {
        return init.uniform(0.5, batch, size, size, 3).addi(0.5);
    }

    private static INDArray target(Init init, int size, int batch) {
        return init.uniform(1, batch, size, size, 1).gt(0).castTo(DataType.FLOAT);
    }

    private static void time(int size, int batch, int steps) {
        TransUNet network = new TransUNet(TransUNetOptions.small(size), DataType.FLOAT, 1);
        Init init = new Init(DataType.FLOAT, 2);
        INDArray patches = patches(init, size, batch);
        INDArray target = target(init, size, batch);
        double[] forward = new double[steps];
        double[] backward = new double[steps];
        double[] whole = new double[steps];
        double loss = 0;
        String kernels;
        try (Engine engine = Engine.preferred();
                Sgd sgd = new Sgd(network.parameters(), new SgdOptions(0.01, 0.9, 1e-4))) {
            kernels = engine.kernels().name();
            for (int step = -5; step < steps; step++) {
                long start = System.nanoTime();
                try (Tape tape = engine.record()) {
                    Tensor error = CrossEntropyDice.binary(network.forward(tape.constant(patches)), target);
                    long middle = System.nanoTime();
                    tape.backward(error);
                    long end = System.nanoTime();
                    sgd.step();
                    loss = error.scalar();
                    if (step >= 0) {
                        forward[step] = (middle - start) / 1e6;
                        backward[step] = (end - middle) / 1e6;
                        whole[step] = (System.nanoTime() - start) / 1e6;
                    }
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "{\"network\": \"transunet-small\", \"kernels\": \"%s\", \"size\": %d, \"batch\": %d, \"parameters\": %d, "
                        + "\"forward_ms\": %.2f, \"backward_ms\": %.2f, \"ms\": %.2f, \"loss\": %.6f}%n",
                kernels,
                size,
                batch,
                network.parameterCount(),
                median(forward),
                median(backward),
                median(whole),
                loss);
    }

    private static double median(double[] times) {
        double[] sorted = times.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static void check(Path file, int size, int batch) {
        TransUNet network = new TransUNet(TransUNetOptions.small(size), DataType.FLOAT, 1);
        Init init = new Init(DataType.FLOAT, 2);
        // not what they began as, so that a mistake in them shows
        network.parameters()
                .forEach((name, p) -> p.value().addi(init.normal(0.02, p.value().shape())));
        Map<String, INDArray> tensors = new LinkedHashMap<>();
        INDArray patches = patches(init, size, batch);
        INDArray target = target(init, size, batch);
        try (Engine engine = Engine.preferred()) {
            // a training pass moves the running statistics; dropout would be the peer's own, so the check is without it
            try (Tape tape = engine.inference()) {
                network.forward(tape.constant(patches));
            }
            network.training(false);
            network.values().forEach((name, value) -> tensors.put("weight/" + name, value));
            tensors.put("patches", patches);
            tensors.put("target", target);
            try (Tape tape = engine.record()) {
                Tensor logits = network.forward(tape.constant(patches));
                tensors.put("logits", logits.value().dup());
                Tensor loss = CrossEntropyDice.binary(logits, target);
                tensors.put("loss", loss.value().dup());
                tape.backward(loss);
                network.parameters()
                        .forEach((name, p) ->
                                tensors.put("gradient/" + name, p.gradient().dup()));
            }
        }
        SafeTensors.write(file, tensors, Map.of());
        System.out.println("wrote " + file);
    }
}
