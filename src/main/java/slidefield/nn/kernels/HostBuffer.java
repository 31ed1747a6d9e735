package slidefield.nn.kernels;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.BytePointer;

/** Work memory outside the heap, aligned to cache lines. */
final class HostBuffer implements AutoCloseable {
    private static final int LINE = 64;

    private final BytePointer memory;
    private final long address;
    private final FloatBuffer floats;

    /** Memory that is the caller's to close. */
    HostBuffer(long bytes) {
        memory = new BytePointer(bytes + LINE);
        long skipped = Math.floorMod(-memory.address(), (long) LINE);
        address = memory.address() + skipped;
        floats = new BytePointer(memory).position(skipped).asByteBuffer().asFloatBuffer();
    }

    /** Memory that is freed when the library is cleared. */
    HostBuffer(OneDnnLibrary library, long bytes) {
        this(bytes);
        library.onClose(this::close);
    }

    long address() {
        return address;
    }

    /** The same memory as float32 values. */
    FloatBuffer floats() {
        return floats;
    }

    @Override
    public void close() {
        memory.deallocate();
    }
}
