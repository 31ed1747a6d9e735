package slidefield.nn.kernels;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_post_ops;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.dnnl_version_t;
import org.nd4j.linalg.api.buffer.DataType;

/** A thin layer over oneDNN's C interface: one CPU engine and stream, and everything made with them. */
final class OneDnnLibrary {
    private final dnnl_engine engine = new dnnl_engine();
    private final dnnl_stream stream = new dnnl_stream();
    private final List<Runnable> cleanUp = new ArrayList<>();

    /**
     * @throws LinkageError if the library does not load
     */
    OneDnnLibrary() {
        check(dnnl_engine_create(engine, dnnl_cpu, 0), "engine");
        check(dnnl_stream_create(stream, engine, dnnl_stream_default_flags), "stream");
    }

    static String version() {
        dnnl_version_t version = dnnl_version();
        return version.major() + "." + version.minor() + "." + version.patch();
    }

    dnnl_engine engine() {
        return engine;
    }

    dnnl_stream stream() {
        return stream;
    }

    static void check(int status, String what) {
        if (status != dnnl_success) {
            throw new IllegalStateException("oneDNN: " + what + " failed with status " + status);
        }
    }

    /**
     * Whether the processor has instructions for products of bf16. The library also computes bf16 without them, but
     * slower than float32; on other processors than x86 it says no more than that it can compute it at all.
     */
    static boolean multipliesBfloat16() {
        int found = dnnl_get_effective_cpu_isa();
        if (found == dnnl_cpu_isa_default) {
            return !System.getProperty("os.arch").equals("amd64");
        }
        return hasAll(found, dnnl_cpu_isa_avx512_core_bf16) || hasAll(found, dnnl_cpu_isa_avx2_vnni_2);
    }

    /** Instruction sets are numbered by the bits of what they contain. */
    private static boolean hasAll(int found, int wanted) {
        return (found & wanted) == wanted;
    }

    /** The library's name of an array type. */
    static int type(DataType type) {
        return switch (type) {
            case FLOAT -> dnnl_f32;
            case BFLOAT16 -> dnnl_bf16;
            default -> throw new IllegalArgumentException("arrays of FLOAT or BFLOAT16 are expected, found " + type);
        };
    }

    /** A description of values; the tag is one of the library's dnnl_format_tag_t. */
    dnnl_memory_desc describe(DataType type, int tag, long... sizes) {
        dnnl_memory_desc description = new dnnl_memory_desc();
        int status = dnnl_memory_desc_create_with_tag(description, sizes.length, sizes, type(type), tag);
        check(status, "memory description");
        cleanUp.add(() -> dnnl_memory_desc_destroy(description));
        return description;
    }

    /** A description of values at the given distances, in values, along each axis. */
    dnnl_memory_desc describe(DataType type, long[] sizes, long[] strides) {
        dnnl_memory_desc description = new dnnl_memory_desc();
        int status = dnnl_memory_desc_create_with_strides(description, sizes.length, sizes, type(type), strides);
        check(status, "memory description");
        cleanUp.add(() -> dnnl_memory_desc_destroy(description));
        return description;
    }

    /** What a primitive adds to its result: an addend of the given description, or null, then the activation. */
    dnnl_primitive_attr attributes(dnnl_memory_desc addend, Activation activation) {
        dnnl_primitive_attr attributes = new dnnl_primitive_attr();
        check(dnnl_primitive_attr_create(attributes), "attributes");
        cleanUp.add(() -> dnnl_primitive_attr_destroy(attributes));
        dnnl_post_ops operations = new dnnl_post_ops();
        check(dnnl_post_ops_create(operations), "post-operations");
        if (addend != null) {
            check(dnnl_post_ops_append_binary(operations, dnnl_binary_add, addend), "fused addend");
        }
        if (activation != Activation.NONE) {
            check(
                    dnnl_post_ops_append_eltwise(operations, forward(activation), (float) activation.slope(), 0),
                    "fused activation");
        }
        check(dnnl_primitive_attr_set_post_ops(attributes, operations), "post-operations");
        dnnl_post_ops_destroy(operations);
        return attributes;
    }

    static int forward(Activation activation) {
        return switch (activation) {
            case RELU, LEAKY_RELU_02, LEAKY_RELU_03 -> dnnl_eltwise_relu;
            case SIGMOID -> dnnl_eltwise_logistic;
            case TANH -> dnnl_eltwise_tanh;
            case NONE -> throw new IllegalArgumentException("no algorithm is needed");
        };
    }

    /** The algorithm whose gradient follows from its output. */
    static int backward(Activation activation) {
        return switch (activation) {
            case RELU, LEAKY_RELU_02, LEAKY_RELU_03 -> dnnl_eltwise_relu_use_dst_for_bwd;
            case SIGMOID -> dnnl_eltwise_logistic_use_dst_for_bwd;
            case TANH -> dnnl_eltwise_tanh_use_dst_for_bwd;
            case NONE -> throw new IllegalArgumentException("no algorithm is needed");
        };
    }

    /** Keeps a primitive's description until {@link #clear}; what it answers is only valid that long. */
    dnnl_primitive_desc keep(int status, dnnl_primitive_desc description, String what) {
        check(status, what);
        cleanUp.add(() -> dnnl_primitive_desc_destroy(description));
        return description;
    }

    dnnl_primitive create(dnnl_primitive_desc description) {
        dnnl_primitive primitive = new dnnl_primitive();
        check(dnnl_primitive_create(primitive, description), "primitive");
        cleanUp.add(() -> dnnl_primitive_destroy(primitive));
        return primitive;
    }

    /** A memory object without memory: the address is set before each run. */
    dnnl_memory memory(dnnl_memory_desc description) {
        dnnl_memory memory = new dnnl_memory();
        check(dnnl_memory_create(memory, description, engine, null), "memory");
        cleanUp.add(() -> dnnl_memory_destroy(memory));
        return memory;
    }

    /** Runs at {@link #clear}, before what was made earlier is destroyed. */
    void onClose(Runnable action) {
        cleanUp.add(action);
    }

    /** Destroys everything made since the last time; engine and stream stay. */
    void clear() {
        for (int i = cleanUp.size() - 1; i >= 0; i--) {
            cleanUp.get(i).run();
        }
        cleanUp.clear();
    }
}
