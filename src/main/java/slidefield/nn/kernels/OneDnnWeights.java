package slidefield.nn.kernels;

import static org.bytedeco.dnnl.global.dnnl.*;

import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Weights in the order and type that a primitive likes, made from ours (kernel x kernel x I x O, float32) and kept
 * while those are the same. Comparing 128 x 128 x 3 x 3 weights takes 13 us; reordering and copying them 45 us in a
 * loop of nothing else and 150 to 250 within a training step, where threads sleep and caches are cold.
 */
final class OneDnnWeights {
    private final dnnl_memory_desc description;
    private final long bytes;
    private final long ownBytes;
    private final boolean same;
    private final OneDnnCall reorder;
    private final KeptWeights kept;

    /**
     * @param library makes the way from one order to the other
     * @param primitive whose weights are wanted
     * @param own our order of the same weights
     */
    OneDnnWeights(OneDnnLibrary library, dnnl_primitive_desc primitive, dnnl_memory_desc own) {
        description = dnnl_primitive_desc_query_md(primitive, dnnl_query_weights_md, 0);
        bytes = dnnl_memory_desc_get_size(description);
        ownBytes = dnnl_memory_desc_get_size(own);
        reorder = OneDnnCall.reorder(library, own, description);
        same = bytes == ownBytes && movesNothing();
        kept = new KeptWeights(library, ownBytes, bytes, (w, into) -> reorder.run(OneDnnCall.address(w), into));
    }

    /** Whether both orders are the same, byte for byte: tried out, because one order may have several names. */
    private boolean movesNothing() {
        int count = (int) Math.min(1 << 24, ownBytes / Float.BYTES);
        if (count * (long) Float.BYTES != ownBytes) {
            // not every place could have a number of its own
            return false;
        }
        try (FloatPointer numbered = new FloatPointer(count);
                BytePointer moved = new BytePointer(bytes)) {
            for (int i = 0; i < count; i++) {
                numbered.put(i, i);
            }
            reorder.run(numbered.address(), moved.address());
            return Pointer.memcmp(numbered, moved, ownBytes) == 0;
        }
    }

    /** What lies at the addresses that {@link #read} gives. */
    dnnl_memory_desc description() {
        return description;
    }

    /** Where the given weights lie in the order that the primitive likes; valid until the next call. */
    long read(INDArray w) {
        return same ? OneDnnCall.address(w) : kept.read(w);
    }
}
