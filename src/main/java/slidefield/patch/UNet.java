package slidefield.patch;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import slidefield.nn.Init;
import slidefield.nn.Tensor;

/**
 * U-Net (Ronneberger et al. 2015) as WSI-INR (Table 1) and MRN (Gu et al. 2018, figure 2) compare with: convolutions
 * that keep the size, batch normalisation, transposed convolutions on the way up.
 *
 * <p>Which of the two says {@link UNetOptions}. Any patch whose sides are multiples of 2^(levels - 1) will do.
 *
 * <p>Not thread-safe while it is trained.
 */
public final class UNet extends EncoderDecoder {
    private final UNetOptions options;
    private final Encoder encoder;

    /**
     * @param options size and kind
     * @param type FLOAT, or DOUBLE for gradient checks
     * @param seed of the weights
     */
    public UNet(UNetOptions options, DataType type, long seed) {
        super(options);
        this.options = options;
        Init init = new Init(type, seed);
        encoder = child("encoder", new Encoder(init, options));
        addDecoder(init);
    }

    /** @return size and kind */
    public UNetOptions options() {
        return options;
    }

    @Override
    public List<Integer> scales() {
        return List.of(1);
    }

    @Override
    public int sizeMultiple() {
        return options.sizeMultiple();
    }

    @Override
    public Tensor forward(List<Tensor> patches) {
        return decode(encoder.levels(images(patches, sizeMultiple()).get(0)));
    }
}
