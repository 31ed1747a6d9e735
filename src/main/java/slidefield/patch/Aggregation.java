package slidefield.patch;

import java.util.ArrayList;
import java.util.List;
import slidefield.nn.Init;
import slidefield.nn.Module;
import slidefield.nn.PointwiseLinear;
import slidefield.nn.Resampling;
import slidefield.nn.Sequential;
import slidefield.nn.Shapes;
import slidefield.nn.Tensor;
import slidefield.nn.kernels.Activation;

/**
 * Where the maps of one level meet (Gu et al. 2018, eq. 2): of a map that is gamma times coarser than the finest, the
 * centre of floor(h / gamma) x floor(w / gamma) pixels is cropped and brought to h x w, so that all maps show the same
 * tissue; concatenated, a 1 x 1 convolution with identity activation, normalised, makes the usual channels of them.
 */
final class Aggregation extends Module {
    private final List<Integer> scales;
    /** By scale, without the finest; empty where interpolation does it. */
    private final List<Module> upscalers = new ArrayList<>();

    private final Module sum;
    private final Module norm;

    Aggregation(Init init, int channels, List<Integer> scales, Upscaling upscaling) {
        this.scales = scales;
        for (int scale : scales.subList(1, scales.size())) {
            if (upscaling != Upscaling.BILINEAR) {
                upscalers.add(child("up" + scale, upscaler(init, channels, scale, upscaling)));
            }
        }
        sum = child("sum", new PointwiseLinear(init, scales.size() * channels, channels, true, Activation.NONE));
        norm = child("norm", ConvolutionBlock.norm(init, channels, Activation.NONE));
    }

    private static Module upscaler(Init init, int channels, int scale, Upscaling upscaling) {
        if (upscaling == Upscaling.TRANSPOSED) {
            return new UpConvolution(init, channels, channels, scale, true);
        }
        List<Module> steps = new ArrayList<>();
        for (int left = scale; left > 1; left /= 2) {
            steps.add(new UpConvolution(init, channels, channels, 2, true));
        }
        return new Sequential(steps);
    }

    /** One map per scale, all N x h x w x channels, to one of that shape. */
    Tensor join(List<Tensor> maps) {
        List<Tensor> parts = new ArrayList<>();
        parts.add(maps.get(0));
        for (int j = 1; j < maps.size(); j++) {
            Tensor centre = centre(maps.get(j), scales.get(j));
            parts.add(
                    upscalers.isEmpty()
                            ? Resampling.bilinear(
                                    centre, maps.get(0).size(1), maps.get(0).size(2), false)
                            : upscalers.get(j - 1).forward(centre));
        }
        return norm.forward(sum.forward(parts.size() == 1 ? parts.get(0) : Shapes.concat(parts)));
    }

    private static Tensor centre(Tensor map, int scale) {
        long height = map.size(1) / scale;
        long width = map.size(2) / scale;
        return Shapes.crop(map, (map.size(1) - height) / 2, (map.size(2) - width) / 2, height, width);
    }

    /** The map of the only scale. */
    @Override
    public Tensor forward(Tensor map) {
        return join(List.of(map));
    }
}
