package slidefield.patch;

import java.util.ArrayList;
import java.util.List;
import slidefield.nn.BatchNorm;
import slidefield.nn.Conv2d;
import slidefield.nn.Init;
import slidefield.nn.Module;
import slidefield.nn.Resampling;
import slidefield.nn.Sequential;
import slidefield.nn.Shapes;
import slidefield.nn.Tensor;
import slidefield.nn.kernels.Activation;

/**
 * TransUNet's way back to full size (Chen et al. 2021, section 3.2, "cascaded upsampler"): a convolution, then four steps
 * of twice the size, the skipped features beside, and two convolutions; all are 3 x 3, batch-normalised, with ReLU.
 */
final class CascadedDecoder {
    private final Sequential entry;
    private final List<Sequential> steps = new ArrayList<>();
    private final Sequential parts;

    /**
     * @param init source of the initial values
     * @param options channels
     */
    CascadedDecoder(Init init, TransUNetOptions options) {
        List<Integer> channels = options.decoder();
        int[] skipped = {8 * options.width(), 4 * options.width(), options.width(), 0};
        entry = new Sequential(convolution(init, options.hidden(), channels.get(0)));
        for (int step = 0; step < skipped.length; step++) {
            int out = channels.get(step + 1);
            List<Module> layers = new ArrayList<>(convolution(init, channels.get(step) + skipped[step], out));
            layers.addAll(convolution(init, out, out));
            steps.add(new Sequential(layers));
        }
        List<Module> all = new ArrayList<>(List.of(entry));
        all.addAll(steps);
        parts = new Sequential(all);
    }

    private static List<Module> convolution(Init init, int in, int out) {
        return List.of(
                new Conv2d(init, in, out, 3, false, Activation.NONE),
                new BatchNorm(init, out, 1e-5, 0.1, Activation.RELU));
    }

    /** @return the first convolution and the four steps, for the network to register */
    Module parts() {
        return parts;
    }

    /**
     * @param x N x S/16 x S/16 x hidden channels
     * @param features of the same patches
     * @return N x S x S x the last of the decoder's channels
     */
    Tensor forward(Tensor x, HybridResNet.Features features) {
        Tensor[] skips = {features.eighth(), features.quarter(), features.half(), null};
        Tensor result = entry.forward(x);
        for (int step = 0; step < skips.length; step++) {
            Tensor larger = Resampling.bilinear(result, 2 * result.size(1), 2 * result.size(2), true);
            Tensor seen = skips[step] == null ? larger : Shapes.concat(List.of(larger, skips[step]));
            result = steps.get(step).forward(seen);
        }
        return result;
    }
}
