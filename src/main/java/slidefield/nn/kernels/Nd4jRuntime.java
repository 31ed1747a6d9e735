package slidefield.nn.kernels;

import com.sun.jna.Library;
import com.sun.jna.Native;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.factory.Environment;
import org.nd4j.linalg.factory.Nd4j;

/** Settings of the native libraries, made once per process and best before its first array. */
public final class Nd4jRuntime {
    private static final String JAVACPP_LOGGER = "org.bytedeco.javacpp.logger";
    private static final String LIMIT = "org.bytedeco.javacpp.maxbytes";
    /** ND4J's number for the processor's own memory, where there is no graphics card. */
    private static final int HOST = 0;

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
        limitArrays(environment);
    }

    private Nd4jRuntime() {}

    /** Makes the settings on the first call; harmless afterwards. */
    public static void prepare() {
        // The static initialiser above has done it by now.
    }

    /**
     * The limit on memory outside the heap counts for ND4J's arrays too, where one was given: by itself ND4J takes what
     * there is, until the system ends the process.
     */
    private static void limitArrays(Environment environment) {
        long most = Pointer.maxBytes();
        if (System.getProperty(LIMIT) != null && most > 0 && environment.isCPU()) {
            environment.setDeviceLimit(HOST, most);
        }
    }

    /**
     * OpenMP's threads spin at the end of every parallel section by default, which takes the processor from the
     * very thread they wait for when other processes are busy. Ones that sleep at once cost the waking of a thread
     * in each of a hundred sections a step, which a virtual machine's host makes dear. So they spin for a quarter of
     * a millisecond (10,000 turns of libgomp, which both libraries share here) and then sleep. A policy that the
     * user set stays alone; OpenMP reads both variables when it is loaded.
     *
     * <p>{@code bench --preset teaching --modes recon} on two cores of a noisy host, settings in turn, best of two, ms:
     * asleep at once 54, 10,000 turns 50, 40,000 turns 54, always spinning 50. Beside two busy processes, median:
     * asleep at once 215 and 275, 10,000 turns 195 and 220, 40,000 turns 338, 100,000 turns 1,022, always spinning 633.
     */
    private static void waitPassively() {
        if (System.getenv("OMP_WAIT_POLICY") != null) {
            return;
        }
        try {
            C c = Native.load("c", C.class);
            c.setenv("OMP_WAIT_POLICY", "passive", 0);
            c.setenv("GOMP_SPINCOUNT", "10000", 0);
        } catch (UnsatisfiedLinkError otherPlatform) {
            // Windows has no such function; there the variable can only be set before the start.
        }
    }
}
