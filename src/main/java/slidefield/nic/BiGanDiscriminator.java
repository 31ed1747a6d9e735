package slidefield.nic;

import java.util.List;
import slidefield.fit.Seeds;
import slidefield.nn.Dropout;
import slidefield.nn.Init;
import slidefield.nn.Module;
import slidefield.nn.PointwiseLinear;
import slidefield.nn.Sequential;
import slidefield.nn.Shapes;
import slidefield.nn.Tensor;

/**
 * The discriminator of a BiGAN (Donahue et al. 2017; Tellez et al. 2019, appendix): tells patches with the codes that the
 * encoder gave them from codes with the patches that the generator painted for them. A network like the encoder looks at the
 * patch; what it gives, beside the code, goes through two dense layers with leaky ReLU and dropout to one logit. 1,908,737
 * parameters for whole-slide images.
 *
 * <p>Not thread-safe while it is trained.
 */
public final class BiGanDiscriminator extends Module {
    private final BiGanEncoder image;
    private final Sequential both;

    /**
     * @param options sizes of the encoder; the discriminator sees what its averaging leaves of a patch
     * @param width values of each dense layer
     * @param dropout probability of each of these values to be dropped in training
     * @param init source of the weights
     * @param seed of the dropout
     */
    public BiGanDiscriminator(BiGanEncoderOptions options, int width, double dropout, Init init, long seed) {
        image = child("image", new BiGanEncoder(options.averaged(), init));
        both = child(
                "both",
                new Sequential(
                        dense(init, 2 * options.code(), width),
                        new Dropout(init, dropout, Seeds.derive(seed, "dropout", 0)),
                        dense(init, width, width),
                        new Dropout(init, dropout, Seeds.derive(seed, "dropout", 1)),
                        Layers.linear(init, width, 1)));
    }

    private static PointwiseLinear dense(Init init, int in, int out) {
        return new PointwiseLinear(init, in, out, true, Layers.LEAKY);
    }

    /**
     * @param averaged N x S x S x colours, as {@link BiGanEncoder#averaged} gives them
     * @param code N x C
     * @return logits, N x 1: above 0 for a real patch and its code
     */
    public Tensor judge(Tensor averaged, Tensor code) {
        return both.forward(Shapes.concat(List.of(image.encode(averaged), code)));
    }

    /**
     * The judgement of a patch whose code is what this network's own image branch gives; for the habit of all modules.
     *
     * @param averaged N x S x S x colours
     * @return logits, N x 1
     */
    @Override
    public Tensor forward(Tensor averaged) {
        return judge(averaged, image.encode(averaged));
    }
}
