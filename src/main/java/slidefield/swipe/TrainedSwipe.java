package slidefield.swipe;

import java.nio.file.Path;
import java.util.List;
import slidefield.fit.RunFolder;
import slidefield.fit.RunKind;
import slidefield.fit.RunWeights;
import slidefield.fit.Seeds;
import slidefield.io.InputException;
import slidefield.nn.Engine;
import slidefield.nn.Tape;

/** A SwIPE whose weights are trained, ready for images that it has not seen. Not thread-safe. */
public final class TrainedSwipe implements ImageSegmenter {
    private final Engine engine;
    private final SwipeSettings settings;
    private final Swipe network;

    /** @param network not in training while it is asked */
    TrainedSwipe(Engine engine, SwipeSettings settings, Swipe network) {
        this.engine = engine;
        this.settings = settings;
        this.network = network;
    }

    /** A network of the settings that has learnt nothing. */
    static Swipe network(Engine engine, SwipeSettings settings) {
        return new Swipe(settings.swipe(), engine.type(), Seeds.derive(settings.seed(), "network"));
    }

    /** What it was trained with. */
    public SwipeSettings settings() {
        return settings;
    }

    /** The network. */
    public Swipe network() {
        return network;
    }

    /**
     * Answers an image in another number of pixels over the same area. The image is scaled to {@link
     * SwipePredictionOptions#width()} x {@link SwipePredictionOptions#height()} and seen through windows of the training's
     * size; how many pixels the answer has is up to the points asked.
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
        return new SlidingWindows(window, options.overlap(), network.options().classes(), this::ask)
                .predict(scaled, columns, rows);
    }

    private NeighbourLogits ask(LabelledImage window, SourceFrame source, Lattice points) {
        try (EncodedImage encoded = encode(window, source)) {
            return settings.prediction().neighbours()
                    ? encoded.neighbourLogits(points)
                    : new NeighbourLogits(encoded.logits(points), new float[0]);
        }
    }

    private EncodedImage encode(LabelledImage scaled, SourceFrame source) {
        try (Tape tape = engine.inference()) {
            return network.encode(engine, SwipeBatch.colours(tape, List.of(scaled)), source);
        }
    }

    /**
     * Extracts an image's mask by asking only the points that {@link Mise} needs. The image is seen at once, scaled to the
     * training's size.
     *
     * @param image any size; its classes are not read
     * @param columns of the mask
     * @param rows of the mask
     * @throws slidefield.io.InputException if the settings want several windows, whose logits would have to be averaged, or
     *     neighbours
     */
    public Mise.Extracted extract(LabelledImage image, int columns, int rows) {
        SwipePredictionOptions options = settings.prediction();
        int window = settings.training().size();
        if (options.width(window) != window || options.height(window) != window || options.neighbours()) {
            throw new InputException(
                    "the mask's points are asked in one window without neighbours; set prediction.width=0,"
                            + " prediction.height=0 and prediction.neighbours=false, or do without MISE");
        }
        try (EncodedImage encoded = encode(image)) {
            Lattice points = Lattice.resized(window, window, columns, rows);
            return new Mise().extract(encoded, points, network.options().classes());
        }
    }

    /**
     * Encodes an image once, scaled to the training's size, to be asked about any points afterwards.
     *
     * @param image any size; its classes are not read
     * @return in pixels of {@code training.size}; to be closed
     */
    public EncodedImage encode(LabelledImage image) {
        int window = settings.training().size();
        return encode(ImageScaling.scaled(image, window, window), null);
    }

    /** Writes the settings and the weights to {@code config.yaml} and {@code swipe.safetensors} in a folder. */
    public void save(Path folder) {
        RunWeights.save(folder, settings, RunKind.SWIPE, network);
    }

    /**
     * Reads what {@link #save} wrote, for the fastest kernels here.
     *
     * @throws slidefield.io.InputException if a file is missing, damaged or does not fit the other
     */
    public static TrainedSwipe load(Path folder) {
        SwipeSettings settings = SwipeSettings.read(folder.resolve(RunFolder.CONFIG));
        return load(folder, settings, Engine.preferred());
    }

    /**
     * Reads the weights that {@link #save} wrote.
     *
     * @throws slidefield.io.InputException if the file is missing, damaged or of another network
     */
    public static TrainedSwipe load(Path folder, SwipeSettings settings, Engine engine) {
        Swipe network = network(engine, settings);
        RunWeights.read(folder, RunKind.SWIPE, network);
        return new TrainedSwipe(engine, settings, network);
    }
}
