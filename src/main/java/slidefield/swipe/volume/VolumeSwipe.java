package slidefield.swipe.volume;

import java.util.List;
import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.fit.Seeds;
import slidefield.nn.Arithmetic;
import slidefield.nn.Engine;
import slidefield.nn.Init;
import slidefield.nn.Shapes;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;
import slidefield.swipe.DecoderOptions;
import slidefield.swipe.InputLayout;
import slidefield.swipe.PointDecoder;
import slidefield.swipe.SwipeLoss;
import slidefield.swipe.SwipeLossOptions;
import slidefield.swipe.SwipeOutput;

/**
 * SwIPE (Zhang et al. 2023, "Segmentation with Implicit Patch Embeddings") in three dimensions: a {@link VolumeEncoder} gives
 * every patch of a crop an embedding and the crop one, and small decoders answer for any point from them. It computes in
 * the engine's own precision whatever the volumes come in. Not thread-safe.
 */
public final class VolumeSwipe extends VolumeNetwork {
    private final VolumeSwipeOptions options;
    private final VolumeEncoder encoder;
    private final PointDecoder patchDecoder;
    /** Null where the options have none. */
    private final PointDecoder volumeDecoder;

    /**
     * @param options sizes and switches
     * @param type FLOAT or DOUBLE
     * @param seed of the initial values and of what is dropped in training
     */
    public VolumeSwipe(VolumeSwipeOptions options, DataType type, long seed) {
        this.options = options;
        Init init = new Init(type, seed);
        encoder = child("encoder", new VolumeEncoder(init, options));
        DecoderOptions decoder = options.decoder();
        patchDecoder = child(
                "patch_decoder",
                new PointDecoder(
                        init,
                        InputLayout.ofPatch(decoder, options.embedding(), Axes.COUNT),
                        decoder.patchLayers(),
                        options.classes(),
                        decoder.dropout(),
                        Seeds.derive(seed, "patch decoder")));
        volumeDecoder = decoder.image()
                ? child(
                        "image_decoder",
                        new PointDecoder(
                                init,
                                InputLayout.ofImage(options.embedding(), Axes.COUNT),
                                decoder.imageLayers(),
                                options.classes(),
                                0,
                                0))
                : null;
    }

    @Override
    public VolumeSwipeOptions options() {
        return options;
    }

    /**
     * @param volumes N x D x H x W x 1 in [0, 1]
     * @return the patch embeddings z^P, N x D/S x H/S x W/S x C
     * @throws IllegalArgumentException if the shape does not fit
     */
    @Override
    public Tensor forward(Tensor volumes) {
        return embeddings(volumes).patches();
    }

    private VolumeEncoder.Embeddings embeddings(Tensor volumes) {
        requireCrops(volumes.shape());
        return encoder.embeddings(
                Arithmetic.cast(volumes, volumes.tape().engine().type()));
    }

    /**
     * A batch of points, as in training. Where {@link #training()} and the options have overreach, every point is also
     * asked of N_o random patches that adjoin its own.
     *
     * @param volumes N x D x H x W x 1 in [0, 1], sides multiples of {@link VolumeSwipeOptions#sizeMultiple}
     * @param points of these crops
     * @param frames where each was cut; read only if the options have source coordinates, else null will do
     * @param seed of the neighbours; another one for every step
     * @return the decoders' answers
     * @throws IllegalArgumentException if the shapes do not fit or frames are missing
     */
    public SwipeOutput forward(Tensor volumes, VolumePoints points, List<VolumeFrame> frames, long seed) {
        VolumeEncoder.Embeddings found = embeddings(volumes);
        requirePoints(volumes, points, frames);
        PatchCubes cubes = cubes(volumes.shape());
        Tensor table = table(found, points.crops() * (long) cubes.count());
        VolumeCodes codes = new VolumeCodes(cubes, table, found.volume(), frames);
        int[] own = new int[points.count()];
        int[] rows = new int[points.count()];
        for (int i = 0; i < own.length; i++) {
            own[i] = cubes.of(points.places(), i);
            rows[i] = own[i] + i / points.perCrop() * cubes.count();
        }
        Tensor patchLogits = patchDecoder.decode(codes.patchInput(options.decoder(), points.places(), rows));
        Tensor volumeLogits = volumeDecoder == null ? null : volumeDecoder.decode(codes.volumeInput(points));
        int[] repeated = repeated(training() ? points.count() * options.occurrences() : 0);
        Tensor beyond = repeated.length == 0 ? null : overreach(codes, points, own, repeated, seed);
        return new SwipeOutput(
                patchLogits, volumeLogits, beyond, repeated, Shapes.gatherRows(table, rows), found.volume());
    }

    private Tensor table(VolumeEncoder.Embeddings found, long patches) {
        return Shapes.reshape(found.patches(), patches, options.embedding());
    }

    private int[] repeated(int count) {
        int[] points = new int[count];
        for (int i = 0; i < count; i++) {
            points[i] = i / options.occurrences();
        }
        return points;
    }

    private Tensor overreach(VolumeCodes codes, VolumePoints points, int[] own, int[] repeated, long seed) {
        Random random = Seeds.random(seed, "patch overreach");
        int[] rows = new int[repeated.length];
        float[][] places = new float[Axes.COUNT][repeated.length];
        for (int i = 0; i < rows.length; i++) {
            int point = repeated[i];
            rows[i] = codes.cubes().neighbour(own[point], random)
                    + point / points.perCrop() * codes.cubes().count();
            for (int axis = 0; axis < Axes.COUNT; axis++) {
                places[axis][i] = points.places()[axis][point];
            }
        }
        return patchDecoder.decode(codes.patchInput(options.decoder(), places, rows));
    }

    @Override
    Tensor loss(Tape tape, VolumeBatch batch, SwipeLossOptions loss, long seed) {
        SwipeOutput output = forward(tape.constant(batch.values(tape)), batch.points(), batch.frames(), seed);
        return new SwipeLoss(loss).of(output, batch.pointClasses());
    }

    @Override
    float[] logits(Engine engine, INDArray crop, VolumeFrame frame, VolumeLattice lattice) {
        try (EncodedVolume encoded = encode(engine, crop, frame)) {
            return encoded.logits(lattice.places());
        }
    }

    /**
     * Encodes one crop once, to be asked about any points afterwards.
     *
     * @param engine arithmetic; must stay open as long as the result
     * @param crop 1 x D x H x W x 1 in [0, 1]
     * @param frame where it was cut
     * @return the crop as a field of logits, to be closed
     * @throws IllegalArgumentException if the shape does not fit
     * @throws IllegalStateException if this network is in training
     */
    public EncodedVolume encode(Engine engine, INDArray crop, VolumeFrame frame) {
        requireNoTraining();
        if (crop.size(0) != 1) {
            throw new IllegalArgumentException("one crop is expected, found " + crop.size(0));
        }
        try (Tape tape = engine.inference()) {
            VolumeEncoder.Embeddings found = embeddings(tape.constant(crop));
            PatchCubes cubes = cubes(crop.shape());
            Tensor table = table(found, cubes.count());
            return new EncodedVolume(
                    engine, this, cubes, table.value(), found.volume().value(), frame);
        }
    }

    PointDecoder patchDecoder() {
        return patchDecoder;
    }

    private PatchCubes cubes(long[] shape) {
        int[] sizes = {(int) shape[3], (int) shape[2], (int) shape[1]};
        return new PatchCubes(sizes, options.patch());
    }

    private void requirePoints(Tensor volumes, VolumePoints points, List<VolumeFrame> frames) {
        if (points.crops() != volumes.size(0)) {
            throw new IllegalArgumentException(
                    "points of " + volumes.size(0) + " crops are expected, found those of " + points.crops());
        }
        if (options.decoder().source() && (frames == null || frames.size() != points.crops())) {
            throw new IllegalArgumentException("the decoder sees source coordinates, so a frame of each of "
                    + points.crops() + " crops is expected, found " + (frames == null ? "none" : frames.size()));
        }
    }
}
