package slidefield.swipe;

import java.util.ArrayList;
import java.util.List;
import slidefield.nn.Init;
import slidefield.nn.Pooling;
import slidefield.nn.Sequential;
import slidefield.nn.Tensor;
import slidefield.nn.kernels.Activation;
import slidefield.nn.kernels.Convolution;

/**
 * The contracting path of a U-Net (Ronneberger et al. 2015) in place of SwIPE's backbone (Table 3, right, row 2): at each of
 * six levels two 3 x 3 convolutions with batch norm and ReLU, the largest of 2 x 2 between levels. What the paper took of
 * the U-Net is not stated; the expanding path would lead away from the patches that the neck makes.
 */
final class UNetBackbone extends Backbone {
    private final List<Sequential> levels = new ArrayList<>();

    /**
     * @param init source of the initial values
     * @param options widths
     */
    UNetBackbone(Init init, UNetBackboneOptions options) {
        int in = 3;
        for (int out : options.levels()) {
            Sequential level = new Sequential(convolution(init, in, out), convolution(init, out, out));
            levels.add(child("level" + levels.size(), level));
            in = out;
        }
    }

    private static NormalisedConvolution convolution(Init init, int in, int out) {
        return NormalisedConvolution.ofFanOut(init, in, out, Convolution.same(3), Activation.RELU);
    }

    /** The coarsest map alone. */
    @Override
    public Tensor forward(Tensor x) {
        return maps(x).get(BackboneOptions.STAGES - 1);
    }

    @Override
    List<Tensor> maps(Tensor x) {
        List<Tensor> maps = new ArrayList<>();
        Tensor map = x;
        for (int level = 0; level < levels.size(); level++) {
            map = levels.get(level).forward(level == 0 ? map : Pooling.max(map, 2, 2, 0));
            if (level >= UNetBackboneOptions.FINER) {
                maps.add(map);
            }
        }
        return maps;
    }
}
