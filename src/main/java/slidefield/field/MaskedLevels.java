package slidefield.field;

import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.Parameter;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;

/**
 * A hash grid of which some levels are closed: their features are zero, and no gradient reaches their entries. A grid
 * without closed levels is used as it is, so that masks cost nothing where there are none ({@link LevelMask#on}).
 */
final class MaskedLevels implements Encoding {
    private final HashGrid grid;
    private final LevelMask mask;

    /**
     * @param grid whose table is shared
     * @param mask of as many levels
     */
    MaskedLevels(HashGrid grid, LevelMask mask) {
        this.grid = grid;
        this.mask = mask;
    }

    @Override
    public int features() {
        return grid.features();
    }

    @Override
    public Tensor encode(Tape tape, Window window) {
        Tensor whole = grid.encode(tape, window);
        INDArray value = tape.allocate(whole.type(), whole.shape());
        tape.kernels().combine(1, whole.value(), 0, null, value);
        blank(tape, value);
        return tape.node(value, List.of(whole), gradient -> {
            blank(tape, gradient);
            whole.accumulate(gradient);
        });
    }

    /** Writes zeros over the closed levels' channels. */
    private void blank(Tape tape, INDArray features) {
        int each = grid.options().features();
        INDArray zeros = tape.allocate(features.dataType(), features.size(0), features.size(1), features.size(2), each);
        tape.kernels().fill(zeros, 0);
        for (int level = 0; level < mask.levels(); level++) {
            if (!mask.open().get(level)) {
                tape.kernels().writeBox(zeros, new long[] {0, 0, 0, (long) level * each}, features);
            }
        }
        tape.recycle(zeros);
    }

    @Override
    public Map<String, Parameter> parameters() {
        return grid.parameters();
    }
}
