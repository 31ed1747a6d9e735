package slidefield.swipe;

import java.util.ArrayList;
import java.util.List;
import slidefield.fit.Seeds;
import slidefield.nn.BatchNorm;
import slidefield.nn.Dropout;
import slidefield.nn.Init;
import slidefield.nn.Module;
import slidefield.nn.Shapes;
import slidefield.nn.Tensor;
import slidefield.nn.kernels.Activation;

/**
 * A decoder of points after DeepSDF (Park et al. 2019), as in SwIPE's released code: linear layers, each but the last with
 * batch norm, ReLU and perhaps dropout; the second one also sees the input again. N x I to N x classes.
 */
public class PointDecoder extends Module {
    /** Layers that dropout follows. */
    private static final int DROPPED = 2;

    private final InputLayout layout;
    private final List<ConditionedLinear> layers = new ArrayList<>();
    private final List<BatchNorm> norms = new ArrayList<>();
    private final List<Dropout> dropouts = new ArrayList<>();

    /**
     * @param init source of the initial values
     * @param layout of the input
     * @param widths of the hidden layers, at least two
     * @param classes logits per point
     * @param dropout rate after the first two layers
     * @param seed of what is dropped
     */
    public PointDecoder(Init init, InputLayout layout, List<Integer> widths, int classes, double dropout, long seed) {
        this.layout = layout;
        int before = 0;
        for (int k = 0; k <= widths.size(); k++) {
            boolean last = k == widths.size();
            int out = last ? classes : widths.get(k);
            layers.add(child("layer" + k, new ConditionedLinear(init, before, k < 2 ? layout : null, out)));
            if (!last) {
                norms.add(child("norm" + k, NormalisedConvolution.norm(init, out, Activation.RELU)));
            }
            if (!last && k < DROPPED && dropout > 0) {
                dropouts.add(child("dropout" + k, new Dropout(init, dropout, Seeds.derive(seed, "dropout", k))));
            }
            before = out;
        }
    }

    /** @return where what goes in the input */
    public InputLayout layout() {
        return layout;
    }

    /**
     * What the layers that see the codes make of them alone: computed once for as many points as one likes.
     *
     * @param codes from the finest to the coarsest, as in {@link DecoderInput#codes}
     * @param rows as in {@link DecoderInput#rows}; the points' are not read
     * @return one table for each of the first two layers, a row for each of the finest code
     */
    public List<Tensor> prepared(List<Tensor> codes, List<int[]> rows) {
        return layers.stream()
                .filter(ConditionedLinear::conditioned)
                .map(layer -> layer.prepared(codes, rows))
                .toList();
    }

    /**
     * @param input points and codes
     * @return logits, N x classes
     */
    public Tensor decode(DecoderInput input) {
        return decode(input, prepared(input.codes(), input.rows()));
    }

    /**
     * @param input points and codes; the codes are not read
     * @param prepared of {@link #prepared} of these codes, with the weights as they are
     * @return logits, N x classes
     */
    public Tensor decode(DecoderInput input, List<Tensor> prepared) {
        Tensor hidden = null;
        for (int k = 0; k < layers.size(); k++) {
            ConditionedLinear layer = layers.get(k);
            Tensor sum = k < prepared.size() ? layer.forward(hidden, input, prepared.get(k)) : layer.forward(hidden);
            hidden = finish(k, sum);
        }
        return hidden;
    }

    /** The input side by side, N x I: the formula as it stands, for comparison. */
    @Override
    public Tensor forward(Tensor x) {
        Tensor hidden = finish(0, layers.get(0).forward(x));
        hidden = finish(1, layers.get(1).forward(Shapes.concat(List.of(hidden, x))));
        for (int k = 2; k < layers.size(); k++) {
            hidden = finish(k, layers.get(k).forward(hidden));
        }
        return hidden;
    }

    /** What follows a layer. */
    private Tensor finish(int k, Tensor sum) {
        Tensor result = k < norms.size() ? norms.get(k).forward(sum) : sum;
        return k < dropouts.size() ? dropouts.get(k).forward(result) : result;
    }
}
