package io.github.spencerpark.ijava.runtime;

/** Stands where IJava's class of this name stands, for tests of how a kernel is found; none runs unless a test sets it. */
public final class Kernel {
    /** The fake kernel, or null. */
    public static volatile Object running;

    private Kernel() {}

    /** As IJava's. */
    public static Object getKernelInstance() {
        return running;
    }
}
