package slidefield.swipe;

import java.util.ArrayList;
import java.util.List;
import slidefield.nn.Conv2d;
import slidefield.nn.Init;
import slidefield.nn.Module;
import slidefield.nn.Pooling;
import slidefield.nn.Sequential;
import slidefield.nn.Shapes;
import slidefield.nn.Tensor;
import slidefield.nn.kernels.Activation;
import slidefield.nn.kernels.Convolution;

/**
 * OSSNet's encoder with skip connections (authors' code): what each block puts out is brought to one grid by adaptive max
 * pooling, has its channels halved by a 5 x 5 convolution, and all side by side become one map per latent vector.
 */
final class OssNetEncoder extends Module {
    private static final Convolution WIDE = Convolution.same(5);

    private final int grid;
    private final List<OssNetEncoderBlock> blocks = new ArrayList<>();
    private final List<NormalisedConvolution> skips = new ArrayList<>();
    private final Sequential join;
    private final Conv2d segment;

    /**
     * @param latents as N x grid x grid x vectors
     * @param coarse logits of a coarse segmentation, N x h x w x outputs, of the last block's size
     */
    record Encoding(Tensor latents, Tensor coarse) {}

    OssNetEncoder(Init init, OssNetOptions options) {
        grid = options.grid();
        int in = 3;
        int joined = 0;
        for (int out : options.channels()) {
            blocks.add(child("block" + blocks.size(), new OssNetEncoderBlock(init, in, out)));
            skips.add(
                    child("skip" + skips.size(), new NormalisedConvolution(init, out, out / 2, WIDE, Activation.RELU)));
            joined += out / 2;
            in = out;
        }
        int vectors = options.blocks() + 1;
        join = child(
                "join",
                new Sequential(
                        new Conv2d(init, joined, vectors, WIDE, true, Activation.NONE),
                        NormalisedConvolution.norm(init, vectors, Activation.RELU)));
        segment = child("segment", new Conv2d(init, in, options.outputs(), WIDE, false, Activation.NONE));
    }

    /** The latent vectors alone. */
    @Override
    public Tensor forward(Tensor images) {
        return encoding(images).latents();
    }

    /**
     * @param images N x H x W x 3
     * @return latent vectors and a coarse segmentation
     */
    Encoding encoding(Tensor images) {
        Tensor map = images;
        List<Tensor> all = new ArrayList<>();
        for (int k = 0; k < blocks.size(); k++) {
            map = blocks.get(k).forward(map);
            all.add(skips.get(k).forward(Pooling.adaptiveMax(map, grid, grid)));
        }
        return new Encoding(join.forward(Shapes.concat(all)), segment.forward(map));
    }
}
