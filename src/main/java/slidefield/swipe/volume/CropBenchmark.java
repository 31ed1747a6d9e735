package slidefield.swipe.volume;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import slidefield.fit.NetworkBenchmark;
import slidefield.fit.Seeds;
import slidefield.nn.Adam;
import slidefield.nn.Engine;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;

/**
 * Times a network of volumes on random crops and points, in the settings' batch, points and sizes: the step of {@link
 * VolumeTraining} with a batch that is there already, and the answer to every voxel of one crop. The cutting and variation of
 * crops and the drawing of points are not in it; overreach draws its neighbours.
 *
 * <p>Not thread-safe.
 */
public final class CropBenchmark extends NetworkBenchmark {
    private final Engine engine;
    private final VolumeSettings settings;
    private final VolumeNetwork network;
    private final VolumeBatch batch;
    private final Adam adam;
    private long steps;

    /**
     * @param engine arithmetic
     * @param settings all options; their seed is that of the crops, too
     */
    public CropBenchmark(Engine engine, VolumeSettings settings) {
        this(engine, settings, TrainedVolumeNetwork.network(engine, settings));
    }

    private CropBenchmark(Engine engine, VolumeSettings settings, VolumeNetwork network) {
        super(network);
        this.engine = engine;
        this.settings = settings;
        this.network = network;
        batch = noise(settings.training(), settings.volume().classes(), settings.seed());
        adam = new Adam(network.parameters(), settings.optimisation().adamW());
    }

    /**
     * Random values and classes, points anywhere, every second crop mirrored.
     *
     * @param training how many and how large
     * @param outputs logits of a point
     * @param seed of all
     */
    static VolumeBatch noise(VolumeTrainingOptions training, int outputs, long seed) {
        Random random = Seeds.random(seed, "benchmark");
        int[] sizes = training.sizes();
        int classes = Math.max(2, outputs);
        List<VolumeCrop> crops = new ArrayList<>();
        for (int n = 0; n < training.batch(); n++) {
            float[] values = new float[Math.multiplyExact(Math.multiplyExact(sizes[0], sizes[1]), sizes[2])];
            byte[] of = new byte[values.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextFloat();
                of[i] = (byte) random.nextInt(classes);
            }
            int step = n % 2 == 0 ? 1 : -1;
            int[] start = {7 * n + (step < 0 ? sizes[0] - 1 : 0), 5, 3};
            int[] whole = {7 * n + 2 * sizes[0], 2 * sizes[1], sizes[2] + 9};
            crops.add(new VolumeCrop(new VolumeFrame(start, new int[] {step, 1, 1}, whole), sizes, values, of));
        }
        int count = Math.multiplyExact(training.batch(), training.points());
        float[][] places = new float[Axes.COUNT][count];
        for (int axis = 0; axis < places.length; axis++) {
            for (int i = 0; i < count; i++) {
                places[axis][i] = random.nextFloat() * (sizes[axis] - 1);
            }
        }
        int[] pointClasses = new int[count];
        Arrays.setAll(pointClasses, i -> random.nextInt(classes));
        return new VolumeBatch(crops, new VolumePoints(training.batch(), training.points(), places), pointClasses);
    }

    @Override
    protected void step() {
        try (Tape tape = engine.record()) {
            Tensor loss = network.loss(tape, batch, settings.loss(), steps++);
            tape.backward(loss);
            adam.step();
        }
    }

    @Override
    protected void prediction() {
        VolumeCrop crop = batch.crops().get(0);
        try (Tape tape = engine.inference()) {
            network.logits(
                    engine, VolumeBatch.values(tape, List.of(crop)), crop.frame(), VolumeLattice.voxels(crop.sizes()));
        }
    }

    /** Frees the optimiser's moments. */
    @Override
    public void close() {
        adam.close();
    }
}
