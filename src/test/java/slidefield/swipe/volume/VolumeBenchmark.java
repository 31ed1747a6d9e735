package slidefield.swipe.volume;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import slidefield.fit.Seeds;
import slidefield.nn.Adam;
import slidefield.nn.AdamOptions;
import slidefield.nn.Engine;
import slidefield.nn.Init;
import slidefield.nn.SafeTensors;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;
import slidefield.swipe.DecoderOptions;
import slidefield.swipe.SwipeLoss;
import slidefield.swipe.SwipeLossOptions;
import slidefield.swipe.SwipeOutput;

/**
 * Training steps of networks of volumes (forward, loss, backward, Adam), as {@code environment/peer/swipe3d.py} does them in
 * PyTorch. Arguments: {@code --network swipe --preset paper --size 64 --batch 1 --points 1000 --steps 7}; prints a JSON line
 * with the median step and the mean processor time of a step. {@code --check FILE} instead writes weights, crops, points,
 * answers and a loss with its gradients in double precision, for the peer to compute again.
 */
public final class VolumeBenchmark {
    private static final int WARM_UP = 3;
    private static final long SEED = 11;

    private final VolumeNetworkOptions options;
    private final VolumeBatch batch;

    private VolumeBenchmark(VolumeNetworkOptions options, int size, int crops, int points) {
        this.options = options;
        Random random = Seeds.random(SEED, "benchmark");
        List<VolumeCrop> made = new ArrayList<>();
        for (int n = 0; n < crops; n++) {
            float[] values = new float[size * size * size];
            byte[] classes = new byte[values.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextFloat();
                classes[i] = (byte) random.nextInt(options.classes());
            }
            int step = n % 2 == 0 ? 1 : -1;
            int[] start = {7 * n + (step < 0 ? size - 1 : 0), 5, 3};
            VolumeFrame frame =
                    new VolumeFrame(start, new int[] {step, 1, 1}, new int[] {3 * size, 2 * size, size + 9});
            made.add(new VolumeCrop(frame, new int[] {size, size, size}, values, classes));
        }
        int[] classes = new int[crops * points];
        Arrays.setAll(classes, i -> random.nextInt(options.classes()));
        batch = new VolumeBatch(made, TinyVolumes.points(3, crops, points, size, size, size), classes);
    }

    /**
     * @param arguments see above
     */
    public static void main(String[] arguments) {
        Map<String, String> given = new LinkedHashMap<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            given.put(arguments[i], arguments[i + 1]);
        }
        String network = given.getOrDefault("--network", "swipe");
        String preset = given.getOrDefault("--preset", "paper");
        VolumeNetworkOptions options = options(network, preset.equals("small"));
        int size = Integer.parseInt(given.getOrDefault("--size", "64"));
        int crops = Integer.parseInt(given.getOrDefault("--batch", "1"));
        int points = Integer.parseInt(given.getOrDefault("--points", "1000"));
        int steps = Integer.parseInt(given.getOrDefault("--steps", "7"));
        if (given.containsKey("--check")) {
            new VolumeBenchmark(undropped(options), size, crops, points).check(Path.of(given.get("--check")));
        } else {
            new VolumeBenchmark(options, size, crops, points).time(network + "-" + preset, steps);
        }
    }

    private static VolumeNetworkOptions options(String network, boolean small) {
        if (network.equals("unet")) {
            return small ? new VolumeUNetOptions(8, 4, 3) : VolumeUNetOptions.paper();
        }
        return small ? VolumeSwipeOptions.small(3) : VolumeSwipeOptions.paper();
    }

    private static VolumeNetworkOptions undropped(VolumeNetworkOptions options) {
        if (!(options instanceof VolumeSwipeOptions o)) {
            return options;
        }
        DecoderOptions d = o.decoder();
        return new VolumeSwipeOptions(
                o.stem(),
                o.blocks(),
                o.planes(),
                o.width(),
                o.embedding(),
                o.squeeze(),
                o.outputLayer(),
                o.volumeEmbedding(),
                o.step(),
                new DecoderOptions(d.patchLayers(), d.imageLayers(), 0, d.fourier(), d.image(), d.global(), d.source()),
                o.patch(),
                o.classes(),
                o.occurrences());
    }

    private void time(String name, int steps) {
        VolumeNetwork network = options.build(DataType.FLOAT, 1);
        double[] whole = new double[steps];
        double loss = 0;
        long cpu = 0;
        String kernels;
        try (Engine engine = Engine.preferred();
                Adam adam = new Adam(network.parameters(), AdamOptions.of(7.5e-4))) {
            kernels = engine.kernels().name();
            for (int step = -WARM_UP; step < steps; step++) {
                if (step == 0) {
                    cpu = processTime();
                }
                long start = System.nanoTime();
                try (Tape tape = engine.record()) {
                    Tensor error = network.loss(tape, batch, SwipeLossOptions.paper(), step);
                    tape.backward(error);
                    adam.step();
                    loss = error.scalar();
                }
                if (step >= 0) {
                    whole[step] = (System.nanoTime() - start) / 1e6;
                }
            }
            cpu = processTime() - cpu;
        }
        Arrays.sort(whole);
        System.out.printf(
                Locale.ROOT,
                "{\"network\": \"%s\", \"kernels\": \"%s\", \"size\": %d, \"batch\": %d, \"points\": %d, "
                        + "\"parameters\": %d, \"ms\": %.2f, \"cpu_ms\": %.2f, \"loss\": %.6f}%n",
                name,
                kernels,
                batch.crops().get(0).sizes()[0],
                batch.crops().size(),
                batch.points().perCrop(),
                network.parameterCount(),
                whole[steps / 2],
                cpu / 1e6 / steps,
                loss);
    }

    /** Nanoseconds on all cores: what a step costs where other programs run too. */
    private static long processTime() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private void check(Path file) {
        VolumeNetwork network = options.build(DataType.DOUBLE, 1);
        Init init = new Init(DataType.DOUBLE, 5);
        // not what they began as, so that a mistake in them shows
        network.parameters()
                .forEach((name, p) -> p.value().addi(init.normal(0.02, p.value().shape())));
        Map<String, INDArray> tensors = new LinkedHashMap<>();
        network.values().forEach((name, value) -> tensors.put("weight/" + name, value.dup()));
        try (Engine engine = Engine.reference(DataType.DOUBLE);
                Tape tape = engine.record()) {
            Tensor crops = tape.constant(batch.values(tape));
            tensors.put("crops", crops.value().dup());
            Tensor loss = network instanceof VolumeSwipe swipe
                    ? answers(tensors, swipe, crops)
                    : answers(tensors, network, tape, crops);
            tensors.put("loss", loss.value().dup());
            tape.backward(loss);
            network.parameters()
                    .forEach((name, p) ->
                            tensors.put("gradient/" + name, p.gradient().dup()));
        }
        SafeTensors.write(file, tensors, Map.of());
        System.out.println("wrote " + file);
    }

    private Tensor answers(Map<String, INDArray> tensors, VolumeSwipe network, Tensor crops) {
        SwipeOutput output = network.forward(crops, batch.points(), batch.frames(), SEED);
        tensors.put("patch_logits", output.patchLogits().value().dup());
        tensors.put("image_logits", output.imageLogits().value().dup());
        tensors.put("overreach_logits", output.overreachLogits().value().dup());
        tensors.put("z_patch", output.patchEmbeddings().value().dup());
        tensors.put("z_image", output.imageEmbeddings().value().dup());
        tensors.put("points", places(false));
        tensors.put("source", places(true));
        tensors.put("neighbours", neighbours(network.options()));
        tensors.put("target", numbers(batch.pointClasses()));
        return new SwipeLoss(SwipeLossOptions.paper()).of(output, batch.pointClasses());
    }

    private Tensor answers(Map<String, INDArray> tensors, VolumeNetwork network, Tape tape, Tensor crops) {
        Tensor logits = network.forward(crops);
        int outputs = options.classes();
        tensors.put("logits", logits.value().dup().reshape('c', logits.value().length() / outputs, outputs));
        byte[] classes = batch.voxelClasses();
        int[] target = new int[classes.length];
        Arrays.setAll(target, i -> classes[i]);
        tensors.put("target", numbers(target));
        return network.loss(tape, batch, SwipeLossOptions.paper(), SEED);
    }

    private static INDArray numbers(int[] values) {
        float[] numbers = new float[values.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = values[i];
        }
        return Nd4j.createFromArray(numbers);
    }

    /** The points' voxels, or their p^S: crops x points x 3. */
    private INDArray places(boolean inSource) {
        VolumePoints points = batch.points();
        float[] places = new float[3 * points.count()];
        for (int i = 0; i < points.count(); i++) {
            VolumeFrame frame = batch.frames().get(i / points.perCrop());
            for (int axis = 0; axis < 3; axis++) {
                float place = points.places()[axis][i];
                places[3 * i + axis] = inSource ? frame.at(axis, place) : place;
            }
        }
        return Nd4j.createFromArray(places).reshape(points.crops(), points.perCrop(), 3);
    }

    /** The rows of patches that the network draws with {@link #SEED}. */
    private INDArray neighbours(VolumeSwipeOptions swipe) {
        VolumePoints points = batch.points();
        PatchCubes cubes = new PatchCubes(batch.crops().get(0).sizes(), swipe.patch());
        Random random = Seeds.random(SEED, "patch overreach");
        int[] rows = new int[points.count() * swipe.occurrences()];
        for (int i = 0; i < rows.length; i++) {
            int point = i / swipe.occurrences();
            rows[i] = cubes.neighbour(cubes.of(points.places(), point), random)
                    + point / points.perCrop() * cubes.count();
        }
        return numbers(rows);
    }
}
