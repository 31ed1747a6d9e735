package slidefield.swipe;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import slidefield.nn.Arithmetic;
import slidefield.nn.Init;
import slidefield.nn.PointwiseLinear;
import slidefield.nn.Resampling;
import slidefield.nn.Tensor;
import slidefield.nn.kernels.Activation;
import slidefield.nn.kernels.Convolution;

/**
 * Res2UNet of SwIPE's Table 1: a {@link Res2Net} on the way down, four {@link UpJoin}s on the way up to half the image's size,
 * a convolution there, and the rest of the way bilinearly with the centres of the corner pixels in place. The paper does not
 * describe it; this wiring has its parameters and multiply-adds: with two outputs 25,419,498 parameters, with one 25,419,465.
 *
 * <p>Not thread-safe while it is trained.
 */
public final class Res2UNet extends PixelNetwork {
    private final Res2UNetOptions options;
    private final Res2Net backbone;
    private final List<UpJoin> ups = new ArrayList<>();
    private final NormalisedConvolution head;
    private final PointwiseLinear out;

    /**
     * @param options sizes
     * @param type FLOAT, or DOUBLE for gradient checks
     * @param seed of the weights
     */
    public Res2UNet(Res2UNetOptions options, DataType type, long seed) {
        this.options = options;
        Init init = new Init(type, seed);
        BackboneOptions sizes = options.backbone();
        backbone = child("backbone", new Res2Net(init, sizes));
        int in = sizes.channels(BackboneOptions.STAGES - 1);
        for (int k = 0; k < BackboneOptions.STAGES; k++) {
            int stage = BackboneOptions.STAGES - 2 - k;
            int beside = stage < 0 ? 2 * sizes.stem() : sizes.channels(stage);
            int wide = options.widths().get(k);
            ups.add(child("up" + k, new UpJoin(init, in, beside, wide)));
            in = wide;
        }
        head = child("head", new NormalisedConvolution(init, in, options.head(), Convolution.same(3), Activation.RELU));
        out = child("out", new PointwiseLinear(init, options.head(), options.outputs(), true, Activation.NONE));
    }

    /** @return sizes */
    public Res2UNetOptions options() {
        return options;
    }

    @Override
    public int outputs() {
        return options.outputs();
    }

    @Override
    public int sizeMultiple() {
        return options.sizeMultiple();
    }

    @Override
    public List<Tensor> maps(Tensor images) {
        requireImages(images);
        List<Tensor> maps = backbone.mapsWithStem(
                Arithmetic.cast(images, images.tape().engine().type()));
        int last = maps.size() - 1;
        Tensor map = maps.get(last);
        for (int k = 0; k < ups.size(); k++) {
            map = ups.get(k).join(map, maps.get(last - 1 - k));
        }
        Tensor whole = Resampling.bilinear(head.forward(map), images.size(1), images.size(2), true);
        return List.of(out.forward(whole));
    }
}
