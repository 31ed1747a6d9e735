package slidefield.nn.kernels;

import org.nd4j.linalg.factory.Environment;
import org.nd4j.linalg.factory.Nd4j;

/** Settings of the array library, made once per process before its first array. */
public final class Nd4jRuntime {
    private static final String JAVACPP_LOGGER = "org.bytedeco.javacpp.logger";

    static {
        // JavaCPP prints to stderr by itself unless told to log.
        if (System.getProperty(JAVACPP_LOGGER) == null) {
            System.setProperty(JAVACPP_LOGGER, "slf4j");
        }
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
}
