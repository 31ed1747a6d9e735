package slidefield.nn.kernels;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Which convolutions go by Winograd's way, and their plans: float32, 3 x 3 taps, stride 1, size kept, any dilation,
 * and enough channels that the products outweigh the transforms. The system property {@code slidefield.winograd}
 * set to false sends all the direct way.
 */
final class Winograd {
    private static final boolean WANTED = !"false".equals(System.getProperty("slidefield.winograd"));
    /** Below this many input and output channels the direct way is as fast. */
    private static final int FEWEST_CHANNELS = 24;

    private static final int FEWEST_PIXELS = 32 * 32;

    private record Key(long images, long height, long width, int dilation, long in, long out) {}

    private final OneDnnLibrary library;
    private final List<WinogradWorker> workers = new ArrayList<>();
    private final Map<Key, WinogradConvolution> plans = new HashMap<>();

    Winograd(OneDnnLibrary library) {
        this.library = library;
    }

    /** The plan for a convolution, or null where the direct way is to be taken. */
    WinogradConvolution plan(OneDnnConvolution.Key key) {
        if (!suits(key)) {
            return null;
        }
        Key size =
                new Key(key.images(), key.height(), key.width(), key.geometry().dilation(), key.in(), key.out());
        return plans.computeIfAbsent(size, this::make);
    }

    private static boolean suits(OneDnnConvolution.Key key) {
        Convolution geometry = key.geometry();
        return WANTED
                && OpenMp.available()
                && key.type() == DataType.FLOAT
                && geometry.kernel() == 3
                && geometry.stride() == 1
                && geometry.padding() == geometry.dilation()
                && key.activation() != Activation.SIGMOID
                && Math.min(key.in(), key.out()) >= FEWEST_CHANNELS
                && key.height() * key.width() >= FEWEST_PIXELS
                && key.images() * key.height() * key.width() * Math.max(key.in(), key.out()) < Integer.MAX_VALUE;
    }

    private WinogradConvolution make(Key key) {
        while (workers.size() < OpenMp.threads()) {
            workers.add(new WinogradWorker());
        }
        return new WinogradConvolution(
                library,
                workers,
                (int) key.images(),
                (int) key.height(),
                (int) key.width(),
                key.dilation(),
                (int) key.in(),
                (int) key.out());
    }

    /** Frees all memory; plans are made anew when needed. */
    void clear() {
        plans.clear();
        workers.forEach(WinogradWorker::clear);
    }
}
