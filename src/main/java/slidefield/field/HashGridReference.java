package slidefield.field;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The hash grid written plainly with ND4J operations, in any precision and on any backend: gather the four corners
 * of every point, weigh, sum; and backwards scatter-add. {@link HashGridKernel} must agree with it.
 */
final class HashGridReference {
    private final List<HashLevel> levels;
    private final int features;

    HashGridReference(List<HashLevel> levels, int features) {
        this.levels = levels;
        this.features = features;
    }

    /** The entry and the bilinear weight of one of the four corners at every point of a window. */
    private record Corner(int[] entry, double[] weight) {
        static Corner of(HashLevel level, Window w, int dx, int dy) {
            int[] entry = new int[w.points()];
            double[] weight = new double[w.points()];
            for (int p = 0; p < w.points(); p++) {
                double px = level.position(w.x() + p % w.width() * w.stepX());
                double py = level.position(w.y() + p / w.width() * w.stepY());
                int x = (int) Math.floor(px);
                int y = (int) Math.floor(py);
                entry[p] = level.offset() + level.entry(x + dx, y + dy);
                weight[p] = (dx == 1 ? px - x : 1 - (px - x)) * (dy == 1 ? py - y : 1 - (py - y));
            }
            return new Corner(entry, weight);
        }

        INDArray weights(INDArray like) {
            try (INDArray made = Nd4j.create(weight, new long[] {weight.length, 1}, 'c')) {
                return made.castTo(like.dataType()).dup('c');
            }
        }
    }

    /**
     * @param table entries x F
     * @param window the points
     * @param out points x (L F), overwritten
     */
    void forward(INDArray table, Window window, INDArray out) {
        out.assign(0);
        for (int l = 0; l < levels.size(); l++) {
            INDArray level = columns(out, l);
            for (int corner = 0; corner < 4; corner++) {
                Corner c = Corner.of(levels.get(l), window, corner & 1, corner >> 1);
                try (INDArray rows = Nd4j.pullRows(table, 1, c.entry);
                        INDArray weights = c.weights(table);
                        INDArray part = rows.mul(weights)) {
                    level.addi(part);
                }
            }
        }
    }

    /**
     * @param gradient points x (L F)
     * @param window the points
     * @param tableGradient entries x F, overwritten
     */
    void backward(INDArray gradient, Window window, INDArray tableGradient) {
        tableGradient.assign(0);
        for (int l = 0; l < levels.size(); l++) {
            for (int corner = 0; corner < 4; corner++) {
                Corner c = Corner.of(levels.get(l), window, corner & 1, corner >> 1);
                try (INDArray index = Nd4j.createFromArray(c.entry);
                        INDArray weights = c.weights(tableGradient);
                        INDArray part = columns(gradient, l).mul(weights)) {
                    // The flag takes a lock: without it, points that share an entry lose updates to each other.
                    Nd4j.exec(DynamicCustomOp.builder("scatter_add")
                            .addInputs(tableGradient, index, part)
                            .addBooleanArguments(true)
                            .addOutputs(tableGradient)
                            .build());
                }
            }
        }
    }

    private INDArray columns(INDArray all, int level) {
        return all.get(NDArrayIndex.all(), NDArrayIndex.interval(level * features, (level + 1) * features));
    }
}
