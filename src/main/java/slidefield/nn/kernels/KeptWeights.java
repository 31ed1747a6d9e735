package slidefield.nn.kernels;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What kernels derive from weights, kept together with a copy of the weights it was made from, and used again while
 * they are the same to the byte: for a layer that is frozen it is made once. Where weights changed, the first
 * difference ends the comparison.
 */
final class KeptWeights {
    /** Layers of one shape whose derived weights are kept. */
    private static final int LAYERS = 32;

    private final long ownBytes;
    private final long bytes;
    private final Maker maker;
    /** By address, the least recently used first. An address is where to look: what lies there is compared. */
    private final Map<Long, Layer> layers = new LinkedHashMap<>(LAYERS, 0.75f, true);

    /** Derives from weights what is to be kept. */
    interface Maker {
        void make(INDArray weights, long into);
    }

    /** One layer's weights, ours and what was made of them. */
    private static final class Layer {
        private final BytePointer ours;
        private final HostBuffer derived;
        private boolean filled;

        Layer(long ownBytes, long bytes) {
            ours = new BytePointer(ownBytes);
            derived = new HostBuffer(bytes);
        }

        void close() {
            ours.deallocate();
            derived.close();
        }
    }

    /**
     * @param library frees everything when it is cleared
     * @param ownBytes of the weights
     * @param bytes of what is made of them
     */
    KeptWeights(OneDnnLibrary library, long ownBytes, long bytes, Maker maker) {
        this.ownBytes = ownBytes;
        this.bytes = bytes;
        this.maker = maker;
        library.onClose(() -> {
            layers.values().forEach(Layer::close);
            layers.clear();
        });
    }

    /** Where what was derived from the given weights lies; valid until the next call. */
    long read(INDArray w) {
        long address = OneDnnCall.address(w);
        Layer layer = layers.get(address);
        if (layer == null) {
            dropOldest();
            layer = new Layer(ownBytes, bytes);
            layers.put(address, layer);
        }
        Pointer weights = w.data().addressPointer();
        if (!layer.filled || Pointer.memcmp(layer.ours, weights, ownBytes) != 0) {
            maker.make(w, layer.derived.address());
            Pointer.memcpy(layer.ours, weights, ownBytes);
            layer.filled = true;
        }
        return layer.derived.address();
    }

    private void dropOldest() {
        if (layers.size() >= LAYERS) {
            Iterator<Layer> oldest = layers.values().iterator();
            oldest.next().close();
            oldest.remove();
        }
    }
}
