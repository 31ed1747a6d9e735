package slidefield.nn.kernels;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Which convolutions go by Winograd's way, and their plans: float32 or bf16, 3 x 3 taps, stride 1, size kept, any
 * dilation, and enough channels that the products outweigh the transforms. The system property {@code
 * slidefield.winograd} set to false sends all the direct way.
 */
final class Winograd {
    private static final boolean WANTED = !"false".equals(System.getProperty("slidefield.winograd"));
    private static final int FEWEST_PIXELS = 32 * 32;

    private record Key(long images, long height, long width, int dilation, long in, long out) {}

    private final OneDnnLibrary library;
    private final Choice choice;
    private final List<WinogradWorker> workers = new ArrayList<>();
    private final Map<Key, WinogradConvolution> plans = new HashMap<>();

    /** For which images and channels Winograd's way is to be taken. */
    interface Choice {
        boolean pays(DataType type, long in, long out);
    }

    Winograd(OneDnnLibrary library) {
        this(library, (type, in, out) -> pays(Processor.info(), type, in, out));
    }

    /** @param choice where it pays */
    Winograd(OneDnnLibrary library, Choice choice) {
        this.library = library;
        this.choice = choice;
    }

    /**
     * Where it pays, for a window of 128 x 128. AMD's Zen 4 multiplies a vector of 512 bits in two halves, so that the
     * direct way has less of an advantage: 32 channels are 1.1 to 1.4 times as fast. Intel's Cascade Lake takes 1.3 to
     * 1.6 times as long at 32 channels, and is 1.1 to 1.6 times as fast at 64. The direct way multiplies in bf16 where
     * the images are bf16, this one in float32: on Zen 4 it is still 1.1 to 1.2 times as fast from 128 to 128 channels,
     * 1.2 to 1.3 times from 256 to 96 or 128, and slightly slower from 96 to 96. The choice depends on nothing else, so
     * that a machine always gives the same bits.
     */
    static boolean pays(String cpuInfo, DataType type, long in, long out) {
        boolean amd = cpuInfo.contains("AuthenticAMD");
        long fewest = Math.min(in, out);
        return switch (type) {
            case FLOAT -> fewest >= (amd ? 24 : 64);
            case BFLOAT16 -> amd && fewest >= 96 && in + out >= 256;
            default -> false;
        };
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

    private boolean suits(OneDnnConvolution.Key key) {
        Convolution geometry = key.geometry();
        return WANTED
                && OpenMp.available()
                && geometry.square()
                && geometry.kernel() == 3
                && geometry.stride() == 1
                && geometry.padding() == geometry.dilation()
                && (key.activation() == Activation.NONE || key.activation() == Activation.RELU)
                && choice.pays(key.type(), key.in(), key.out())
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
