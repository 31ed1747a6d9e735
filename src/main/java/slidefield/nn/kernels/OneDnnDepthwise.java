package slidefield.nn.kernels;

import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The fast depth-wise convolution: oneDNN's grouped convolutions with one channel a group, made once per shape and type. The
 * gradients of weights are computed in float32 always, as those of volumes are.
 */
final class OneDnnDepthwise {
    private final OneDnnLibrary library;
    private final ImageKernels reference;
    private final ArrayPool scratch;
    private final Map<Key, OneDnnConvolution> convolutions = new HashMap<>();

    /** What a set of primitives is made for; type and sizes are those of x. Weights and bias are FLOAT. */
    private record Key(
            DataType type, Convolution geometry, long images, long height, long width, long channels, boolean bias) {
        OneDnnConvolution.Sizes sizes() {
            return new OneDnnConvolution.Sizes(
                    new long[] {images, channels, height, width},
                    new long[] {images, channels, geometry.outputHeight(height), geometry.outputWidth(width)},
                    new long[] {channels, 1, 1, geometry.height(), geometry.width()},
                    geometry.stride(),
                    geometry.dilation(),
                    new long[] {geometry.verticalPadding(), geometry.horizontalPadding()});
        }
    }

    /**
     * @param library makes the primitives
     * @param reference does what is rare
     * @param scratch of float32 copies
     */
    OneDnnDepthwise(OneDnnLibrary library, ImageKernels reference, ArrayPool scratch) {
        this.library = library;
        this.reference = reference;
        this.scratch = scratch;
    }

    void forward(Convolution geometry, INDArray x, INDArray w, INDArray bias, INDArray y) {
        primitives(geometry, x, bias != null).forward(x, w, bias, null, y);
    }

    void gradients(Convolution geometry, INDArray x, INDArray w, INDArray gy, INDArray gx, INDArray gw, INDArray gb) {
        if (gx != null) {
            primitives(geometry, x, gb != null).inputGradient(w, gy, gx);
        }
        if (gw != null) {
            try (Converted converted = new Converted(scratch)) {
                INDArray xs = converted.in(x);
                primitives(geometry, xs, gb != null).weightGradients(xs, converted.in(gy), gw, gb);
            }
        } else if (gb != null) {
            reference.depthwiseGradients(geometry, x, w, gy, null, null, gb);
        }
    }

    private OneDnnConvolution primitives(Convolution geometry, INDArray x, boolean bias) {
        Key key = new Key(x.dataType(), geometry, x.size(0), x.size(1), x.size(2), x.size(3), bias);
        return convolutions.computeIfAbsent(
                key, k -> new OneDnnConvolution(library, k, k.type(), k.sizes(), bias, false, Activation.NONE));
    }

    /** Forgets all primitives; to be called before the library destroys them. */
    void clear() {
        convolutions.clear();
    }
}
