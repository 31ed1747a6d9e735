package slidefield.swipe;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * SwIPE without some of its parts, or with others in their place: the models of the paper's Table 3 and of the charts in
 * Table 2, right, by the names of their rows. Each method starts from a whole model of any size whose backbone is a
 * Res2Net, {@link SwipeOptions#released} for the paper's, and gives the rows in the paper's order.
 *
 * <p>In the paper a whole model is told where in its source a point lies (p^S), which the released model is not: all rows
 * of Table 3 but the first six of the left half are. Options of points and training are not touched; with p^S they must
 * have no random crops.
 */
public final class SwipeAblations {
    /** The backbones of the width chart in millions of parameters; the second is the default. */
    private static final double[] WIDTHS = {1.9, 3.9, 9.8, 16.4};

    private static final double DEFAULT_WIDTH = WIDTHS[1];

    private SwipeAblations() {}

    /**
     * Table 3, left: one part more in every row. Without MEA the four embeddings are added, without RFB-Lite a map goes
     * through a 1 x 1 convolution.
     *
     * @param whole model with all parts
     * @return eight models, from none of the parts to all
     * @throws IllegalArgumentException if the model lacks a part
     */
    public static Map<String, SwipeOptions> ladder(SwipeOptions whole) {
        SwipeOptions overreach = paper(whole);
        SwipeOptions source = overreach.withOverreach(overreach.connectivity(), 0);
        SwipeOptions global = source.withDecoder(source.decoder().withSource(false));
        SwipeOptions image = global.withDecoder(global.decoder().withGlobal(false));
        SwipeOptions attention = image.withDecoder(image.decoder().withImage(false));
        SwipeOptions cascade = attention.withNeck(attention.neck().withFusion(Fusion.ADDITION));
        SwipeOptions fields = cascade.withNeck(cascade.neck().withCascade(false));
        Map<String, SwipeOptions> rows = new LinkedHashMap<>();
        rows.put("none", fields.withNeck(fields.neck().withRfb(false)));
        rows.put("+ RFB-Lite", fields);
        rows.put("+ Cascade", cascade);
        rows.put("+ MEA", attention);
        rows.put("+ D^I(z^I, p^I)", image);
        rows.put("+ D^P(z^I, p^I)", global);
        rows.put("+ D^P(p^S)", source);
        rows.put("+ SPO", overreach);
        return Collections.unmodifiableMap(rows);
    }

    /**
     * Table 3, right: another backbone, another fusion of the four embeddings, other settings of Stochastic Patch Overreach
     * (N_o points of con neighbours).
     *
     * @param whole model with all parts
     * @return nine models
     * @throws IllegalArgumentException if the model lacks a part
     */
    public static Map<String, SwipeOptions> designs(SwipeOptions whole) {
        SwipeOptions base = paper(whole);
        CctOptions cct = CctOptions.of(Math.max(4, base.neck().embedding() / 8 * 4));
        int unet = Math.max(1, backbone(base).stem() / 4);
        Map<String, SwipeOptions> rows = new LinkedHashMap<>();
        rows.put("CCT", base.withNeck(base.neck().withEmbedding(cct.channels())).withBackbone(cct));
        rows.put("U-Net", base.withBackbone(UNetBackboneOptions.of(unet)));
        rows.put("Addition", base.withNeck(base.neck().withFusion(Fusion.ADDITION)));
        rows.put("Concat. + 1x1 Conv", base.withNeck(base.neck().withFusion(Fusion.CONCATENATION)));
        rows.put("Self-Attention", base.withNeck(base.neck().withFusion(Fusion.SELF_ATTENTION)));
        rows.put("N_o = 0", base.withOverreach(8, 0));
        rows.put("N_o = 4, con = 4", base.withOverreach(4, 4));
        rows.put("N_o = 4, con = 8", base.withOverreach(8, 4));
        rows.put("N_o = 8, con = 4", base.withOverreach(4, 8));
        return Collections.unmodifiableMap(rows);
    }

    /**
     * Table 2, right, the depth of the backbone.
     *
     * @param whole any model with a Res2Net
     * @return it with 14, 28 and 50 layers
     */
    public static Map<String, SwipeOptions> depths(SwipeOptions whole) {
        Map<String, SwipeOptions> rows = new LinkedHashMap<>();
        for (int layers : new int[] {14, 28, 50}) {
            rows.put(
                    Integer.toString(layers), whole.withBackbone(backbone(whole).withDepth(layers)));
        }
        return Collections.unmodifiableMap(rows);
    }

    /**
     * Table 2, right, the width of the backbone. The paper names its backbones by 1.9, 3.9, 9.8 and 16.4 million parameters,
     * the second being the default, while the released backbone has 0.9 million; how they were made wider is not stated.
     * These have the same proportions to the default: all channels of the backbone are scaled by the root of them.
     *
     * @param whole any model with a Res2Net, the default
     * @return by the paper's millions
     */
    public static Map<String, SwipeOptions> widths(SwipeOptions whole) {
        Map<String, SwipeOptions> rows = new LinkedHashMap<>();
        for (double millions : WIDTHS) {
            BackboneOptions scaled = backbone(whole).scaled(Math.sqrt(millions / DEFAULT_WIDTH));
            rows.put(millions + "M", whole.withBackbone(scaled));
        }
        return Collections.unmodifiableMap(rows);
    }

    /** The whole model as the paper has it: told p^S. */
    private static SwipeOptions paper(SwipeOptions whole) {
        DecoderOptions decoder = whole.decoder();
        NeckOptions neck = whole.neck();
        boolean all = neck.rfb()
                && neck.cascade()
                && neck.fusion() == Fusion.ATTENTION
                && decoder.image()
                && decoder.global()
                && whole.occurrences() > 0;
        if (!all) {
            throw new IllegalArgumentException(
                    "ablations of SwIPE: a model with RFB-Lite, cascade, embedding attention,"
                            + " D^I, z^I and p^I in D^P and patch overreach is expected, found " + whole);
        }
        return whole.withDecoder(decoder.withSource(true));
    }

    private static BackboneOptions backbone(SwipeOptions whole) {
        if (whole.backbone() instanceof BackboneOptions res2net) {
            return res2net;
        }
        throw new IllegalArgumentException(
                "ablations of SwIPE: a model with a Res2Net is expected, found " + whole.backbone());
    }
}
