package slidefield.swipe;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.fit.RunFolder;
import slidefield.fit.RunKind;
import slidefield.fit.RunWeights;
import slidefield.fit.Seeds;
import slidefield.fit.Targets;
import slidefield.nn.Engine;
import slidefield.nn.Resampling;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;

/** One of SwIPE's rivals whose weights are trained, ready for images that it has not seen. Not thread-safe. */
public final class TrainedRival implements ImageSegmenter {
    private final Engine engine;
    private final RivalSettings settings;
    private final RivalNetwork network;

    /** @param network not in training while it is asked */
    TrainedRival(Engine engine, RivalSettings settings, RivalNetwork network) {
        this.engine = engine;
        this.settings = settings;
        this.network = network;
    }

    /** A network of the settings that has learnt nothing. */
    static RivalNetwork network(Engine engine, RivalSettings settings) {
        return settings.rival().build(engine.type(), Seeds.derive(settings.seed(), "network"));
    }

    /** What it was trained with. */
    public RivalSettings settings() {
        return settings;
    }

    /** The network. */
    public RivalNetwork network() {
        return network;
    }

    /**
     * Answers an image in another number of pixels over the same area. The image is scaled and seen through windows as
     * {@link TrainedSwipe#predict} does it. A network that answers points is asked where the answer's pixels are; of one that
     * answers pixels, the logits of the scaled image are resized bilinearly.
     *
     * @param image any size; its classes are not read
     * @param columns of the answer
     * @param rows of the answer
     */
    @Override
    public SegmentedImage predict(LabelledImage image, int columns, int rows) {
        SwipePredictionOptions options = settings.prediction();
        int window = settings.training().size();
        LabelledImage scaled = options.scaled(image, window);
        boolean points = network instanceof PointNetwork;
        SegmentedImage found = new SlidingWindows(
                        window, options.overlap(), network.outputs(), points ? this::points : this::pixels)
                .predict(scaled, points ? columns : scaled.width(), points ? rows : scaled.height());
        return resized(found, columns, rows);
    }

    private SegmentedImage resized(SegmentedImage found, int columns, int rows) {
        if (found.width() == columns && found.height() == rows) {
            return found;
        }
        int outputs = found.outputs();
        try (Tape tape = engine.inference()) {
            INDArray logits = Targets.array(tape, found.logits(), 1, found.height(), found.width(), outputs);
            Tensor wanted = Resampling.bilinear(tape.constant(logits), rows, columns, false);
            return new SegmentedImage(columns, rows, outputs, EncodedImage.floats(wanted.value()), found.variance());
        }
    }

    /** Asked for all pixels of a window. */
    private NeighbourLogits pixels(LabelledImage window, SourceFrame source, Lattice points) {
        try (Tape tape = engine.inference()) {
            Tensor logits = network.forward(tape.constant(SwipeBatch.colours(tape, List.of(window))));
            return new NeighbourLogits(EncodedImage.floats(logits.value()), new float[0]);
        }
    }

    private NeighbourLogits points(LabelledImage window, SourceFrame source, Lattice points) {
        PointNetwork implicit = (PointNetwork) network;
        List<INDArray> encoded = new ArrayList<>();
        try {
            try (Tape tape = engine.inference()) {
                for (Tensor part : implicit.encode(tape.constant(SwipeBatch.colours(tape, List.of(window))))) {
                    encoded.add(EncodedImage.kept(part.value()));
                }
            }
            float[][] places = PointChunks.places(points);
            float[] logits = PointChunks.logits(
                    places[0], places[1], network.outputs(), (x, y) -> decode(implicit, encoded, x, y));
            return new NeighbourLogits(logits, new float[0]);
        } finally {
            encoded.forEach(INDArray::close);
        }
    }

    private float[] decode(PointNetwork implicit, List<INDArray> encoded, float[] x, float[] y) {
        try (Tape tape = engine.inference()) {
            List<Tensor> constants = encoded.stream().map(tape::constant).toList();
            return EncodedImage.floats(implicit.decode(constants, new PointBatch(1, x.length, x, y))
                    .value());
        }
    }

    /** Writes the settings and the weights to {@code config.yaml} and {@code rival.safetensors} in a folder. */
    public void save(Path folder) {
        RunWeights.save(folder, settings, RunKind.RIVAL, network);
    }

    /**
     * Reads what {@link #save} wrote, for the fastest kernels here.
     *
     * @throws slidefield.io.InputException if a file is missing, damaged or does not fit the other
     */
    public static TrainedRival load(Path folder) {
        RivalSettings settings = RivalSettings.read(folder.resolve(RunFolder.CONFIG));
        return load(folder, settings, Engine.preferred());
    }

    /**
     * Reads the weights that {@link #save} wrote.
     *
     * @throws slidefield.io.InputException if the file is missing, damaged or of another network
     */
    public static TrainedRival load(Path folder, RivalSettings settings, Engine engine) {
        RivalNetwork network = network(engine, settings);
        RunWeights.read(folder, RunKind.RIVAL, network);
        return new TrainedRival(engine, settings, network);
    }
}
