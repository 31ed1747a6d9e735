package slidefield.nn.kernels;

import static org.bytedeco.dnnl.global.dnnl.*;

import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_post_ops;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Matrix products of one shape, one per interpolation point, as one oneDNN primitive that stays on the thread
 * that runs it. To be made and run within {@link OpenMp#onThisThreadOnly}.
 */
final class WinogradProduct {
    static final int POINTS = WinogradTransform.IN * WinogradTransform.IN;

    private final OneDnnLibrary library;
    private final dnnl_memory_desc right;
    private final OneDnnCall call;
    private final HostBuffer scratch;

    private WinogradProduct(
            OneDnnLibrary library, dnnl_memory_desc a, dnnl_memory_desc b, dnnl_memory_desc c, boolean adds) {
        this.library = library;
        dnnl_primitive_desc description = new dnnl_primitive_desc();
        int status = dnnl_matmul_primitive_desc_create(
                description, library.engine(), a, b, null, c, attributes(library, adds));
        library.keep(status, description, "products of a Winograd convolution");
        right = dnnl_primitive_desc_query_md(description, dnnl_query_weights_md, 0);
        dnnl_memory_desc work = dnnl_primitive_desc_query_md(description, dnnl_query_scratchpad_md, 0);
        scratch = new HostBuffer(library, Math.max(64, dnnl_memory_desc_get_size(work)));
        call = new OneDnnCall(library, description)
                .argument(DNNL_ARG_SRC, a)
                .argument(DNNL_ARG_WEIGHTS, right)
                .argument(DNNL_ARG_DST, c)
                .argument(DNNL_ARG_SCRATCHPAD, work);
    }

    /** Tiles x I times I x O, the second in the order that {@link #right} says. */
    static WinogradProduct forward(OneDnnLibrary library, long tiles, long in, long out) {
        return new WinogradProduct(
                library,
                library.describe(DataType.FLOAT, dnnl_abc, POINTS, tiles, in),
                library.describe(DataType.FLOAT, dnnl_format_tag_any, POINTS, in, out),
                library.describe(DataType.FLOAT, dnnl_abc, POINTS, tiles, out),
                false);
    }

    /** The transpose of tiles x I times tiles x O, added to what is there. */
    static WinogradProduct gradient(OneDnnLibrary library, long tiles, long in, long out) {
        return new WinogradProduct(
                library,
                library.describe(DataType.FLOAT, dnnl_acb, POINTS, in, tiles),
                library.describe(DataType.FLOAT, dnnl_abc, POINTS, tiles, out),
                library.describe(DataType.FLOAT, dnnl_abc, POINTS, in, out),
                true);
    }

    /** The memory of library and thread is the caller's, so that objects of one thread serve another. */
    private static dnnl_primitive_attr attributes(OneDnnLibrary library, boolean adds) {
        dnnl_primitive_attr attributes = new dnnl_primitive_attr();
        OneDnnLibrary.check(dnnl_primitive_attr_create(attributes), "attributes");
        library.onClose(() -> dnnl_primitive_attr_destroy(attributes));
        OneDnnLibrary.check(
                dnnl_primitive_attr_set_scratchpad_mode(attributes, dnnl_scratchpad_mode_user), "scratch memory");
        if (adds) {
            dnnl_post_ops operations = new dnnl_post_ops();
            OneDnnLibrary.check(dnnl_post_ops_create(operations), "post-operations");
            OneDnnLibrary.check(dnnl_post_ops_append_sum(operations, 1f, 0, dnnl_data_type_undef), "fused sum");
            OneDnnLibrary.check(dnnl_primitive_attr_set_post_ops(attributes, operations), "post-operations");
            dnnl_post_ops_destroy(operations);
        }
        return attributes;
    }

    /** How the second factor must lie in memory. */
    dnnl_memory_desc right() {
        return right;
    }

    /** c = a b, or c += a b; all are addresses. */
    void run(long a, long b, long c) {
        call.run(a, b, c, scratch.address());
    }
}
