package slidefield.swipe;

import java.util.ArrayList;
import java.util.List;
import slidefield.nn.Init;
import slidefield.nn.Module;
import slidefield.nn.Pooling;
import slidefield.nn.Sequential;
import slidefield.nn.Tensor;
import slidefield.nn.kernels.Activation;
import slidefield.nn.kernels.Convolution;

/**
 * SwIPE's backbone E_b (section 2.1), the "modified Res2Net" of the released code, and with other sizes the Res2Net-50 of its
 * rivals: three 3 x 3 convolutions, a pooling and four stages of {@link Res2NetBlock}s. An image in, four maps out, from 1/4
 * to 1/32 of its size.
 */
final class Res2Net extends Module {
    private final Sequential stem;
    private final List<Sequential> stages = new ArrayList<>();

    /**
     * @param init source of the initial values
     * @param options widths and depth
     */
    Res2Net(Init init, BackboneOptions options) {
        int wide = options.stem();
        Activation relu = Activation.RELU;
        stem = child(
                "stem",
                new Sequential(
                        NormalisedConvolution.ofFanOut(init, 3, wide, new Convolution(3, 2, 1, 1), relu),
                        NormalisedConvolution.ofFanOut(init, wide, wide, Convolution.same(3), relu),
                        NormalisedConvolution.ofFanOut(init, wide, 2 * wide, Convolution.same(3), relu)));
        int in = 2 * wide;
        for (int stage = 0; stage < BackboneOptions.STAGES; stage++) {
            List<Res2NetBlock> blocks = new ArrayList<>();
            for (int block = 0; block < options.blocks().get(stage); block++) {
                int stride = stage > 0 && block == 0 ? 2 : 1;
                int out = options.channels(stage);
                blocks.add(new Res2NetBlock(init, in, options.planes().get(stage), out, stride, block == 0));
                in = out;
            }
            stages.add(child("stage" + (stage + 1), new Sequential(blocks)));
        }
    }

    /** The coarsest map alone. */
    @Override
    public Tensor forward(Tensor x) {
        return maps(x).get(BackboneOptions.STAGES - 1);
    }

    /**
     * @param x N x H x W x 3, H and W multiples of 32
     * @return F2 to F5: N x H/4 x W/4 x C2, ..., N x H/32 x W/32 x C5
     */
    List<Tensor> maps(Tensor x) {
        List<Tensor> all = mapsWithStem(x);
        return all.subList(1, all.size());
    }

    /**
     * @param x N x H x W x 3, H and W multiples of 32
     * @return what the stem gives before the pooling, N x H/2 x W/2 x 2 stem, and F2 to F5
     */
    List<Tensor> mapsWithStem(Tensor x) {
        List<Tensor> maps = new ArrayList<>();
        maps.add(stem.forward(x));
        Tensor map = Pooling.max(maps.get(0), 3, 2, 1);
        for (Sequential stage : stages) {
            map = stage.forward(map);
            maps.add(map);
        }
        return maps;
    }
}
