package slidefield.nn.kernels;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/** The readable reference: ND4J operations only. */
final class Nd4jImageKernels implements ImageKernels {
    private final DataType type;
    private final ArrayPool scratch;
    private final Products products;
    private final Nd4jPooling pooling;
    private final Nd4jDepthwise depthwise;

    Nd4jImageKernels(DataType type, ArrayPool scratch, Products products) {
        this.type = type;
        this.scratch = scratch;
        this.products = products;
        this.pooling = new Nd4jPooling(scratch);
        this.depthwise = new Nd4jDepthwise(scratch, products);
    }

    @Override
    public void depthwise(Convolution geometry, INDArray x, INDArray w, INDArray bias, INDArray y) {
        depthwise.forward(geometry, x, w, bias, y);
    }

    @Override
    public void depthwiseGradients(
            Convolution geometry, INDArray x, INDArray w, INDArray gy, INDArray gx, INDArray gw, INDArray gb) {
        depthwise.gradients(geometry, x, w, gy, gx, gw, gb);
    }

    @Override
    public void maxPooling(Convolution window, INDArray x, INDArray y, INDArray winners) {
        pooling.max(window, x, y, winners);
    }

    @Override
    public void maxPoolingGradient(Convolution window, INDArray winners, INDArray gy, INDArray gx) {
        pooling.maxGradient(window, winners, gy, gx);
    }

    @Override
    public void averagePooling(Convolution window, INDArray x, INDArray y) {
        pooling.average(window, x, y);
    }

    @Override
    public void averagePoolingGradient(Convolution window, INDArray gy, INDArray gx) {
        pooling.averageGradient(window, gy, gx);
    }

    @Override
    public void resize(boolean alignCorners, INDArray x, INDArray y) {
        resize(alignCorners, false, x, y);
    }

    @Override
    public void resizeGradient(boolean alignCorners, INDArray gy, INDArray gx) {
        resize(alignCorners, true, gy, gx);
    }

    /** Two matrices, one per axis, or their transposes. */
    private void resize(boolean alignCorners, boolean transposed, INDArray x, INDArray y) {
        try (INDArray down = matrix(alignCorners, transposed, x.size(1), y.size(1));
                INDArray across = matrix(alignCorners, transposed, x.size(2), y.size(2))) {
            for (long image = 0; image < x.size(0); image++) {
                resize(down, across, x.slice(image), y.slice(image));
            }
        }
    }

    private INDArray matrix(boolean alignCorners, boolean transposed, long from, long to) {
        LinearAxis axis = new LinearAxis(alignCorners, transposed ? to : from, transposed ? from : to);
        try (INDArray exact = Nd4j.createFromArray(axis.matrix((int) (transposed ? to : from), transposed))) {
            INDArray matrix = Nd4j.createUninitializedDetached(type, 'c', exact.shape());
            return matrix.assign(exact);
        }
    }

    private void resize(INDArray down, INDArray across, INDArray x, INDArray y) {
        long channels = x.size(2);
        INDArray tall = scratch.take(y.size(0), x.size(1) * channels);
        products.multiply(down, x.reshape('c', x.size(0), x.size(1) * channels), 0, tall);
        INDArray turned = scratch.take(x.size(1), y.size(0), channels);
        turned.assign(tall.reshape('c', y.size(0), x.size(1), channels).permute(1, 0, 2));
        INDArray wide = scratch.take(y.size(1), y.size(0) * channels);
        products.multiply(across, turned.reshape('c', x.size(1), y.size(0) * channels), 0, wide);
        y.assign(wide.reshape('c', y.size(1), y.size(0), channels).permute(1, 0, 2));
        scratch.give(wide);
        scratch.give(turned);
        scratch.give(tall);
    }

    @Override
    public void moments(INDArray x, INDArray mean, INDArray variance) {
        INDArray rows = Nd4jKernels.rows(x);
        products.columnSums(rows, mean);
        mean.divi(rows.rows());
        INDArray distance = scratch.take(rows.shape());
        distance.assign(rows);
        distance.subiRowVector(mean);
        distance.muli(distance);
        products.columnSums(distance, variance);
        variance.divi(rows.rows());
        scratch.give(distance);
    }

    @Override
    public void normalize(ChannelNormalization how, INDArray x, INDArray y) {
        INDArray rows = Nd4jKernels.rows(y);
        standardize(how, Nd4jKernels.rows(x), rows);
        rows.muliRowVector(how.weight());
        rows.addiRowVector(how.bias());
        if (how.relu()) {
            Nd4j.getExecutioner().exec(new RectifiedLinear(y, y, 0));
        }
    }

    /** (x - mean) / sqrt(variance + epsilon), row by row. */
    private void standardize(ChannelNormalization how, INDArray x, INDArray result) {
        INDArray deviation = deviation(how);
        if (result != x) {
            result.assign(x);
        }
        result.subiRowVector(how.mean());
        result.diviRowVector(deviation);
        scratch.give(deviation);
    }

    /** sqrt(variance + epsilon), to be given back. */
    private INDArray deviation(ChannelNormalization how) {
        INDArray deviation = scratch.take(how.variance().shape());
        how.variance().addi(how.epsilon(), deviation);
        return Transforms.sqrt(deviation, false);
    }

    @Override
    public void normalizeGradients(
            ChannelNormalization how, boolean ofBatch, INDArray x, INDArray gy, INDArray gx, INDArray gw, INDArray gb) {
        INDArray rows = Nd4jKernels.rows(x);
        INDArray gradient = scratch.take(rows.shape());
        gradient.assign(Nd4jKernels.rows(gy));
        INDArray standard = scratch.take(rows.shape());
        if (how.relu()) {
            normalize(how, rows, standard);
            Nd4j.getExecutioner().exec(new Step(standard, standard, 0));
            gradient.muli(standard);
        }
        standardize(how, rows, standard);
        INDArray biasGradient = scratch.take(how.mean().shape());
        products.columnSums(gradient, biasGradient);
        INDArray weightGradient = scratch.take(how.mean().shape());
        INDArray product = scratch.take(rows.shape());
        gradient.muli(standard, product);
        products.columnSums(product, weightGradient);
        if (gw != null) {
            gw.assign(weightGradient);
        }
        if (gb != null) {
            gb.assign(biasGradient);
        }
        if (gx != null) {
            if (ofBatch) {
                gradient.subiRowVector(biasGradient.divi(rows.rows()));
                standard.muliRowVector(weightGradient.divi(rows.rows()));
                gradient.subi(standard);
            }
            INDArray deviation = deviation(how);
            gradient.muliRowVector(how.weight());
            gradient.diviRowVector(deviation);
            scratch.give(deviation);
            Nd4jKernels.rows(gx).assign(gradient);
        }
        scratch.give(product);
        scratch.give(weightGradient);
        scratch.give(biasGradient);
        scratch.give(standard);
        scratch.give(gradient);
    }

    @Override
    public void gatherRows(INDArray x, int[] rows, INDArray y) {
        for (int i = 0; i < rows.length; i++) {
            row(y, i).assign(row(x, rows[i]));
        }
    }

    @Override
    public void gatherRowsGradient(int[] rows, INDArray gy, INDArray gx) {
        gx.assign(0);
        for (int i = 0; i < rows.length; i++) {
            row(gx, rows[i]).addi(row(gy, i));
        }
    }

    private static INDArray row(INDArray x, long row) {
        return x.get(NDArrayIndex.point(row), NDArrayIndex.all());
    }

    @Override
    public void weightedRows(INDArray x, WeightedRows how, INDArray y) {
        y.assign(0);
        for (int k = 0; k < how.rows().length; k++) {
            addScaled(how.weights()[k], row(x, how.rows()[k]), row(y, k / how.count()));
        }
    }

    @Override
    public void weightedRowsGradient(WeightedRows how, INDArray gy, INDArray gx) {
        gx.assign(0);
        for (int k = 0; k < how.rows().length; k++) {
            addScaled(how.weights()[k], row(gy, k / how.count()), row(gx, how.rows()[k]));
        }
    }

    private void addScaled(double weight, INDArray row, INDArray sum) {
        if (weight != 0) {
            INDArray scaled = scratch.take(row.shape());
            row.mul(weight, scaled);
            sum.addi(scaled);
            scratch.give(scaled);
        }
    }

    @Override
    public void exchange(INDArray x, INDArray y) {
        y.assign(x.permute(0, 2, 1, 3));
    }
}
