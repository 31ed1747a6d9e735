package slidefield.swipe;

import java.util.List;
import slidefield.nn.Convolutions;
import slidefield.nn.Init;
import slidefield.nn.Module;
import slidefield.nn.Parameter;
import slidefield.nn.Shapes;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;
import slidefield.nn.kernels.Activation;

/**
 * A linear layer of points of which many share codes: N x I to N x O. The products of the codes are computed once per
 * patch or image, and only then copied to the points, which for embeddings of 256 channels leaves a third of the work.
 */
final class ConditionedLinear extends Module {
    private static final double DEVIATION = 0.02;
    /** PyTorch's trunc_normal_ cuts at 2, which is a hundred deviations here. */
    private static final double BOUND = 2;

    private final int before;
    private final InputLayout layout;
    /** I x O; the first rows belong to what the layer before put out. */
    private final Parameter weight;
    /** O values. */
    private final Parameter bias;

    /**
     * @param init source of the initial values: normal with deviation 0.02, bias 0
     * @param before channels of the layer before, 0 for none
     * @param layout of the decoder's input, which comes after them; null if this layer does not see it
     * @param out channels O
     */
    ConditionedLinear(Init init, int before, InputLayout layout, int out) {
        this.before = before;
        this.layout = layout == null ? null : layout.shifted(before);
        weight = parameter("weight", init.truncatedNormal(DEVIATION, BOUND, before + size(layout), out));
        bias = parameter("bias", init.zeros(out));
    }

    private static int size(InputLayout layout) {
        return layout == null ? 0 : layout.size();
    }

    /** Whether this layer sees the decoder's input. */
    boolean conditioned() {
        return layout != null;
    }

    /**
     * What this layer makes of the codes alone, its bias included: R x O for R rows of the finest code.
     *
     * @param codes from the finest to the coarsest, as in {@link DecoderInput#codes}
     * @param rows as in {@link DecoderInput#rows}; the points' are not read
     */
    Tensor prepared(List<Tensor> codes, List<int[]> rows) {
        Tape tape = codes.get(0).tape();
        Tensor w = tape.parameter(weight);
        Tensor table = null;
        for (int k = layout.codes().size() - 1; k >= 0; k--) {
            Tensor coarser = table == null ? null : Shapes.gatherRows(table, rows.get(k + 1));
            table = Convolutions.pointwise(
                    codes.get(k),
                    Shapes.gatherRows(w, layout.codes().get(k)),
                    table == null ? tape.parameter(bias) : null,
                    coarser,
                    Activation.NONE);
        }
        return table;
    }

    /**
     * @param hidden what the layer before put out, N x before; null if there is none
     * @param input what the decoder is asked
     * @param prepared of {@link #prepared} of its codes
     * @return N x O
     */
    Tensor forward(Tensor hidden, DecoderInput input, Tensor prepared) {
        Tensor w = input.points().tape().parameter(weight);
        Tensor sum = Shapes.gatherRows(prepared, input.rows().get(0));
        sum = product(input.points(), w, layout.point(), sum);
        return hidden == null ? sum : product(hidden, w, InputLayout.range(0, before), sum);
    }

    private static Tensor product(Tensor x, Tensor w, int[] rows, Tensor addend) {
        return Convolutions.pointwise(x, Shapes.gatherRows(w, rows), null, addend, Activation.NONE);
    }

    /** All of a layer's input side by side, N x I. */
    @Override
    public Tensor forward(Tensor x) {
        Tape tape = x.tape();
        return Convolutions.pointwise(x, tape.parameter(weight), tape.parameter(bias), null, Activation.NONE);
    }
}
