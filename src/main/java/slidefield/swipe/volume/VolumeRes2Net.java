package slidefield.swipe.volume;

import java.util.ArrayList;
import java.util.List;
import slidefield.nn.Init;
import slidefield.nn.Module;
import slidefield.nn.Sequential;
import slidefield.nn.Tensor;
import slidefield.nn.VolumePooling;
import slidefield.nn.kernels.Activation;
import slidefield.nn.kernels.VolumeConvolution;

/**
 * SwIPE's backbone E_b in three dimensions (section 3.1: Res2Net-50): three 3 x 3 x 3 convolutions, a pooling and four
 * stages of {@link VolumeRes2NetBlock}s. A volume in, four maps out, from 1/4 to 1/32 of its sides.
 */
final class VolumeRes2Net extends Module {
    private final Sequential stem;
    private final List<Sequential> stages = new ArrayList<>();

    /**
     * @param init source of the initial values
     * @param options widths and depth
     */
    VolumeRes2Net(Init init, VolumeSwipeOptions options) {
        int wide = options.stem();
        Activation relu = Activation.RELU;
        VolumeConvolution same = VolumeConvolution.same(3);
        stem = child(
                "stem",
                new Sequential(
                        NormalisedConv3d.ofFanOut(init, 1, wide, new VolumeConvolution(3, 2, 1, 1), relu),
                        NormalisedConv3d.ofFanOut(init, wide, wide, same, relu),
                        NormalisedConv3d.ofFanOut(init, wide, 2 * wide, same, relu)));
        int in = 2 * wide;
        for (int stage = 0; stage < VolumeSwipeOptions.STAGES; stage++) {
            List<VolumeRes2NetBlock> blocks = new ArrayList<>();
            for (int block = 0; block < options.blocks().get(stage); block++) {
                int stride = stage > 0 && block == 0 ? 2 : 1;
                blocks.add(new VolumeRes2NetBlock(init, in, options.planes().get(stage), stride, block == 0));
                in = options.channels(stage);
            }
            stages.add(child("stage" + (stage + 1), new Sequential(blocks)));
        }
    }

    /** The coarsest map alone. */
    @Override
    public Tensor forward(Tensor x) {
        return maps(x).get(VolumeSwipeOptions.STAGES - 1);
    }

    /**
     * @param x N x D x H x W x 1, sides multiples of 32
     * @return F2 to F5: N x D/4 x H/4 x W/4 x C2, ..., N x D/32 x H/32 x W/32 x C5
     */
    List<Tensor> maps(Tensor x) {
        List<Tensor> maps = new ArrayList<>();
        Tensor map = VolumePooling.max(stem.forward(x), 3, 2, 1);
        for (Sequential stage : stages) {
            map = stage.forward(map);
            maps.add(map);
        }
        return maps;
    }
}
