package slidefield.nn.kernels;

import com.sun.jna.Library;
import com.sun.jna.Native;
import org.nd4j.linalg.factory.Environment;
import org.nd4j.linalg.factory.Nd4j;

/** Settings of the native libraries, made once per process and best before its first array. */
public final class Nd4jRuntime {
    private static final String JAVACPP_LOGGER = "org.bytedeco.javacpp.logger";

    /** The C library's way to change what native libraries, loaded later, find in the environment. */
    private interface C extends Library {
        int setenv(String name, String value, int overwrite);
    }

    static {
        // JavaCPP prints to stderr by itself unless told to log.
        if (System.getProperty(JAVACPP_LOGGER) == null) {
            System.setProperty(JAVACPP_LOGGER, "slf4j");
        }
        waitPassively();
        Environment environment = Nd4j.getEnvironment();
        // Arrays are pooled and closed, so a collection every few seconds would only cost time.
        Nd4j.getMemoryManager().togglePeriodicGc(false);
        // Element-wise operations are bound by memory: on one thread 0.1 ms for 2 MB, on two the same when the
        // machine is idle and 4 ms (a scheduler slice spent at a barrier) when another process is busy.
        environment.setMaxMasterThreads(1);
    }

    private Nd4jRuntime() {}

    /** Makes the settings on the first call; harmless afterwards. */
    public static void prepare() {
        // The static initialiser above has done it by now.
    }

    /**
     * OpenMP's threads spin at the end of every parallel section by default, which takes the processor from the
     * very thread they wait for when other processes are busy: a training step took 700 ms instead of 100 on a
     * loaded machine. OpenMP reads this variable when it is loaded; a value that the user set stays.
     */
    private static void waitPassively() {
        try {
            Native.load("c", C.class).setenv("OMP_WAIT_POLICY", "passive", 0);
        } catch (UnsatisfiedLinkError otherPlatform) {
            // Windows has no such function; there the variable can only be set before the start.
        }
    }
}
