package slidefield.nn.kernels;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One cached oneDNN primitive with its arguments, run on the memory of whatever arrays a call brings. */
final class OneDnnCall {
    private final OneDnnLibrary library;
    private final dnnl_primitive primitive;
    private final List<Integer> numbers = new ArrayList<>();
    private final List<dnnl_memory> memories = new ArrayList<>();
    private final Address address = new Address();
    private dnnl_exec_arg_t arguments;

    OneDnnCall(OneDnnLibrary library, dnnl_primitive_desc description) {
        this.library = library;
        this.primitive = library.create(description);
    }

    /** Copies values from one order or type to another. */
    static OneDnnCall reorder(OneDnnLibrary library, dnnl_memory_desc from, dnnl_memory_desc to) {
        dnnl_primitive_desc way = new dnnl_primitive_desc();
        int status = dnnl_reorder_primitive_desc_create(way, from, library.engine(), to, library.engine(), null);
        return new OneDnnCall(library, library.keep(status, way, "reorder"))
                .argument(DNNL_ARG_FROM, from)
                .argument(DNNL_ARG_TO, to);
    }

    /** Declares the next argument of {@link #run}: its number (DNNL_ARG_...) and what lies there. */
    OneDnnCall argument(int number, dnnl_memory_desc description) {
        numbers.add(number);
        memories.add(library.memory(description));
        return this;
    }

    /** Runs on the given addresses, in the order of the declarations. */
    void run(long... addresses) {
        if (addresses.length != memories.size()) {
            throw new IllegalArgumentException(memories.size() + " addresses are expected, found " + addresses.length);
        }
        if (arguments == null) {
            prepare();
        }
        for (int i = 0; i < addresses.length; i++) {
            OneDnnLibrary.check(
                    dnnl_memory_set_data_handle(memories.get(i), address.at(addresses[i])), "memory address");
        }
        OneDnnLibrary.check(
                dnnl_primitive_execute(primitive, library.stream(), addresses.length, arguments), "execution");
        OneDnnLibrary.check(dnnl_stream_wait(library.stream()), "execution");
    }

    private void prepare() {
        dnnl_exec_arg_t list = new dnnl_exec_arg_t(memories.size());
        for (int i = 0; i < memories.size(); i++) {
            list.position(i).arg(numbers.get(i)).memory(memories.get(i));
        }
        arguments = list.position(0);
        library.onClose(list::deallocate);
    }

    /** Where the first element of a dense array lies; the array must stay reachable until the call is over. */
    static long address(INDArray array) {
        return array.data().addressPointer().address();
    }

    private static final class Address extends Pointer {
        Address at(long location) {
            address = location;
            return this;
        }
    }
}
