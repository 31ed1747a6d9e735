package slidefield.field;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import slidefield.nn.Activations;
import slidefield.nn.Arithmetic;
import slidefield.nn.Init;
import slidefield.nn.Parameter;
import slidefield.nn.Storage;
import slidefield.nn.Tensor;

/**
 * What all slides share: the decoder and the two heads. With one slide's encoding it is that slide's field, a
 * function from coordinates to colour and lesion probability.
 *
 * <p>Reading it is safe from several threads, each with tapes of an engine of its own, while nobody trains or freezes it.
 */
public final class Field {
    private final FieldOptions options;
    private final DataType type;
    private final HashGridKernel kernel;
    private final DualBranchDecoder decoder;
    private final DilatedHead reconstruction;
    private final DilatedHead lesion;

    /**
     * A field with fresh weights.
     *
     * @param options all sizes
     * @param type FLOAT, or DOUBLE for gradient checks
     * @param seed of the weights
     */
    public Field(FieldOptions options, DataType type, long seed) {
        this.options = options;
        this.type = type;
        this.kernel = new HashGridKernel(options.hashGrid());
        Init init = new Init(type, seed);
        int latent = 2 * options.decoder().width();
        decoder = new DualBranchDecoder(init, options.encodingFeatures(), options.decoder());
        reconstruction = new DilatedHead(init, latent, options.head(), 3);
        lesion = new DilatedHead(init, latent, options.head(), 1);
    }

    /** All sizes. */
    public FieldOptions options() {
        return options;
    }

    /** A fresh encoding for one slide; for a hash grid its table lies in memory. */
    public Encoding newEncoding(long seed) {
        return newEncoding(seed, Storage.MEMORY);
    }

    /** A fresh encoding for one slide; a hash grid's table lies in the given storage. */
    public Encoding newEncoding(long seed, Storage storage) {
        return switch (options.encoding()) {
            case HASH_GRID -> HashGrid.create(options.hashGrid(), type, seed, storage, kernel);
            case FREQUENCY -> new FrequencyEncoding(options.frequencies(), true);
            case RAW -> new RawCoordinates();
        };
    }

    /** Encoded points, 1 x H x W x features, to the latent that both heads read, 1 x H x W x (2 width), an image. */
    public Tensor latent(Tensor encoded) {
        return decoder.forward(Arithmetic.cast(encoded, encoded.tape().engine().imageType()));
    }

    /** Latent to colours, 1 x H x W x 3 in [0, 1]. */
    public Tensor colours(Tensor latent) {
        return Activations.sigmoid(exact(reconstruction.forward(latent)));
    }

    /** Latent to lesion logits, 1 x H x W x 1. */
    public Tensor lesionLogits(Tensor latent) {
        return exact(lesion.forward(latent));
    }

    /** In the type of losses. */
    private static Tensor exact(Tensor output) {
        return Arithmetic.cast(output, output.tape().engine().type());
    }

    /** The shared decoder. */
    public DualBranchDecoder decoder() {
        return decoder;
    }

    /** The head that step 1 trains. */
    public DilatedHead reconstructionHead() {
        return reconstruction;
    }

    /** The head that step 2 trains. */
    public DilatedHead lesionHead() {
        return lesion;
    }

    /** Freezes or frees decoder and reconstruction head, and the lesion head. */
    public void trainable(boolean shared, boolean lesionHead) {
        decoder.trainable(shared);
        reconstruction.trainable(shared);
        lesion.trainable(lesionHead);
    }

    /** All shared weights by name: {@code decoder...}, {@code reconstruction...}, {@code lesion...}. */
    public Map<String, Parameter> parameters() {
        Map<String, Parameter> all = new LinkedHashMap<>();
        decoder.parameters().forEach((name, p) -> all.put("decoder." + name, p));
        reconstruction.parameters().forEach((name, p) -> all.put("reconstruction." + name, p));
        lesion.parameters().forEach((name, p) -> all.put("lesion." + name, p));
        return all;
    }

    /** Trained numbers of the shared weights and one slide's encoding together, as the paper counts them. */
    public long parameterCount() {
        long shared = parameters().values().stream()
                .mapToLong(p -> p.value().length())
                .sum();
        boolean grid = options.encoding() == FieldOptions.EncodingKind.HASH_GRID;
        return shared + (grid ? options.hashGrid().parameterCount() : 0);
    }
}
