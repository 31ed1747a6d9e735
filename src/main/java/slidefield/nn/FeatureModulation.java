package slidefield.nn;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.kernels.ImageKernels;
import slidefield.nn.kernels.Kernels;

/** Feature-wise linear modulation (Perez et al. 2018, "FiLM"): what a network is conditioned on scales and shifts features. */
public final class FeatureModulation {
    private FeatureModulation() {}

    /**
     * @param x R x C
     * @param scale gamma, N x C
     * @param shift beta, N x C
     * @param rows for each row of x the row of scale and shift that belongs to it; must not change while the tape is open
     * @return R x C, row i being {@code scale[rows[i]] * x[i] + shift[rows[i]]}
     * @throws IllegalArgumentException if the shapes do not fit or an index is not below N
     */
    public static Tensor modulate(Tensor x, Tensor scale, Tensor shift, int[] rows) {
        long[] shape = x.shape();
        long[] given = scale.shape();
        Shapes.require(shape.length == 2 && shape[0] == rows.length, "a matrix of " + rows.length + " rows", shape);
        Shapes.require(given.length == 2 && given[1] == shape[1], "a scale of N x " + shape[1], given);
        Shapes.require(Arrays.equals(shift.shape(), given), "a shift of " + Shapes.text(given), shift.shape());
        Arithmetic.requireType(x.type(), scale);
        Arithmetic.requireType(x.type(), shift);
        for (int row : rows) {
            if (row < 0 || row >= given[0]) {
                throw new IllegalArgumentException(
                        "rows of " + Shapes.text(given) + " are expected, found the row " + row);
            }
        }
        Tape tape = x.tape();
        Kernels kernels = tape.kernels();
        ImageKernels images = kernels.images();
        INDArray y = tape.allocate(x.type(), shape);
        INDArray each = tape.allocate(x.type(), shape);
        images.gatherRows(scale.value(), rows, each);
        kernels.multiply(x.value(), each, y);
        images.gatherRows(shift.value(), rows, each);
        kernels.combine(1, y, 1, each, y);
        tape.recycle(each);
        return tape.node(y, List.of(x, scale, shift), g -> {
            INDArray product = tape.allocate(x.type(), shape);
            if (shift.needsGradient()) {
                INDArray sum = tape.allocate(x.type(), given);
                images.gatherRowsGradient(rows, g, sum);
                shift.accumulate(sum);
            }
            if (scale.needsGradient()) {
                INDArray sum = tape.allocate(x.type(), given);
                kernels.multiply(g, x.value(), product);
                images.gatherRowsGradient(rows, product, sum);
                scale.accumulate(sum);
            }
            images.gatherRows(scale.value(), rows, product);
            kernels.multiply(g, product, g);
            tape.recycle(product);
            x.accumulate(g);
        });
    }
}
