package slidefield.swipe;

import java.util.ArrayList;
import java.util.List;
import slidefield.nn.Arithmetic;
import slidefield.nn.Init;
import slidefield.nn.Module;
import slidefield.nn.PointwiseLinear;
import slidefield.nn.Pooling;
import slidefield.nn.Resampling;
import slidefield.nn.Shapes;
import slidefield.nn.Tensor;
import slidefield.nn.kernels.Activation;
import slidefield.nn.kernels.Convolution;

/**
 * SwIPE's encoder (section 2.1, Fig. 1): the backbone E_b and the neck E_n. The backbone's four maps, each through
 * {@link RfbLite}, added from fine to coarse in a cascade of poolings, become four embeddings of every patch, and these
 * one. The figure draws a convolution after every pooling; the released code, and this, has none.
 */
final class Encoder extends ImageEncoder {
    private final NeckOptions options;
    private final int patch;
    private final Backbone backbone;
    private final List<Module> looks = new ArrayList<>();
    private final List<PointwiseLinear> embed = new ArrayList<>();
    /** Null with another fusion. */
    private final MultiStageEmbeddingAttention attention;
    /** Null with another fusion. */
    private final PointwiseLinear join;
    /** Null with another fusion. */
    private final ScaleSelfAttention selfAttention;

    /**
     * @param init source of the initial values
     * @param whole sizes and switches, of a backbone that gives maps
     */
    Encoder(Init init, SwipeOptions whole) {
        options = whole.neck();
        patch = whole.patch();
        backbone = child("backbone", backbone(init, whole.backbone()));
        int channels = options.embedding();
        for (int stage = 0; stage < BackboneOptions.STAGES; stage++) {
            int in = channels(whole.backbone(), stage);
            Module look = options.rfb()
                    ? new RfbLite(init, in, options.width())
                    : new NormalisedConvolution(
                            init, in, options.width(), new Convolution(1, 1, 1, 0), Activation.RELU);
            looks.add(child("look" + (stage + 2), look));
        }
        for (int stage = 0; stage < BackboneOptions.STAGES; stage++) {
            embed.add(child(
                    "embed" + (stage + 2),
                    new PointwiseLinear(init, options.width(), channels, true, Activation.NONE)));
        }
        attention = options.fusion() == Fusion.ATTENTION
                ? child(
                        "attention",
                        new MultiStageEmbeddingAttention(init, channels, options.squeeze(), options.outputLayer()))
                : null;
        join = options.fusion() == Fusion.CONCATENATION
                ? child(
                        "join",
                        new PointwiseLinear(init, BackboneOptions.STAGES * channels, channels, true, Activation.NONE))
                : null;
        selfAttention = options.fusion() == Fusion.SELF_ATTENTION
                ? child("self_attention", new ScaleSelfAttention(init, channels, options.width()))
                : null;
    }

    private static Backbone backbone(Init init, SwipeBackbone options) {
        if (options instanceof UNetBackboneOptions unet) {
            return new UNetBackbone(init, unet);
        }
        return new Res2Net(init, (BackboneOptions) options);
    }

    private static int channels(SwipeBackbone options, int stage) {
        return options instanceof UNetBackboneOptions unet
                ? unet.ofStage(stage)
                : ((BackboneOptions) options).channels(stage);
    }

    @Override
    Embeddings embeddings(Tensor x) {
        List<Tensor> maps = backbone.maps(x);
        List<Tensor> scales = new ArrayList<>();
        List<Tensor> coarse = options.cascade() ? cascade(maps) : alone(maps);
        for (int n = 0; n < coarse.size(); n++) {
            scales.add(embed.get(n).forward(coarse.get(n)));
        }
        Tensor last = scales.get(scales.size() - 1);
        // the grids differ where a patch is not as large as a pixel of the coarsest map
        scales.replaceAll(scale -> Resampling.bilinear(scale, x.size(1) / patch, x.size(2) / patch, false));
        Tensor weights = null;
        Tensor patches;
        if (attention != null) {
            MultiStageEmbeddingAttention.Attended attended = attention.attend(scales);
            patches = attended.embeddings();
            weights = attended.weights();
        } else if (join != null) {
            patches = join.forward(Shapes.concat(scales));
        } else if (selfAttention != null) {
            patches = selfAttention.fuse(scales);
        } else {
            patches = scales.stream().reduce(Arithmetic::add).orElseThrow();
        }
        Tensor seen = options.imageEmbedding() == ImageEmbedding.PATCH_EMBEDDINGS ? patches : last;
        return new Embeddings(patches, Pooling.global(seen), weights);
    }

    /** Every map at 1/32 of the image's size, with what finer maps have found. */
    private List<Tensor> cascade(List<Tensor> maps) {
        Tensor d8 = halved(looks.get(0).forward(maps.get(0)), 1);
        Tensor d16 = halved(Arithmetic.add(looks.get(1).forward(maps.get(1)), d8), 1);
        Tensor d32 = halved(Arithmetic.add(looks.get(2).forward(maps.get(2)), d16), 1);
        Tensor a32 = looks.get(3).forward(maps.get(3));
        return List.of(halved(d8, 2), halved(d16, 1), d32, Arithmetic.add(a32, d32));
    }

    /** Every map at 1/32 of the image's size, for itself. */
    private List<Tensor> alone(List<Tensor> maps) {
        List<Tensor> coarse = new ArrayList<>();
        for (int n = 0; n < maps.size(); n++) {
            coarse.add(halved(looks.get(n).forward(maps.get(n)), maps.size() - 1 - n));
        }
        return coarse;
    }

    private static Tensor halved(Tensor x, int times) {
        Tensor result = x;
        for (int k = 0; k < times; k++) {
            result = Pooling.average(result, 2, 2);
        }
        return result;
    }

    /** The patch embeddings alone. */
    @Override
    public Tensor forward(Tensor x) {
        return embeddings(x).patches();
    }
}
