package slidefield.field;

import org.nd4j.linalg.factory.Nd4j;

/** Whether the backend's arrays lie in the processor's own memory, where plain loops can work on them. */
final class HostMemory {
    static final boolean AVAILABLE =
            !Nd4j.getBackend().getClass().getSimpleName().contains("Cuda")
                    && !Nd4j.getBackend().getClass().getSimpleName().contains("Jcublas");

    private HostMemory() {}
}
