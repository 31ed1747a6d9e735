package slidefield.nic;

import slidefield.fit.Seeds;
import slidefield.nn.Init;
import slidefield.nn.Module;
import slidefield.nn.Tensor;

/**
 * The three networks of a BiGAN (Tellez et al. 2019, section 3.2, Fig. 4): an encoder from patches to codes, a generator from
 * codes to patches, and the discriminator that both try to fool.
 *
 * <p>Not thread-safe while it is trained.
 */
public final class BiGan extends Module {
    private final BiGanEncoder encoder;
    private final CodeDecoder generator;
    private final BiGanDiscriminator discriminator;

    /**
     * @param encoder sizes of the encoder, and of what the discriminator sees patches with
     * @param options sizes of the others
     * @param init source of the weights
     * @param seed of the dropout
     */
    public BiGan(BiGanEncoderOptions encoder, BiGanObjective options, Init init, long seed) {
        this.encoder = child("encoder", new BiGanEncoder(encoder, init));
        generator = child(
                "generator",
                new CodeDecoder(options.generator(), encoder.code(), encoder.side(), encoder.colours(), init));
        discriminator = child(
                "discriminator",
                new BiGanDiscriminator(
                        encoder, options.width(), options.dropout(), init, Seeds.derive(seed, "discriminator")));
    }

    /** E. */
    public BiGanEncoder encoder() {
        return encoder;
    }

    /** G: N x C to N x S x S x colours, patches as averaging leaves them. */
    public CodeDecoder generator() {
        return generator;
    }

    /** D. */
    public BiGanDiscriminator discriminator() {
        return discriminator;
    }

    /**
     * Patches through code and back.
     *
     * @param x N x P x P x colours
     * @return what the generator paints from the codes, N x S x S x colours
     */
    @Override
    public Tensor forward(Tensor x) {
        return generator.forward(encoder.forward(x));
    }
}
