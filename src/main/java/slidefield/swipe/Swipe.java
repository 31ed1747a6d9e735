package slidefield.swipe;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.fit.Seeds;
import slidefield.nn.Arithmetic;
import slidefield.nn.Engine;
import slidefield.nn.Init;
import slidefield.nn.Module;
import slidefield.nn.Shapes;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;

/**
 * SwIPE (Zhang et al. 2023, "Segmentation with Implicit Patch Embeddings"), 2-D: an {@link ImageEncoder} gives every patch of an
 * image an embedding and the image one, and small decoders answer for any point from them, at any resolution. It computes
 * in the engine's own precision whatever the images come in.
 */
public final class Swipe extends Module {
    private final SwipeOptions options;
    private final ImageEncoder encoder;
    private final PatchDecoder patchDecoder;
    /** Null where the options have none. */
    private final ImageDecoder imageDecoder;

    /**
     * @param options sizes and switches
     * @param type FLOAT or DOUBLE
     * @param seed of the initial values and of what is dropped in training
     */
    public Swipe(SwipeOptions options, DataType type, long seed) {
        this.options = options;
        Init init = new Init(type, seed);
        encoder = child("encoder", encoder(init, options));
        patchDecoder = child("patch_decoder", new PatchDecoder(init, options, Seeds.derive(seed, "patch decoder")));
        imageDecoder = options.decoder().image() ? child("image_decoder", new ImageDecoder(init, options)) : null;
    }

    private static ImageEncoder encoder(Init init, SwipeOptions options) {
        return options.backbone() instanceof CctOptions cct
                ? new Cct(init, cct, options.patch())
                : new Encoder(init, options);
    }

    /** @return sizes and switches */
    public SwipeOptions options() {
        return options;
    }

    /**
     * @param images N x H x W x 3 in [-1, 1]
     * @return the patch embeddings z^P, N x H/S x W/S x C
     * @throws IllegalArgumentException if the shape does not fit
     */
    @Override
    public Tensor forward(Tensor images) {
        return embeddings(images).patches();
    }

    /**
     * A batch of points, as in training. Where {@link #training()} and the options have overreach, every point is also
     * asked of N_o random neighbours of its patch.
     *
     * @param images N x H x W x 3 in [-1, 1], H and W multiples of {@link SwipeOptions#sizeMultiple}
     * @param points of these images
     * @param sources where each image was cut from; read only if the options have source coordinates, else null will do
     * @param seed of the neighbours; another one for every step
     * @return the decoders' answers
     * @throws IllegalArgumentException if the shapes do not fit or sources are missing
     */
    public SwipeOutput forward(Tensor images, PointBatch points, List<SourceFrame> sources, long seed) {
        ImageEncoder.Embeddings found = embeddings(images);
        requirePoints(images, points, sources);
        PatchGrid grid = grid(images.shape());
        long channels = options.neck().embedding();
        Tensor table = Shapes.reshape(found.patches(), points.images() * (long) grid.count(), channels);
        Encoded encoded = new Encoded(grid, table, found.image(), sources);
        int[] own = new int[points.count()];
        int[] rows = new int[points.count()];
        for (int i = 0; i < own.length; i++) {
            own[i] = grid.of(points.x()[i], points.y()[i]);
            rows[i] = own[i] + i / points.perImage() * grid.count();
        }
        DecoderInput asked = encoded.patchInput(options.decoder(), points.x(), points.y(), rows);
        Tensor patchLogits = patchDecoder.decode(asked);
        Tensor imageLogits = imageDecoder == null ? null : imageDecoder.decode(encoded.imageInput(points));
        boolean overreach = training() && options.occurrences() > 0;
        int[] repeated = overreach ? repeated(points.count()) : new int[0];
        Tensor beyond = overreach ? overreach(encoded, points, own, repeated, seed) : null;
        return new SwipeOutput(
                patchLogits, imageLogits, beyond, repeated, Shapes.gatherRows(table, rows), found.image());
    }

    private int[] repeated(int count) {
        int[] points = new int[count * options.occurrences()];
        for (int i = 0; i < points.length; i++) {
            points[i] = i / options.occurrences();
        }
        return points;
    }

    private Tensor overreach(Encoded encoded, PointBatch points, int[] own, int[] repeated, long seed) {
        int[] neighbours = PatchOverreach.neighbours(
                encoded.grid(),
                own,
                options.connectivity(),
                options.occurrences(),
                Seeds.random(seed, "patch overreach"));
        float[] x = new float[repeated.length];
        float[] y = new float[repeated.length];
        for (int i = 0; i < repeated.length; i++) {
            x[i] = points.x()[repeated[i]];
            y[i] = points.y()[repeated[i]];
            neighbours[i] += repeated[i] / points.perImage() * encoded.grid().count();
        }
        return patchDecoder.decode(encoded.patchInput(options.decoder(), x, y, neighbours));
    }

    /**
     * Encodes one image once, to be asked about any points afterwards.
     *
     * @param engine arithmetic; must stay open as long as the result
     * @param image 1 x H x W x 3 in [-1, 1]
     * @param source where it was cut from; null for an image that is its own source
     * @return the image as a field of logits, to be closed
     * @throws IllegalArgumentException if the shape does not fit
     * @throws IllegalStateException if this network is in training
     */
    public EncodedImage encode(Engine engine, INDArray image, SourceFrame source) {
        if (training()) {
            throw new IllegalStateException("SwIPE: call training(false) before encoding an image for prediction");
        }
        if (image.rank() != 4 || image.size(0) != 1) {
            throw new IllegalArgumentException(
                    "SwIPE: one image of 1 x H x W x 3 is expected, found " + Arrays.toString(image.shape()));
        }
        try (Tape tape = engine.inference()) {
            ImageEncoder.Embeddings found = embeddings(tape.constant(image));
            PatchGrid grid = grid(image.shape());
            SourceFrame frame = source == null ? SourceFrame.whole(grid.width(), grid.height()) : source;
            INDArray patches = found.patches()
                    .value()
                    .reshape('c', grid.count(), options.neck().embedding());
            INDArray weights = found.weights() == null ? null : found.weights().value();
            return new EncodedImage(engine, this, grid, patches, found.image().value(), weights, frame);
        }
    }

    PatchDecoder patchDecoder() {
        return patchDecoder;
    }

    /** Null where the options have none. */
    ImageDecoder imageDecoder() {
        return imageDecoder;
    }

    private ImageEncoder.Embeddings embeddings(Tensor images) {
        requireImages(images.shape());
        return encoder.embeddings(Arithmetic.cast(images, images.tape().engine().type()));
    }

    private PatchGrid grid(long[] shape) {
        return new PatchGrid(Math.toIntExact(shape[1]), Math.toIntExact(shape[2]), options.patch());
    }

    private void requireImages(long[] shape) {
        int multiple = options.sizeMultiple();
        if (shape.length != 4 || shape[1] % multiple != 0 || shape[2] % multiple != 0 || shape[3] != 3) {
            throw new IllegalArgumentException("SwIPE: images of N x H x W x 3, H and W multiples of " + multiple
                    + ", are expected, found " + Arrays.toString(shape) + ": cut or resize them");
        }
    }

    private void requirePoints(Tensor images, PointBatch points, List<SourceFrame> sources) {
        if (points.images() != images.size(0)) {
            throw new IllegalArgumentException(
                    "SwIPE: points of " + images.size(0) + " images are expected, found those of " + points.images());
        }
        if (options.decoder().source() && (sources == null || sources.size() != points.images())) {
            throw new IllegalArgumentException(
                    "SwIPE: the decoder sees source coordinates, so a source frame of each of " + points.images()
                            + " images is expected, found " + (sources == null ? "none" : sources.size()));
        }
    }
}
