package slidefield.swipe;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import slidefield.nn.Arithmetic;
import slidefield.nn.Init;
import slidefield.nn.PointwiseLinear;
import slidefield.nn.Shapes;
import slidefield.nn.Tensor;
import slidefield.nn.kernels.Activation;

/**
 * OSS-Net (Reich et al. 2021, "OSS-Net: Memory Efficient High Resolution Semantic Segmentation of 3D Medical Data") in two
 * dimensions, as SwIPE's Table 1 compares with it. An encoder makes a few latent vectors of the whole image; the decoder
 * answers for a point from its coordinates, a code of the image patch around it and the first latent vector, while each of
 * its blocks is conditioned on one of the others. A coarse segmentation is learnt from besides. The authors' learnt
 * activations (Padé) are ReLUs here, and their sigmoid belongs to the loss.
 *
 * <p>Not thread-safe while it is trained: batch normalisation keeps state.
 */
public final class OssNet extends PointNetwork {
    private static final int COORDINATES = 2;
    /** Where in what {@link #encode} gives. */
    private static final int IMAGES = 0;

    private static final int LATENTS = 1;
    private static final int COARSE = 2;

    private final OssNetOptions options;
    private final OssNetEncoder encoder;
    private final PatchCode patchCode;
    private final List<OssNetDecoderBlock> blocks = new ArrayList<>();
    private final PointwiseLinear out;

    /**
     * @param options sizes and switches
     * @param type FLOAT or DOUBLE
     * @param seed of the initial values
     */
    public OssNet(OssNetOptions options, DataType type, long seed) {
        this.options = options;
        Init init = new Init(type, seed);
        encoder = child("encoder", new OssNetEncoder(init, options));
        patchCode = child("patch_code", new PatchCode(init, options));
        int in = COORDINATES + options.patch() * options.patch() + options.latent();
        for (int k = 0; k < options.blocks(); k++) {
            blocks.add(child("block" + k, new OssNetDecoderBlock(init, in, options)));
            in = options.width();
        }
        out = child("out", new PointwiseLinear(init, in, options.outputs(), false, Activation.NONE));
    }

    /** @return sizes and switches */
    public OssNetOptions options() {
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

    /** @return the images, the latent vectors as N x grid x grid x (blocks + 1), and the coarse segmentation */
    @Override
    public List<Tensor> encode(Tensor images) {
        requireImages(images);
        Tensor x = Arithmetic.cast(images, images.tape().engine().type());
        OssNetEncoder.Encoding encoding = encoder.encoding(x);
        return List.of(x, encoding.latents(), encoding.coarse());
    }

    /** Of the last block's size, 1/32 with five blocks. */
    @Override
    public Tensor coarse(List<Tensor> encoded) {
        return encoded.get(COARSE);
    }

    @Override
    public Tensor decode(List<Tensor> encoded, PointBatch points) {
        Tensor images = encoded.get(IMAGES);
        PointInput.requirePoints("OSSNet", images, points);
        int[] imageOfPoint = PointInput.imageOfPoint(points);
        Tensor hidden = Shapes.concat(List.of(
                PointInput.coordinates(images, points),
                patchCode.around(images, points),
                Shapes.gatherRows(latent(encoded, 0), imageOfPoint)));
        for (int k = 0; k < blocks.size(); k++) {
            hidden = blocks.get(k).forward(hidden, latent(encoded, k + 1), imageOfPoint);
        }
        return out.forward(hidden);
    }

    /** One vector of every image, N x grid * grid, row after row of the grid. */
    private Tensor latent(List<Tensor> encoded, int index) {
        Tensor one = Shapes.channels(encoded.get(LATENTS), index, index + 1);
        return Shapes.reshape(one, one.size(0), options.latent());
    }
}
