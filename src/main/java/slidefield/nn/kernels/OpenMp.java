package slidefield.nn.kernels;

import com.sun.jna.Native;

/**
 * The native libraries' own threads (GNU OpenMP on Linux). Each Java thread has a limit of its own for what it
 * starts, so that several Java threads can each run single-threaded primitives side by side.
 */
final class OpenMp {
    /** What the functions are called in the library. */
    private static final class Gomp {
        static native int omp_get_max_threads();

        static native void omp_set_num_threads(int count);
    }

    private static final boolean AVAILABLE = bind();

    private OpenMp() {}

    /** The copy that oneDNN brought is already in the process by then, and is found by its name. */
    private static boolean bind() {
        try {
            Native.register(Gomp.class, "libgomp.so.1");
            return true;
        } catch (UnsatisfiedLinkError absent) {
            return false;
        }
    }

    /** Whether the limit can be set on this platform. */
    static boolean available() {
        return AVAILABLE;
    }

    /** How many threads a primitive of this Java thread may use; at least 1. */
    static int threads() {
        return AVAILABLE ? Math.max(1, Gomp.omp_get_max_threads()) : 1;
    }

    /** Runs something whose primitives all stay on the calling thread. */
    static void onThisThreadOnly(Runnable work) {
        int before = Gomp.omp_get_max_threads();
        Gomp.omp_set_num_threads(1);
        try {
            work.run();
        } finally {
            Gomp.omp_set_num_threads(before);
        }
    }
}
