package slidefield.swipe;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import slidefield.nn.Engine;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;

/**
 * An image that {@link Swipe#encode} has seen: a field of logits that can be asked anywhere and at any resolution, without
 * looking at the image again, with the weights that the network has now. Holds memory outside the heap until closed.
 */
public final class EncodedImage implements AutoCloseable {
    private final Engine engine;
    private final Swipe network;
    private final PatchGrid grid;
    private final SourceFrame source;
    /** z^P, patches x C. */
    private final INDArray patches;
    /** z^I, 1 x C. */
    private final INDArray image;

    private final float[] weights;
    /** What D^P's first layers make of the codes, patches x features each. */
    private final List<INDArray> prepared;

    EncodedImage(
            Engine engine,
            Swipe network,
            PatchGrid grid,
            INDArray patches,
            INDArray image,
            INDArray weights,
            SourceFrame source) {
        this.engine = engine;
        this.network = network;
        this.grid = grid;
        this.source = source;
        this.patches = kept(patches);
        this.image = kept(image);
        this.weights = weights == null ? new float[0] : floats(weights);
        try (Tape tape = engine.inference()) {
            Encoded encoded = encoded(tape);
            DecoderOptions options = network.options().decoder();
            prepared =
                    network.patchDecoder().prepared(encoded.codes(options), encoded.rows(options, new int[0])).stream()
                            .map(table -> kept(table.value()))
                            .toList();
        }
    }

    private Encoded encoded(Tape tape) {
        return new Encoded(grid, tape.constant(patches), tape.constant(image), List.of(source));
    }

    /** A copy that lives until it is closed. */
    static INDArray kept(INDArray array) {
        return Nd4j.createUninitializedDetached(array.dataType(), 'c', array.shape())
                .assign(array);
    }

    static float[] floats(INDArray array) {
        return array.reshape('c', new long[] {array.length()}).toFloatVector();
    }

    /** @return patches downwards */
    public int patchRows() {
        return grid.rows();
    }

    /** @return patches across */
    public int patchColumns() {
        return grid.columns();
    }

    /**
     * The attention of multi-stage embedding attention (the paper's supplement, Fig. 3).
     *
     * @return for each patch, row after row, the weights of the four scales from fine to coarse, which sum to 1; empty
     *     with another fusion
     */
    public float[] attention() {
        return weights.clone();
    }

    /**
     * @param lattice points
     * @return logits of D^P, points x classes
     */
    public float[] logits(Lattice lattice) {
        float[][] places = PointChunks.places(lattice);
        return logits(places[0], places[1]);
    }

    /**
     * @param x columns of the points, fractional pixels
     * @param y rows of the points, as many
     * @return logits of D^P, points x classes
     */
    public float[] logits(float[] x, float[] y) {
        if (x.length != y.length) {
            throw new IllegalArgumentException(
                    "as many rows as columns are expected, found " + y.length + " and " + x.length);
        }
        return PointChunks.logits(x, y, network.options().classes(), (chunkX, chunkY) -> decode(chunkX, chunkY, 0, 0));
    }

    /**
     * Every point decoded from its own patch and from each of the up to eight patches around it that exist, as the released
     * code can do it.
     *
     * @param lattice points
     * @return mean and variance of D^P's logits over these patches
     */
    public NeighbourLogits neighbourLogits(Lattice lattice) {
        int classes = network.options().classes();
        float[] mean = new float[lattice.count() * classes];
        float[] variance = new float[mean.length];
        float[][] places = PointChunks.places(lattice);
        PointChunks.forEach(places[0], places[1], (start, x, y) -> {
            NeighbourLogits found = neighbourLogits(x, y);
            System.arraycopy(found.mean(), 0, mean, start * classes, found.mean().length);
            System.arraycopy(found.variance(), 0, variance, start * classes, found.mean().length);
        });
        return new NeighbourLogits(mean, variance);
    }

    private NeighbourLogits neighbourLogits(float[] x, float[] y) {
        int classes = network.options().classes();
        double[] mean = new double[x.length * classes];
        double[] squares = new double[mean.length];
        int[] seen = new int[x.length];
        for (int down = -1; down <= 1; down++) {
            for (int across = -1; across <= 1; across++) {
                float[] found = decode(x, y, across, down);
                for (int i = 0; i < x.length; i++) {
                    if (exists(x[i], y[i], across, down)) {
                        seen[i]++;
                        for (int k = i * classes; k < (i + 1) * classes; k++) {
                            // Welford's way: no difference of large sums
                            double before = found[k] - mean[k];
                            mean[k] += before / seen[i];
                            squares[k] += before * (found[k] - mean[k]);
                        }
                    }
                }
            }
        }
        float[] means = new float[mean.length];
        float[] variances = new float[mean.length];
        for (int k = 0; k < mean.length; k++) {
            means[k] = (float) mean[k];
            variances[k] = (float) (squares[k] / seen[k / classes]);
        }
        return new NeighbourLogits(means, variances);
    }

    private boolean exists(float x, float y, int across, int down) {
        int column = grid.column(x) + across;
        int row = grid.row(y) + down;
        return column >= 0 && column < grid.columns() && row >= 0 && row < grid.rows();
    }

    /** Logits of the patches so far from the points' own; of their own where that one does not exist. */
    private float[] decode(float[] x, float[] y, int across, int down) {
        int[] rows = new int[x.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = grid.of(x[i], y[i]) + (exists(x[i], y[i], across, down) ? down * grid.columns() + across : 0);
        }
        try (Tape tape = engine.inference()) {
            DecoderInput asked = encoded(tape).patchInput(network.options().decoder(), x, y, rows);
            List<Tensor> tables = prepared.stream().map(tape::constant).toList();
            return floats(network.patchDecoder().decode(asked, tables).value());
        }
    }

    /** Frees the embeddings. */
    @Override
    public void close() {
        prepared.forEach(INDArray::close);
        patches.close();
        image.close();
    }
}
