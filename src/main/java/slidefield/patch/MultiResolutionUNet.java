package slidefield.patch;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import slidefield.nn.Init;
import slidefield.nn.Tensor;

/**
 * The multi-resolution U-Net MRN (Gu et al. 2018, section 3.2): an encoder with its own weights for each of J
 * resolutions, whose maps meet at every level ({@link Aggregation}), and the decoder of one U-Net.
 *
 * <p>Not thread-safe while it is trained.
 */
public final class MultiResolutionUNet extends EncoderDecoder {
    private final MultiResolutionOptions options;
    private final List<Encoder> encoders = new ArrayList<>();
    /** By level. */
    private final List<Aggregation> aggregations = new ArrayList<>();

    /**
     * @param options size and kind
     * @param type FLOAT, or DOUBLE for gradient checks
     * @param seed of the weights
     */
    public MultiResolutionUNet(MultiResolutionOptions options, DataType type, long seed) {
        super(options.network());
        this.options = options;
        Init init = new Init(type, seed);
        for (int scale : options.scales()) {
            encoders.add(child("encoder" + scale, new Encoder(init, options.network())));
        }
        for (int level = 0; level < options.levels(); level++) {
            int channels = options.network().channels(level);
            aggregations.add(child(
                    "aggregation" + level, new Aggregation(init, channels, options.scales(), options.upscaling())));
        }
        addDecoder(init);
    }

    /** @return size and kind */
    public MultiResolutionOptions options() {
        return options;
    }

    @Override
    public List<Integer> scales() {
        return options.scales();
    }

    /** For transposed convolutions the smallest size, too, is this. */
    @Override
    public int sizeMultiple() {
        return options.sizeMultiple();
    }

    @Override
    public Tensor forward(List<Tensor> patches) {
        List<Tensor> images = images(patches, options.smallestSize());
        List<List<Tensor>> maps = new ArrayList<>();
        for (int j = 0; j < encoders.size(); j++) {
            maps.add(encoders.get(j).levels(images.get(j)));
        }
        List<Tensor> joined = new ArrayList<>();
        for (int level = 0; level < aggregations.size(); level++) {
            int here = level;
            joined.add(aggregations
                    .get(level)
                    .join(maps.stream().map(map -> map.get(here)).toList()));
        }
        return decode(joined);
    }
}
