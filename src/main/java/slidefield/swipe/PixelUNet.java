package slidefield.swipe;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import slidefield.nn.Tensor;
import slidefield.patch.UNet;

/**
 * The U-Net of SwIPE's Table 1, as one that answers whole images: {@link UNet} on colours in [-1, 1].
 *
 * <p>Not thread-safe while it is trained.
 */
public final class PixelUNet extends PixelNetwork {
    private final PixelUNetOptions options;
    private final UNet network;

    /**
     * @param options its size
     * @param type FLOAT, or DOUBLE for gradient checks
     * @param seed of the weights
     */
    public PixelUNet(PixelUNetOptions options, DataType type, long seed) {
        this.options = options;
        network = child("unet", new UNet(options.network(), type, seed));
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
        return List.of(network.forward(images));
    }
}
