package slidefield.fit;

import java.util.Random;
import slidefield.field.Encoding;
import slidefield.field.Field;
import slidefield.nn.Activations;
import slidefield.nn.Adam;
import slidefield.nn.Arithmetic;
import slidefield.nn.Engine;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;

/**
 * Times one window of every kind of work on random pixels, so that machines, precisions and programs can be
 * compared on the same arithmetic.
 *
 * <p>Not thread-safe.
 */
public final class Benchmark {
    /** The kinds of work. */
    public enum Mode {
        /** A step of training step 1: everything but the lesion head is trained. */
        RECON,
        /** A step of inference-time optimisation: the hash grid alone is trained. */
        ITO,
        /** A step of training step 2: the lesion head alone is trained. */
        SEG,
        /** Dense prediction with both heads, no gradients. */
        INFER,
        /** The encoding alone, forward and backward. */
        ENCODE
    }

    /**
     * What was measured.
     *
     * @param mode the work
     * @param window side in pixels
     * @param milliseconds median of the timed steps
     * @param pixelsPerSecond points of a window over the median
     */
    public record Result(Mode mode, int window, double milliseconds, long pixelsPerSecond) {}

    private static final int WARM_UP = 10;
    private static final int PLANE = 1024;
    private static final int ROOM = 512;

    private final Engine engine;
    private final Settings settings;
    private final Field field;
    private final Subject subject;
    private final int window;
    private final int side;

    /**
     * @param engine arithmetic and precision
     * @param settings sizes and window; weights are drawn from the seed
     */
    public Benchmark(Engine engine, Settings settings) {
        this.engine = engine;
        this.settings = settings;
        window = settings.training().window();
        side = Math.max(PLANE, window + ROOM);
        field = new Field(settings.field(), engine.type(), settings.seed());
        Encoding encoding = field.newEncoding(settings.seed());
        Plane noise = new NoisePlane(side, window, settings.seed());
        TrainingOptions training = settings.training();
        subject = Subject.of(noise, encoding, 1e-3, training);
    }

    /** What a step has to do at least. */
    public Workload workload() {
        return new Workload(settings.field(), window, side);
    }

    /**
     * Runs one mode.
     *
     * @param mode the work
     * @param steps timed windows
     * @param warmUp seconds of untimed windows before them, at least ten windows: in a fresh process on a busy machine
     *     the Java compiler competes with the first ones
     */
    public Result run(Mode mode, int steps, double warmUp) {
        boolean recon = mode == Mode.RECON;
        field.trainable(recon, mode == Mode.SEG);
        boolean table = recon || mode == Mode.ITO || mode == Mode.ENCODE;
        subject.encoding().parameters().values().forEach(p -> p.trainable(table));
        Runnable update = update(mode);
        Steps work = new Steps(engine, field);
        double median = new Timing(steps, warmUp, WARM_UP).median(number -> milliseconds(mode, number, work, update));
        return new Result(mode, window, median, Math.round(1000.0 * window * window / median));
    }

    /** One step on the window of the given number. */
    private double milliseconds(Mode mode, int number, Steps work, Runnable update) {
        Part part = new Part(offset(number, 37), offset(number, 61), window, window);
        Visit visit = new Visit(subject, part);
        long start = System.nanoTime();
        switch (mode) {
            case RECON, ITO -> work.reconstruct(visit, update);
            case SEG -> work.lesion(visit, update);
            case INFER -> infer(part);
            case ENCODE -> encode(part);
        }
        return (System.nanoTime() - start) / 1e6;
    }

    private int offset(int step, int stride) {
        return (int) ((long) step * stride % (side - window));
    }

    private Runnable update(Mode mode) {
        Adam network = new Adam(field.parameters(), settings.training().networkAdam(1e-3));
        return switch (mode) {
            case RECON -> () -> {
                network.step();
                subject.optimiser().step();
            };
            case ITO -> subject.optimiser()::step;
            default -> network::step;
        };
    }

    private void infer(Part p) {
        try (Tape tape = engine.inference()) {
            Tensor latent = field.latent(encoded(tape, p));
            field.colours(latent);
            Activations.sigmoid(field.lesionLogits(latent));
        }
    }

    private void encode(Part p) {
        try (Tape tape = engine.record()) {
            tape.backward(Arithmetic.mean(encoded(tape, p)));
        }
    }

    private Tensor encoded(Tape tape, Part p) {
        return subject.encoding().encode(tape, subject.plane().window(p.x(), p.y(), p.width(), p.height()));
    }

    /** Random colours and lesions, the same in every window. */
    private record NoisePlane(int side, float[] colours, float[] labels) implements Plane {
        NoisePlane(int side, int window, long seed) {
            this(side, new float[window * window * 3], new float[window * window]);
            Random random = new Random(seed);
            for (int i = 0; i < colours.length; i++) {
                colours[i] = random.nextFloat();
            }
            for (int i = 0; i < labels.length; i++) {
                labels[i] = random.nextInt(2);
            }
        }

        @Override
        public String name() {
            return "noise";
        }

        @Override
        public int width() {
            return side;
        }

        @Override
        public int height() {
            return side;
        }

        @Override
        public double aspect() {
            return 1;
        }

        @Override
        public Plane coarser(int factor) {
            throw new IllegalStateException("noise has one resolution");
        }

        @Override
        public void rgb(int x, int y, int width, int height, float[] into) {
            System.arraycopy(colours, 0, into, 0, width * height * 3);
        }

        @Override
        public StainStatistics stain() {
            return StainStatistics.REFERENCE;
        }

        @Override
        public boolean annotated() {
            return true;
        }

        @Override
        public void lesion(int x, int y, int width, int height, float[] into) {
            System.arraycopy(labels, 0, into, 0, width * height);
        }

        @Override
        public double tissue(int x, int y, int width, int height) {
            return 1;
        }
    }
}
