package slidefield.nn.kernels;

import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The fast CPU path for volumes: oneDNN's three-dimensional convolutions, made once per shape and type. */
final class OneDnnVolumeKernels implements VolumeKernels {
    private final OneDnnLibrary library;
    private final VolumeKernels reference;
    private final ArrayPool scratch;
    private final Map<Key, OneDnnConvolution> convolutions = new HashMap<>();

    /** What a set of primitives is made for; type and sizes are those of x and y. Weights and bias are FLOAT. */
    private record Key(
            DataType type,
            VolumeConvolution geometry,
            long volumes,
            long depth,
            long height,
            long width,
            long in,
            long out,
            boolean bias,
            boolean addend,
            Activation activation) {
        OneDnnConvolution.Sizes sizes() {
            Convolution plane = geometry.plane();
            return new OneDnnConvolution.Sizes(
                    new long[] {volumes, in, depth, height, width},
                    new long[] {
                        volumes, out, geometry.outputDepth(depth), plane.outputHeight(height), plane.outputWidth(width)
                    },
                    new long[] {out, in, geometry.depth(), plane.height(), plane.width()},
                    plane.stride(),
                    plane.dilation(),
                    new long[] {geometry.depthPadding(), plane.verticalPadding(), plane.horizontalPadding()});
        }
    }

    /**
     * @param library makes the primitives
     * @param reference does what is rare
     */
    OneDnnVolumeKernels(OneDnnLibrary library, VolumeKernels reference, ArrayPool scratch) {
        this.library = library;
        this.reference = reference;
        this.scratch = scratch;
    }

    @Override
    public void convolution(
            VolumeConvolution geometry,
            INDArray x,
            INDArray w,
            INDArray bias,
            INDArray addend,
            Activation activation,
            INDArray y) {
        primitives(geometry, x, y, bias != null, addend != null, activation).forward(x, w, bias, addend, y);
    }

    @Override
    public void convolutionGradients(
            VolumeConvolution geometry, INDArray x, INDArray w, INDArray gy, INDArray gx, INDArray gw, INDArray gb) {
        if (gx != null) {
            primitives(geometry, x, gy, gb != null, false, Activation.NONE).inputGradient(w, gy, gx);
        }
        if (gw != null) {
            // In float32 always: oneDNN's own weight gradients of dilated bf16 volumes were infinite once in many runs.
            try (Converted converted = new Converted(scratch)) {
                INDArray xs = converted.in(x);
                INDArray gys = converted.in(gy);
                primitives(geometry, xs, gys, gb != null, false, Activation.NONE)
                        .weightGradients(xs, gys, gw, gb);
            }
        } else if (gb != null) {
            reference.convolutionGradients(geometry, x, w, gy, null, null, gb);
        }
    }

    private OneDnnConvolution primitives(
            VolumeConvolution geometry, INDArray x, INDArray y, boolean bias, boolean addend, Activation activation) {
        Key key = new Key(
                x.dataType(),
                geometry,
                x.size(0),
                x.size(1),
                x.size(2),
                x.size(3),
                x.size(4),
                y.size(4),
                bias,
                addend,
                activation);
        return convolutions.computeIfAbsent(
                key, k -> new OneDnnConvolution(library, k, k.type(), k.sizes(), bias, addend, activation));
    }

    /** Forgets all primitives; to be called before the library destroys them. */
    void clear() {
        convolutions.clear();
    }
}
