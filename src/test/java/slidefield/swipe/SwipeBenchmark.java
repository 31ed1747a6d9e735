package slidefield.swipe;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import slidefield.fit.Seeds;
import slidefield.nn.Adam;
import slidefield.nn.AdamOptions;
import slidefield.nn.Arithmetic;
import slidefield.nn.CrossEntropyDice;
import slidefield.nn.Engine;
import slidefield.nn.Init;
import slidefield.nn.SafeTensors;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;

/**
 * Training steps of {@link Swipe} (forward, loss, backward, Adam), as {@code environment/peer/swipe.py} does them in
 * PyTorch. Arguments: {@code --preset released --size 128 --batch 2 --points 1000 --steps 15}; prints a JSON line with the
 * median step, the mean processor time of a step and the time to answer every pixel of an image. {@code --check FILE}
 * instead writes weights, images, points, answers and a loss with its gradients, for the peer to compute again; with {@code
 * --precise true} those of the reference kernels in double precision, in which no rounding turns a ReLU.
 */
public final class SwipeBenchmark {
    private static final int WARM_UP = 5;
    private static final long SEED = 11;

    private final SwipeOptions options;
    private final INDArray images;
    private final PointBatch points;
    private final INDArray target;
    private final INDArray repeated;

    private SwipeBenchmark(SwipeOptions options, int size, int batch, int perImage) {
        this.options = options;
        Init init = new Init(DataType.FLOAT, 2);
        images = init.uniform(1, batch, size, size, 3);
        points = TinySwipe.points(3, batch, perImage, size, size);
        target = init.uniform(1, (long) batch * perImage, 1).gt(0).castTo(DataType.FLOAT);
        float[] truth = target.reshape(target.length()).toFloatVector();
        float[] again = new float[truth.length * options.occurrences()];
        for (int i = 0; i < again.length; i++) {
            again[i] = truth[i / options.occurrences()];
        }
        repeated = Nd4j.createFromArray(again).reshape(again.length, 1);
    }

    /**
     * @param arguments see above
     */
    public static void main(String[] arguments) {
        Map<String, String> given = new LinkedHashMap<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            given.put(arguments[i], arguments[i + 1]);
        }
        String preset = given.getOrDefault("--preset", "released");
        SwipeOptions options = preset.equals("small") ? SwipeOptions.small() : SwipeOptions.released();
        int size = Integer.parseInt(given.getOrDefault("--size", "128"));
        int batch = Integer.parseInt(given.getOrDefault("--batch", "2"));
        int perImage = Integer.parseInt(given.getOrDefault("--points", "1000"));
        int steps = Integer.parseInt(given.getOrDefault("--steps", "15"));
        if (given.containsKey("--check")) {
            DecoderOptions d = options.decoder();
            DecoderOptions undropped = new DecoderOptions(
                    d.patchLayers(), d.imageLayers(), 0, d.fourier(), d.image(), d.global(), d.source());
            new SwipeBenchmark(options.withDecoder(undropped), size, batch, perImage)
                    .check(Path.of(given.get("--check")), Boolean.parseBoolean(given.get("--precise")));
        } else {
            new SwipeBenchmark(options, size, batch, perImage).time(preset, steps);
        }
    }

    private Tensor loss(SwipeOutput output) {
        Tensor decoders =
                Arithmetic.add(occupancy(output.patchLogits(), target), occupancy(output.imageLogits(), target));
        Tensor beyond = Arithmetic.scale(occupancy(output.overreachLogits(), repeated), 0.1);
        Tensor squares = Arithmetic.add(meanSquare(output.patchEmbeddings()), meanSquare(output.imageEmbeddings()));
        return Arithmetic.add(Arithmetic.add(Arithmetic.scale(decoders, 0.5), beyond), Arithmetic.scale(squares, 1e-4));
    }

    private static Tensor occupancy(Tensor logits, INDArray truth) {
        return CrossEntropyDice.binary(logits, truth.castTo(logits.type()));
    }

    private static Tensor meanSquare(Tensor z) {
        return Arithmetic.mean(Arithmetic.multiply(z, z));
    }

    private void time(String preset, int steps) {
        Swipe network = new Swipe(options, DataType.FLOAT, 1);
        double[] whole = new double[steps];
        double loss = 0;
        long cpu = 0;
        String kernels;
        double prediction;
        try (Engine engine = Engine.preferred();
                Adam adam = new Adam(network.parameters(), AdamOptions.of(5e-4))) {
            kernels = engine.kernels().name();
            for (int step = -WARM_UP; step < steps; step++) {
                if (step == 0) {
                    cpu = processTime();
                }
                long start = System.nanoTime();
                try (Tape tape = engine.record()) {
                    Tensor error = loss(network.forward(tape.constant(images), points, null, step));
                    tape.backward(error);
                    adam.step();
                    loss = error.scalar();
                }
                if (step >= 0) {
                    whole[step] = (System.nanoTime() - start) / 1e6;
                }
            }
            cpu = processTime() - cpu;
            network.training(false);
            prediction = predict(engine, network);
        }
        System.out.printf(
                Locale.ROOT,
                "{\"network\": \"swipe-%s\", \"kernels\": \"%s\", \"size\": %d, \"batch\": %d, \"points\": %d, "
                        + "\"parameters\": %d, \"ms\": %.2f, \"cpu_ms\": %.2f, \"prediction_ms\": %.2f, \"loss\": %.6f}%n",
                preset,
                kernels,
                images.size(1),
                images.size(0),
                points.perImage(),
                network.parameterCount(),
                median(whole),
                cpu / 1e6 / steps,
                prediction,
                loss);
    }

    /** Milliseconds to encode one image and answer all its pixels, the median of five. */
    private double predict(Engine engine, Swipe network) {
        int size = (int) images.size(1);
        INDArray image = images.get(NDArrayIndex.interval(0, 1)).dup('c');
        double[] times = new double[5];
        for (int k = -2; k < times.length; k++) {
            long start = System.nanoTime();
            try (EncodedImage field = network.encode(engine, image, null)) {
                field.logits(Lattice.pixels(size, size));
            }
            if (k >= 0) {
                times[k] = (System.nanoTime() - start) / 1e6;
            }
        }
        return median(times);
    }

    /** Nanoseconds on all cores: what a step costs where other programs run too. */
    private static long processTime() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static double median(double[] times) {
        double[] sorted = times.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private void check(Path file, boolean precise) {
        DataType type = precise ? DataType.DOUBLE : DataType.FLOAT;
        Swipe network = new Swipe(options, type, 1);
        Init init = new Init(type, 5);
        // not what they began as, so that a mistake in them shows
        network.parameters()
                .forEach((name, p) -> p.value().addi(init.normal(0.02, p.value().shape())));
        Map<String, INDArray> tensors = new LinkedHashMap<>();
        network.values().forEach((name, value) -> tensors.put("weight/" + name, value.dup()));
        tensors.put("images", images);
        tensors.put("target", target);
        tensors.put("points", places());
        tensors.put("neighbours", neighbours());
        try (Engine engine = precise ? Engine.reference(type) : Engine.preferred();
                Tape tape = engine.record()) {
            SwipeOutput output = network.forward(tape.constant(images.castTo(type)), points, null, SEED);
            Tensor loss = loss(output);
            List<Tensor> answers = List.of(
                    output.patchLogits(),
                    output.imageLogits(),
                    output.overreachLogits(),
                    output.patchEmbeddings(),
                    output.imageEmbeddings());
            List<String> names = List.of("patch_logits", "image_logits", "overreach_logits", "z_patch", "z_image");
            for (int k = 0; k < names.size(); k++) {
                tensors.put(names.get(k), answers.get(k).value().dup());
            }
            tensors.put("loss", loss.value().dup());
            tape.backward(loss);
            network.parameters()
                    .forEach((name, p) ->
                            tensors.put("gradient/" + name, p.gradient().dup()));
        }
        SafeTensors.write(file, tensors, Map.of());
        System.out.println("wrote " + file);
    }

    private INDArray places() {
        float[] places = new float[2 * points.count()];
        for (int i = 0; i < points.count(); i++) {
            places[2 * i] = points.x()[i];
            places[2 * i + 1] = points.y()[i];
        }
        return Nd4j.createFromArray(places).reshape(points.images(), points.perImage(), 2);
    }

    /** The rows of patches that the network draws with {@link #SEED}. */
    private INDArray neighbours() {
        int size = (int) images.size(1);
        PatchGrid grid = new PatchGrid(size, size, options.patch());
        int[] own = new int[points.count()];
        Arrays.setAll(own, i -> grid.of(points.x()[i], points.y()[i]));
        int[] rows = PatchOverreach.neighbours(
                grid, own, options.connectivity(), options.occurrences(), Seeds.random(SEED, "patch overreach"));
        float[] values = new float[rows.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = rows[i] + i / options.occurrences() / points.perImage() * grid.count();
        }
        return Nd4j.createFromArray(values);
    }
}
