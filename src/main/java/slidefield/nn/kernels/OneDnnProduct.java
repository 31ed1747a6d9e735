package slidefield.nn.kernels;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.util.Random;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A square matrix product c = a b by oneDNN, each matrix in the layout that the library likes best and all in one
 * precision; sums are float32. It is what {@link PeakProbe} times.
 */
final class OneDnnProduct implements PeakProbe.Product {
    private final OneDnnLibrary library = new OneDnnLibrary();
    private final int size;
    private final OneDnnCall product;
    private final Matrix a;
    private final Matrix b;
    private final Matrix c;

    /**
     * @param type FLOAT or BFLOAT16
     * @param size rows and columns of all three matrices
     * @param seed of the factors' values, in (-1, 1)
     * @throws LinkageError if the native library does not load here
     * @throws IllegalStateException if it has no product of this type
     */
    OneDnnProduct(DataType type, int size, long seed) {
        this.size = size;
        dnnl_memory_desc any = describe(type, dnnl_format_tag_any);
        dnnl_primitive_desc description = new dnnl_primitive_desc();
        int status = dnnl_matmul_primitive_desc_create(description, library.engine(), any, any, null, any, null);
        library.keep(status, description, "product of two " + size + " x " + size + " matrices in " + type);
        a = new Matrix(description, dnnl_query_src_md);
        b = new Matrix(description, dnnl_query_weights_md);
        c = new Matrix(description, dnnl_query_dst_md);
        product = new OneDnnCall(library, description)
                .argument(DNNL_ARG_SRC, a.description)
                .argument(DNNL_ARG_WEIGHTS, b.description)
                .argument(DNNL_ARG_DST, c.description);
        Random random = new Random(seed);
        a.set(PeakProbe.values(size * size, random));
        b.set(PeakProbe.values(size * size, random));
    }

    @Override
    public void run() {
        product.run(a.address(), b.address(), c.address());
    }

    /** The result of the last run, row-major. */
    float[] result() {
        return c.get();
    }

    @Override
    public void close() {
        library.clear();
    }

    private dnnl_memory_desc describe(DataType type, int tag) {
        return library.describe(type, tag, size, size);
    }

    /** One matrix in the product's own layout and precision. */
    private final class Matrix {
        private final dnnl_memory_desc description;
        private final BytePointer memory;

        Matrix(dnnl_primitive_desc product, int query) {
            description = dnnl_primitive_desc_query_md(product, query, 0);
            memory = new BytePointer(dnnl_memory_desc_get_size(description));
            library.onClose(memory::deallocate);
        }

        long address() {
            return memory.address();
        }

        void set(float[] rows) {
            try (FloatPointer values = new FloatPointer(rows)) {
                reorder(describe(DataType.FLOAT, dnnl_ab), values.address(), description, address());
            }
        }

        float[] get() {
            try (FloatPointer values = new FloatPointer((long) size * size)) {
                reorder(description, address(), describe(DataType.FLOAT, dnnl_ab), values.address());
                float[] rows = new float[size * size];
                values.get(rows);
                return rows;
            }
        }

        private void reorder(dnnl_memory_desc from, long at, dnnl_memory_desc to, long into) {
            OneDnnCall.reorder(library, from, to).run(at, into);
        }
    }
}
