package slidefield.swipe;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import slidefield.nn.Arithmetic;
import slidefield.nn.Init;
import slidefield.nn.Resampling;
import slidefield.nn.Tensor;

/**
 * PraNet (Fan et al. 2020), the discrete network for polyps that SwIPE's Table 1 compares with: a {@link Res2Net}, whose last
 * three maps go through an {@link Rfb} each into a {@link PartialDecoder}, and three steps of {@link ReverseAttention} from
 * coarse to fine that refine its answer. All four answers are learnt from; the finest is the network's.
 *
 * <p>In the paper's size 30,498,319 parameters. The 30,500,368 of SwIPE's comparison have 2049 more, of a classification layer
 * of the backbone that nothing uses.
 *
 * <p>Not thread-safe while it is trained.
 */
public final class PraNet extends PixelNetwork {
    private final PraNetOptions options;
    private final Res2Net backbone;
    /** Of the maps at 1/8, 1/16 and 1/32. */
    private final List<Rfb> looks = new ArrayList<>();

    private final PartialDecoder decoder;
    /** On the maps at 1/32, 1/16 and 1/8. */
    private final List<ReverseAttention> steps = new ArrayList<>();

    /**
     * @param options sizes
     * @param type FLOAT, or DOUBLE for gradient checks
     * @param seed of the weights
     */
    public PraNet(PraNetOptions options, DataType type, long seed) {
        this.options = options;
        Init init = new Init(type, seed);
        backbone = child("backbone", new Res2Net(init, options.backbone()));
        for (int stage = 1; stage < BackboneOptions.STAGES; stage++) {
            int in = options.backbone().channels(stage);
            looks.add(child("look" + (stage + 2), new Rfb(init, in, options.channels())));
        }
        decoder = child("decoder", new PartialDecoder(init, options.channels()));
        steps.add(child("reverse5", deep(init)));
        for (int stage = 2; stage >= 1; stage--) {
            steps.add(child("reverse" + (stage + 2), shallow(init, stage)));
        }
    }

    private ReverseAttention deep(Init init) {
        return new ReverseAttention(init, options.backbone().channels(3), options.deep(), 5, 3, 1);
    }

    private ReverseAttention shallow(Init init, int stage) {
        return new ReverseAttention(init, options.backbone().channels(stage), options.shallow(), 3, 2, 3);
    }

    /** @return sizes */
    public PraNetOptions options() {
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

    /** The answers of the reverse attention at 1/8, 1/16 and 1/32 and that of the partial decoder, all enlarged. */
    @Override
    public List<Tensor> maps(Tensor images) {
        requireImages(images);
        List<Tensor> maps =
                backbone.maps(Arithmetic.cast(images, images.tape().engine().type()));
        Tensor answer = decoder.decode(
                looks.get(0).forward(maps.get(1)),
                looks.get(1).forward(maps.get(2)),
                looks.get(2).forward(maps.get(3)));
        List<Tensor> answers = new ArrayList<>(List.of(enlarged(answer, images)));
        for (int k = 0; k < steps.size(); k++) {
            answer = steps.get(k).refine(maps.get(BackboneOptions.STAGES - 1 - k), answer);
            answers.add(0, enlarged(answer, images));
        }
        return answers;
    }

    private static Tensor enlarged(Tensor answer, Tensor images) {
        return Resampling.bilinear(answer, images.size(1), images.size(2), false);
    }
}
