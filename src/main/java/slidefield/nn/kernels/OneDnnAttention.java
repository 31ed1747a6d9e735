package slidefield.nn.kernels;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_post_ops;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Multi-head attention by oneDNN's batched matrix products, made once per size. Heads are read and written where they
 * lie between each other, as matrices with a distance between their rows.
 */
final class OneDnnAttention {
    private final OneDnnLibrary library;
    private final OneDnnSoftmax softmax;
    private final ArrayPool scratch;
    private final Map<Key, Primitives> primitives = new HashMap<>();

    private record Key(long images, long tokens, long channels, long heads) {
        static Key of(int heads, INDArray q) {
            return new Key(q.size(0), q.size(1), q.size(2), heads);
        }

        long size() {
            return channels / heads;
        }
    }

    OneDnnAttention(OneDnnLibrary library, OneDnnSoftmax softmax, ArrayPool scratch) {
        this.library = library;
        this.softmax = softmax;
        this.scratch = scratch;
    }

    /** The products of one size, named by their factors; T is for transposed. */
    private final class Primitives {
        private final OneDnnCall scores;
        private final OneDnnCall weighted;
        private final OneDnnCall attentionTByGradient;
        private final OneDnnCall gradientByValuesT;
        private final OneDnnCall scoresByKeys;
        private final OneDnnCall scoresTByQueries;

        Primitives(Key key) {
            long t = key.tokens();
            long c = key.channels();
            long d = key.size();
            long h = key.heads();
            long[] tall = {key.images(), h, t, d};
            long[] flat = {key.images(), h, d, t};
            long[] even = {key.images(), h, t, t};
            dnnl_memory_desc tokens = library.describe(DataType.FLOAT, tall, new long[] {t * c, d, c, 1});
            dnnl_memory_desc tokensT = library.describe(DataType.FLOAT, flat, new long[] {t * c, d, 1, c});
            dnnl_memory_desc square = library.describe(DataType.FLOAT, even, new long[] {h * t * t, t * t, t, 1});
            dnnl_memory_desc squareT = library.describe(DataType.FLOAT, even, new long[] {h * t * t, t * t, 1, t});
            float factor = (float) (1 / Math.sqrt(d));
            scores = product(tokens, tokensT, square, factor);
            weighted = product(square, tokens, tokens, 1);
            attentionTByGradient = product(squareT, tokens, tokens, 1);
            gradientByValuesT = product(tokens, tokensT, square, 1);
            scoresByKeys = product(square, tokens, tokens, factor);
            scoresTByQueries = product(squareT, tokens, tokens, factor);
        }
    }

    /** c = factor a b. */
    private OneDnnCall product(dnnl_memory_desc a, dnnl_memory_desc b, dnnl_memory_desc c, float factor) {
        dnnl_primitive_attr attributes = new dnnl_primitive_attr();
        OneDnnLibrary.check(dnnl_primitive_attr_create(attributes), "attributes");
        library.onClose(() -> dnnl_primitive_attr_destroy(attributes));
        if (factor != 1) {
            dnnl_post_ops operations = new dnnl_post_ops();
            OneDnnLibrary.check(dnnl_post_ops_create(operations), "post-operations");
            OneDnnLibrary.check(
                    dnnl_post_ops_append_eltwise(operations, dnnl_eltwise_linear, factor, 0), "fused factor");
            OneDnnLibrary.check(dnnl_primitive_attr_set_post_ops(attributes, operations), "post-operations");
            dnnl_post_ops_destroy(operations);
        }
        dnnl_primitive_desc description = new dnnl_primitive_desc();
        int status = dnnl_matmul_primitive_desc_create(description, library.engine(), a, b, null, c, attributes);
        library.keep(status, description, "batched product");
        return new OneDnnCall(library, description)
                .argument(DNNL_ARG_SRC, a)
                .argument(DNNL_ARG_WEIGHTS, b)
                .argument(DNNL_ARG_DST, c);
    }

    private Primitives primitives(int heads, INDArray q) {
        return primitives.computeIfAbsent(Key.of(heads, q), Primitives::new);
    }

    /** As {@link TransformerKernels#attention}. */
    void forward(int heads, INDArray q, INDArray k, INDArray v, INDArray p, INDArray y) {
        Primitives products = primitives(heads, q);
        run(products.scores, q, k, p);
        softmax.forward(p, p);
        run(products.weighted, p, v, y);
    }

    /** As {@link TransformerKernels#attentionGradients}. */
    void gradients(
            int heads,
            INDArray q,
            INDArray k,
            INDArray v,
            INDArray p,
            INDArray gy,
            INDArray gq,
            INDArray gk,
            INDArray gv) {
        Primitives products = primitives(heads, q);
        if (gv != null) {
            run(products.attentionTByGradient, p, gy, gv);
        }
        INDArray scores = scratch.take(p.shape());
        run(products.gradientByValuesT, gy, v, scores);
        softmax.gradient(p, scores, scores);
        if (gq != null) {
            run(products.scoresByKeys, scores, k, gq);
        }
        if (gk != null) {
            run(products.scoresTByQueries, scores, q, gk);
        }
        scratch.give(scores);
    }

    private static void run(OneDnnCall product, INDArray a, INDArray b, INDArray c) {
        product.run(OneDnnCall.address(a), OneDnnCall.address(b), OneDnnCall.address(c));
    }

    /** Forgets all primitives; to be called before the library destroys them. */
    void clear() {
        primitives.clear();
    }
}
