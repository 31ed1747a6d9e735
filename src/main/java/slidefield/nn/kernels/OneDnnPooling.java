package slidefield.nn.kernels;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * oneDNN's pooling primitives in FLOAT and BFLOAT16, made once per shape and type. The library keeps the winners of a
 * maximum as one byte each, in the order of the results, as {@link ImageKernels#maxPooling} wants them.
 */
final class OneDnnPooling {
    private final OneDnnLibrary library;
    private final Map<Key, Primitives> primitives = new HashMap<>();

    /** Sizes are those of the image and of the result. */
    private record Key(
            DataType type,
            Convolution window,
            boolean max,
            boolean winners,
            long images,
            long channels,
            long height,
            long width,
            long outHeight,
            long outWidth) {}

    OneDnnPooling(OneDnnLibrary library) {
        this.library = library;
    }

    void max(Convolution window, INDArray x, INDArray y, INDArray winners) {
        Primitives found = primitives(window, true, winners != null, x, y);
        if (winners == null) {
            found.forward().run(OneDnnCall.address(x), OneDnnCall.address(y));
        } else {
            found.forward().run(OneDnnCall.address(x), OneDnnCall.address(y), OneDnnCall.address(winners));
        }
    }

    void maxGradient(Convolution window, INDArray winners, INDArray gy, INDArray gx) {
        primitives(window, true, true, gx, gy)
                .backward()
                .run(OneDnnCall.address(gy), OneDnnCall.address(gx), OneDnnCall.address(winners));
    }

    void average(Convolution window, INDArray x, INDArray y) {
        primitives(window, false, false, x, y).forward().run(OneDnnCall.address(x), OneDnnCall.address(y));
    }

    void averageGradient(Convolution window, INDArray gy, INDArray gx) {
        primitives(window, false, false, gx, gy).backward().run(OneDnnCall.address(gy), OneDnnCall.address(gx));
    }

    private Primitives primitives(Convolution window, boolean max, boolean winners, INDArray x, INDArray y) {
        Key key = new Key(
                x.dataType(), window, max, winners, x.size(0), x.size(3), x.size(1), x.size(2), y.size(1), y.size(2));
        return primitives.computeIfAbsent(key, Primitives::new);
    }

    /** Forgets all primitives; to be called before the library destroys them. */
    void clear() {
        primitives.clear();
    }

    private final class Primitives {
        private final Key key;
        private final dnnl_memory_desc x;
        private final dnnl_memory_desc y;
        private final dnnl_primitive_desc description = new dnnl_primitive_desc();
        private final dnnl_memory_desc winners;
        private OneDnnCall forward;
        private OneDnnCall backward;

        Primitives(Key key) {
            this.key = key;
            x = library.describe(key.type(), dnnl_nhwc, key.images(), key.channels(), key.height(), key.width());
            y = library.describe(key.type(), dnnl_nhwc, key.images(), key.channels(), key.outHeight(), key.outWidth());
            // an average has no winners: its backward primitive takes a forward one of either kind as a hint
            boolean training = key.winners() || !key.max();
            int status = dnnl_pooling_forward_primitive_desc_create(
                    description,
                    library.engine(),
                    training ? dnnl_forward_training : dnnl_forward_inference,
                    algorithm(),
                    x,
                    y,
                    both(key.window().stride()),
                    new long[] {key.window().height(), key.window().width()},
                    both(0),
                    padding(),
                    padding(),
                    null);
            library.keep(status, description, "pooling " + key);
            winners = key.winners() ? winners() : null;
        }

        private dnnl_memory_desc winners() {
            dnnl_memory_desc found = dnnl_primitive_desc_query_md(description, dnnl_query_workspace_md, 0);
            long wanted = key.images() * key.channels() * key.outHeight() * key.outWidth();
            if (dnnl_memory_desc_get_size(found) != wanted) {
                throw new IllegalStateException("oneDNN: one byte per winner is expected, found "
                        + dnnl_memory_desc_get_size(found) + " bytes for " + key);
            }
            return found;
        }

        private int algorithm() {
            return key.max() ? dnnl_pooling_max : dnnl_pooling_avg_include_padding;
        }

        private long[] padding() {
            return new long[] {key.window().verticalPadding(), key.window().horizontalPadding()};
        }

        private static long[] both(long size) {
            return new long[] {size, size};
        }

        OneDnnCall forward() {
            if (forward == null) {
                forward = withWinners(new OneDnnCall(library, description)
                        .argument(DNNL_ARG_SRC, x)
                        .argument(DNNL_ARG_DST, y));
            }
            return forward;
        }

        OneDnnCall backward() {
            if (backward == null) {
                dnnl_primitive_desc gradient = new dnnl_primitive_desc();
                int status = dnnl_pooling_backward_primitive_desc_create(
                        gradient,
                        library.engine(),
                        algorithm(),
                        x,
                        y,
                        both(key.window().stride()),
                        new long[] {key.window().height(), key.window().width()},
                        both(0),
                        padding(),
                        padding(),
                        description,
                        null);
                library.keep(status, gradient, "pooling gradient " + key);
                backward = withWinners(new OneDnnCall(library, gradient)
                        .argument(DNNL_ARG_DIFF_DST, y)
                        .argument(DNNL_ARG_DIFF_SRC, x));
            }
            return backward;
        }

        private OneDnnCall withWinners(OneDnnCall call) {
            return winners == null ? call : call.argument(DNNL_ARG_WORKSPACE, winners);
        }
    }
}
