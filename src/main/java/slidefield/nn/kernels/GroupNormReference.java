package slidefield.nn.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Group normalisation by ND4J operations, an image at a time. An image is a matrix of pixels by channels; the mean of a
 * group is that of its channels' means, and comes back to the channels by a product with ones.
 */
final class GroupNormReference {
    private final ArrayPool scratch;
    private final Products products;

    GroupNormReference(ArrayPool scratch, Products products) {
        this.scratch = scratch;
        this.products = products;
    }

    void forward(
            GroupNormalisation how,
            INDArray x,
            INDArray scale,
            INDArray shift,
            INDArray mean,
            INDArray variance,
            INDArray y) {
        INDArray squares = scratch.take(x.size(1), x.size(2));
        INDArray channels = scratch.take(x.size(2));
        for (long n = 0; n < x.size(0); n++) {
            INDArray centred = image(y, n);
            INDArray m = row(mean, n);
            groupMeans(image(x, n), m, channels);
            spread(m, channels);
            centred.assign(image(x, n));
            centred.subiRowVector(channels);
            INDArray v = row(variance, n);
            centred.muli(centred, squares);
            groupMeans(squares, v, channels);
            inverseDeviation(v, how.epsilon(), channels);
            centred.muliRowVector(channels);
            if (scale != null) {
                centred.muliRowVector(scale);
                centred.addiRowVector(shift);
            }
        }
        scratch.give(squares);
        scratch.give(channels);
    }

    void gradients(
            GroupNormalisation how,
            INDArray x,
            INDArray scale,
            INDArray mean,
            INDArray variance,
            INDArray gy,
            INDArray gx,
            INDArray gscale,
            INDArray gshift) {
        INDArray normal = scratch.take(x.size(1), x.size(2));
        INDArray work = scratch.take(x.size(1), x.size(2));
        INDArray channels = scratch.take(x.size(2));
        INDArray inverse = scratch.take(x.size(2));
        INDArray group = scratch.take(1, how.groups());
        clear(gscale);
        clear(gshift);
        for (long n = 0; n < x.size(0); n++) {
            normal.assign(image(x, n));
            spread(row(mean, n), channels);
            normal.subiRowVector(channels);
            inverseDeviation(row(variance, n), how.epsilon(), inverse);
            normal.muliRowVector(inverse);
            INDArray g = image(gy, n);
            if (gshift != null) {
                products.columnSums(g, channels);
                gshift.addi(channels);
            }
            if (gscale != null) {
                g.muli(normal, work);
                products.columnSums(work, channels);
                gscale.addi(channels);
            }
            if (gx != null) {
                INDArray h = image(gx, n);
                if (gx != gy) {
                    h.assign(g);
                }
                if (scale != null) {
                    h.muliRowVector(scale);
                }
                // (h - mean of h - normal times the mean of h normal) / deviation
                h.muli(normal, work);
                groupMeans(work, group, channels);
                spread(group, channels);
                normal.muliRowVector(channels);
                groupMeans(h, group, channels);
                spread(group, channels);
                h.subiRowVector(channels);
                h.subi(normal);
                h.muliRowVector(inverse);
            }
        }
        for (INDArray array : new INDArray[] {normal, work, channels, inverse, group}) {
            scratch.give(array);
        }
    }

    private static void clear(INDArray array) {
        if (array != null) {
            array.assign(0);
        }
    }

    /** means (1 x G) of the groups of channels of a P x C matrix; channels is work space. */
    private void groupMeans(INDArray matrix, INDArray means, INDArray channels) {
        products.columnSums(matrix, channels);
        long groups = means.length();
        long size = channels.length() / groups;
        INDArray ones = scratch.take(size, 1);
        ones.assign(1);
        products.multiply(channels.reshape('c', groups, size), ones, 0, means.reshape('c', groups, 1));
        scratch.give(ones);
        means.divi(matrix.rows() * size);
    }

    /** Every channel receives the value of its group (1 x G). */
    private void spread(INDArray group, INDArray channels) {
        long groups = group.length();
        long size = channels.length() / groups;
        INDArray ones = scratch.take(1, size);
        ones.assign(1);
        products.multiply(group.reshape('c', groups, 1), ones, 0, channels.reshape('c', groups, size));
        scratch.give(ones);
    }

    /** Every channel receives 1 / sqrt(variance + epsilon) of its group (1 x G). */
    private void inverseDeviation(INDArray variance, double epsilon, INDArray channels) {
        spread(variance, channels);
        channels.addi(epsilon);
        Transforms.sqrt(channels, false);
        channels.rdivi(1);
    }

    private static INDArray image(INDArray x, long n) {
        long pixels = x.size(1);
        return x.reshape('c', x.size(0) * pixels, x.size(2))
                .get(NDArrayIndex.interval(n * pixels, (n + 1) * pixels), NDArrayIndex.all());
    }

    private static INDArray row(INDArray matrix, long n) {
        return matrix.get(NDArrayIndex.interval(n, n + 1), NDArrayIndex.all());
    }
}
