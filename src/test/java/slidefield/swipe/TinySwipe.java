package slidefield.swipe;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.Init;

/** A SwIPE of a few hundred parameters with every part, images for it and points in them. */
final class TinySwipe {
    static final SwipeOptions OPTIONS = new SwipeOptions(
            new BackboneOptions(2, List.of(1, 1, 1, 1), List.of(4, 4, 5, 5)),
            new NeckOptions(2, 3, 2, true, true, Fusion.ATTENTION, false, ImageEmbedding.PATCH_EMBEDDINGS),
            new DecoderOptions(List.of(5, 4, 4), List.of(5, 3), 0.1, true, true, true, false),
            32,
            1,
            8,
            2);

    private TinySwipe() {}

    static Swipe network(SwipeOptions options, long seed) {
        return new Swipe(options, DataType.FLOAT, seed);
    }

    static INDArray images(DataType type, long seed, int count, int height, int width) {
        return new Init(type, seed).uniform(1, count, height, width, 3);
    }

    /** Points anywhere in images of that size. */
    static PointBatch points(long seed, int images, int perImage, int height, int width) {
        float[] places = new Init(DataType.FLOAT, seed)
                .uniform(0.5, 2, (long) images * perImage)
                .addi(0.5)
                .reshape(2L * images * perImage)
                .toFloatVector();
        float[] x = new float[images * perImage];
        float[] y = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = places[i] * (width - 1);
            y[i] = places[x.length + i] * (height - 1);
        }
        return new PointBatch(images, perImage, x, y);
    }
}
