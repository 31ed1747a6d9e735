package slidefield.nn.kernels;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.custom.SoftMax;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Erf;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The readable reference of {@link TransformerKernels}: ND4J operations only. */
final class Nd4jTransformer implements TransformerKernels {
    private final Kernels kernels;
    private final ArrayPool scratch;
    private final Products products;
    private final GroupNormReference norm;

    Nd4jTransformer(Kernels kernels, ArrayPool scratch, Products products) {
        this.kernels = kernels;
        this.scratch = scratch;
        this.products = products;
        this.norm = new GroupNormReference(scratch, products);
    }

    @Override
    public void groupNorm(
            GroupNormalisation how,
            INDArray x,
            INDArray scale,
            INDArray shift,
            INDArray addend,
            Activation activation,
            INDArray mean,
            INDArray variance,
            INDArray y) {
        norm.forward(how, x, scale, shift, mean, variance, y);
        if (addend != null) {
            y.addi(addend);
        }
        kernels.activation(activation, y, y);
    }

    @Override
    public void groupNormGradients(
            GroupNormalisation how,
            INDArray x,
            INDArray scale,
            INDArray mean,
            INDArray variance,
            INDArray gy,
            INDArray gx,
            INDArray gscale,
            INDArray gshift) {
        norm.gradients(how, x, scale, mean, variance, gy, gx, gscale, gshift);
    }

    @Override
    public void gelu(INDArray x, INDArray y) {
        INDArray share = scratch.take(x.shape());
        normalDistribution(x, share);
        x.muli(share, y);
        scratch.give(share);
    }

    @Override
    public void geluGradient(INDArray x, INDArray gy, INDArray gx) {
        INDArray slope = scratch.take(x.shape());
        INDArray density = scratch.take(x.shape());
        normalDistribution(x, slope);
        x.muli(x, density);
        density.muli(-0.5);
        Nd4j.getExecutioner().exec(new Exp(density, density));
        density.muli(1 / Math.sqrt(2 * Math.PI));
        density.muli(x);
        slope.addi(density);
        gy.muli(slope, gx);
        scratch.give(slope);
        scratch.give(density);
    }

    /** share = (1 + erf(x / sqrt 2)) / 2, the normal distribution function. */
    private static void normalDistribution(INDArray x, INDArray share) {
        x.muli(Math.sqrt(0.5), share);
        Nd4j.getExecutioner().exec(new Erf(share, share));
        share.addi(1);
        share.muli(0.5);
    }

    @Override
    public void softmax(INDArray x, INDArray y) {
        Nd4j.exec(new SoftMax(Nd4jKernels.rows(x), Nd4jKernels.rows(y), 1));
    }

    @Override
    public void softmaxGradient(INDArray y, INDArray gy, INDArray gx) {
        INDArray rows = Nd4jKernels.rows(y);
        INDArray product = scratch.take(rows.shape());
        INDArray sums = scratch.take(rows.size(0), 1);
        INDArray ones = scratch.take(rows.size(1), 1);
        ones.assign(1);
        rows.muli(Nd4jKernels.rows(gy), product);
        products.multiply(product, ones, 0, sums);
        products.multiply(sums, ones.reshape('c', 1, rows.size(1)), 0, product);
        Nd4jKernels.rows(gy).subi(product, product);
        rows.muli(product, Nd4jKernels.rows(gx));
        scratch.give(product);
        scratch.give(sums);
        scratch.give(ones);
    }

    @Override
    public void attention(int heads, INDArray q, INDArray k, INDArray v, INDArray p, INDArray y) {
        forEachHead(heads, q, (n, h, work) -> {
            INDArray attention = square(p, n, h);
            products.multiplyTransposed(work.read(q), work.read(k), 0, attention);
            attention.muli(work.factor());
            softmax(attention, attention);
            INDArray result = work.take();
            products.multiply(attention, work.read(v), 0, result);
            work.write(result, y);
        });
    }

    @Override
    public void attentionGradients(
            int heads,
            INDArray q,
            INDArray k,
            INDArray v,
            INDArray p,
            INDArray gy,
            INDArray gq,
            INDArray gk,
            INDArray gv) {
        INDArray scores = scratch.take(q.size(1), q.size(1));
        forEachHead(heads, q, (n, h, work) -> {
            INDArray attention = square(p, n, h);
            INDArray g = work.read(gy);
            INDArray result = work.take();
            if (gv != null) {
                products.transposedMultiply(attention, g, result);
                work.write(result, gv);
            }
            products.multiplyTransposed(g, work.read(v), 0, scores);
            softmaxGradient(attention, scores, scores);
            scores.muli(work.factor());
            if (gq != null) {
                products.multiply(scores, work.read(k), 0, result);
                work.write(result, gq);
            }
            if (gk != null) {
                products.transposedMultiply(scores, work.read(q), result);
                work.write(result, gk);
            }
        });
        scratch.give(scores);
    }

    private interface HeadAction {
        void apply(long image, long head, Head work);
    }

    private void forEachHead(int heads, INDArray q, HeadAction action) {
        for (long n = 0; n < q.size(0); n++) {
            for (long h = 0; h < heads; h++) {
                try (Head work = new Head(n, h, q.size(1), q.size(2) / heads)) {
                    action.apply(n, h, work);
                }
            }
        }
    }

    /** One head's channels of one image, as dense copies. */
    private final class Head implements AutoCloseable {
        private final long[] start;
        private final long tokens;
        private final long size;
        private final List<INDArray> taken = new ArrayList<>();

        Head(long image, long head, long tokens, long size) {
            this.start = new long[] {image, 0, head * size};
            this.tokens = tokens;
            this.size = size;
        }

        double factor() {
            return 1 / Math.sqrt(size);
        }

        INDArray take() {
            INDArray array = scratch.take(tokens, size);
            taken.add(array);
            return array;
        }

        INDArray read(INDArray whole) {
            INDArray copy = take();
            kernels.readBox(whole, start, copy.reshape('c', 1, tokens, size));
            return copy;
        }

        void write(INDArray values, INDArray whole) {
            kernels.writeBox(values.reshape('c', 1, tokens, size), start, whole);
        }

        @Override
        public void close() {
            taken.forEach(scratch::give);
        }
    }

    /** The T x T attention of one head of one image. */
    private static INDArray square(INDArray p, long n, long h) {
        long tokens = p.size(3);
        long first = (n * p.size(1) + h) * tokens;
        return p.reshape('c', p.size(0) * p.size(1) * tokens, tokens)
                .get(NDArrayIndex.interval(first, first + tokens), NDArrayIndex.all());
    }
}
