package slidefield.swipe;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import slidefield.nn.Init;
import slidefield.nn.PointwiseLinear;
import slidefield.nn.Pooling;
import slidefield.nn.Shapes;
import slidefield.nn.Tensor;
import slidefield.nn.kernels.Activation;

/** The least that answers points: the mean colours of the 8 x 8 pixels around a point, through two layers. */
final class TinyPointNetwork extends PointNetwork {
    private static final int CELL = 8;
    private static final int WIDTH = 6;

    private final Options options;
    private final PointwiseLinear embed;
    private final PointwiseLinear answer;
    private final PointwiseLinear coarse;

    /**
     * @param outputs logits a point
     * @param hasCoarse whether there is a coarse segmentation
     */
    record Options(int outputs, boolean hasCoarse) implements RivalOptions {
        @Override
        public int sizeMultiple() {
            return CELL;
        }

        @Override
        public TinyPointNetwork build(DataType type, long seed) {
            return new TinyPointNetwork(this, type, seed);
        }
    }

    private TinyPointNetwork(Options options, DataType type, long seed) {
        this.options = options;
        Init init = new Init(type, seed);
        embed = child("embed", new PointwiseLinear(init, 3, WIDTH, true, Activation.RELU));
        answer = child("answer", new PointwiseLinear(init, WIDTH, options.outputs(), true, Activation.NONE));
        coarse = options.hasCoarse()
                ? child("coarse", new PointwiseLinear(init, WIDTH, options.outputs(), true, Activation.NONE))
                : null;
    }

    @Override
    public int outputs() {
        return options.outputs();
    }

    @Override
    public int sizeMultiple() {
        return options.sizeMultiple();
    }

    @Override
    public List<Tensor> encode(Tensor images) {
        requireImages(images);
        return List.of(embed.forward(Pooling.average(images, CELL, CELL)));
    }

    @Override
    public Tensor decode(List<Tensor> encoded, PointBatch points) {
        Tensor map = encoded.get(0);
        int height = (int) map.size(1);
        int width = (int) map.size(2);
        int[] rows = new int[points.count()];
        for (int i = 0; i < rows.length; i++) {
            int x = Math.min(width - 1, (int) Math.max(0, points.x()[i] / CELL));
            int y = Math.min(height - 1, (int) Math.max(0, points.y()[i] / CELL));
            rows[i] = (i / points.perImage() * height + y) * width + x;
        }
        Tensor cells = Shapes.reshape(map, map.size(0) * height * width, WIDTH);
        return answer.forward(Shapes.gatherRows(cells, rows));
    }

    @Override
    public Tensor coarse(List<Tensor> encoded) {
        return coarse == null ? null : coarse.forward(encoded.get(0));
    }
}
