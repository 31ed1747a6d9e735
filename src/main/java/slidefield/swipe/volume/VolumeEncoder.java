package slidefield.swipe.volume;

import java.util.ArrayList;
import java.util.List;
import slidefield.nn.Arithmetic;
import slidefield.nn.Init;
import slidefield.nn.Module;
import slidefield.nn.PointwiseLinear;
import slidefield.nn.Tensor;
import slidefield.nn.VolumePooling;
import slidefield.nn.VolumeResampling;
import slidefield.nn.kernels.Activation;
import slidefield.swipe.ImageEmbedding;
import slidefield.swipe.MultiStageEmbeddingAttention;

/**
 * SwIPE's encoder (section 2.1, Fig. 1) in three dimensions: the backbone E_b and the neck E_n. The backbone's four maps,
 * each through {@link VolumeRfbLite}, added from fine to coarse in a cascade of poolings, become four embeddings, which are
 * interpolated to one of every patch; attention makes one of the four.
 */
final class VolumeEncoder extends Module {
    /** Voxels of the volume for one of the finest map in the cascade, after its first pooling. */
    private static final int FINEST = 8;

    private final VolumeSwipeOptions options;
    private final VolumeRes2Net backbone;
    private final List<VolumeRfbLite> looks = new ArrayList<>();
    private final List<PointwiseLinear> embed = new ArrayList<>();
    private final MultiStageEmbeddingAttention attention;

    /**
     * @param patches z^P, N x d x h x w x C
     * @param volume z^I, N x C
     */
    record Embeddings(Tensor patches, Tensor volume) {}

    /**
     * @param init source of the initial values
     * @param options sizes and switches
     */
    VolumeEncoder(Init init, VolumeSwipeOptions options) {
        this.options = options;
        backbone = child("backbone", new VolumeRes2Net(init, options));
        for (int stage = 0; stage < VolumeSwipeOptions.STAGES; stage++) {
            looks.add(child("look" + (stage + 2), new VolumeRfbLite(init, options.channels(stage), options.width())));
        }
        int channels = options.embedding();
        for (int stage = 0; stage < VolumeSwipeOptions.STAGES; stage++) {
            embed.add(child(
                    "embed" + (stage + 2),
                    new PointwiseLinear(init, options.width(), channels, true, Activation.NONE)));
        }
        attention = child(
                "attention",
                new MultiStageEmbeddingAttention(init, channels, options.squeeze(), options.outputLayer()));
    }

    /**
     * @param x N x D x H x W x 1, sides multiples of 32 and of the patch
     * @return the embeddings of D / patch x H / patch x W / patch patches
     */
    Embeddings embeddings(Tensor x) {
        List<Tensor> scales = new ArrayList<>();
        List<Tensor> maps = cascade(backbone.maps(x));
        for (int n = 0; n < maps.size(); n++) {
            scales.add(embed.get(n).forward(maps.get(n)));
        }
        Tensor last = scales.get(scales.size() - 1);
        int patch = options.patch();
        scales.replaceAll(
                scale -> VolumeResampling.trilinear(scale, x.size(1) / patch, x.size(2) / patch, x.size(3) / patch));
        Tensor patches = attention.attend(scales).embeddings();
        Tensor seen = options.volumeEmbedding() == ImageEmbedding.PATCH_EMBEDDINGS ? patches : last;
        return new Embeddings(patches, VolumePooling.global(seen));
    }

    /** Every map with what finer maps have found, none finer than the options' step. */
    private List<Tensor> cascade(List<Tensor> maps) {
        Tensor d8 = halved(looks.get(0).forward(maps.get(0)));
        Tensor d16 = halved(Arithmetic.add(looks.get(1).forward(maps.get(1)), d8));
        Tensor d32 = halved(Arithmetic.add(looks.get(2).forward(maps.get(2)), d16));
        Tensor a32 = looks.get(3).forward(maps.get(3));
        return List.of(coarsened(d8, FINEST), coarsened(d16, 2 * FINEST), d32, Arithmetic.add(a32, d32));
    }

    private Tensor coarsened(Tensor map, int step) {
        Tensor result = map;
        for (int at = step; at < options.step(); at *= 2) {
            result = halved(result);
        }
        return result;
    }

    private static Tensor halved(Tensor x) {
        return VolumePooling.average(x, 2, 2, 0);
    }

    /** The patch embeddings alone. */
    @Override
    public Tensor forward(Tensor x) {
        return embeddings(x).patches();
    }
}
