package slidefield.swipe;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import slidefield.fit.NetworkBenchmark;
import slidefield.fit.Seeds;
import slidefield.nn.Adam;
import slidefield.nn.Engine;
import slidefield.nn.Tape;

/**
 * Times SwIPE or one of its rivals on random images and points, in the settings' batch, points and size: the step that {@link
 * ImageTrainer} does with a batch that is there already, and the answer to every pixel of one image of the training's size. The
 * variation of images and the drawing of points are not in it; overreach draws its neighbours.
 *
 * <p>Not thread-safe.
 */
public final class ImageBenchmark extends NetworkBenchmark {
    private final Engine engine;
    private final ImageLearner<?> learner;
    private final SwipeBatch batch;
    private final ImageSegmenter segmenter;
    private final Adam adam;
    private long steps;

    /**
     * @param engine arithmetic
     * @param settings of SwIPE or a rival; their seed is that of the images, too
     */
    public ImageBenchmark(Engine engine, ImageSettings settings) {
        this(
                engine,
                settings,
                settings instanceof SwipeSettings swipe
                        ? SwipeTraining.learner(engine, swipe)
                        : RivalTraining.learner(engine, (RivalSettings) settings));
    }

    private ImageBenchmark(Engine engine, ImageSettings settings, ImageLearner<?> learner) {
        super(learner.network());
        this.engine = engine;
        this.learner = learner;
        batch = batch(settings);
        segmenter = learner.segmenter().get();
        adam = new Adam(learner.network().parameters(), settings.optimisation().adamW());
    }

    private static SwipeBatch batch(ImageSettings settings) {
        Random random = Seeds.random(settings.seed(), "benchmark");
        SwipeTrainingOptions training = settings.training();
        int size = training.size();
        int classes = Math.max(2, settings.outputs());
        List<LabelledImage> images = new ArrayList<>();
        for (int n = 0; n < training.batch(); n++) {
            int[] rgb = new int[Math.multiplyExact(size, size)];
            byte[] pixels = new byte[rgb.length];
            for (int i = 0; i < rgb.length; i++) {
                rgb[i] = random.nextInt(1 << 24);
                pixels[i] = (byte) random.nextInt(classes);
            }
            images.add(new LabelledImage("noise" + n, size, size, rgb, pixels));
        }
        int count = Math.multiplyExact(training.batch(), training.points());
        float[] x = new float[count];
        float[] y = new float[count];
        int[] of = new int[count];
        for (int i = 0; i < count; i++) {
            x[i] = random.nextFloat() * (size - 1);
            y[i] = random.nextFloat() * (size - 1);
            of[i] = random.nextInt(classes);
        }
        PointBatch points = new PointBatch(training.batch(), training.points(), x, y);
        return new SwipeBatch(images, new LabelledPoints(points, of));
    }

    @Override
    protected void step() {
        try (Tape tape = engine.record()) {
            tape.backward(learner.loss().of(tape, batch, steps++));
            adam.step();
        }
    }

    @Override
    protected void prediction() {
        LabelledImage image = batch.images().get(0);
        segmenter.predict(image, image.width(), image.height());
    }

    /** Frees the optimiser's moments. */
    @Override
    public void close() {
        adam.close();
    }
}
