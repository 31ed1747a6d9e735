package slidefield.swipe;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.Arithmetic;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;
import slidefield.nn.kernels.Kernels;

/**
 * SwIPE's loss (section 2.3): occupancies of the patch decoder, of the image decoder and under stochastic patch overreach,
 * and what is kept small.
 *
 * <p>The paper: alpha L_occ(P) + (1 - alpha) L_occ(I) + beta L_SPO + lambda (|z^P|^2 + |z^I|^2). The released code: alpha
 * ((1 - beta) L_occ(P) + beta L_SPO) + (1 - alpha) L_occ(I) + lambda (sum of squared logits). Without image decoder
 * alpha is 1, without overreach beta is 0: the loss that is left has the full weight.
 */
public final class SwipeLoss {
    private final SwipeLossOptions options;

    /** @param options weights and forms */
    public SwipeLoss(SwipeLossOptions options) {
        this.options = options;
    }

    /**
     * @param output of the network for a batch of points
     * @param classes the class of each point
     * @return the loss, a scalar
     * @throws IllegalArgumentException if shapes do not fit, or an embedding to be penalised is missing
     */
    public Tensor of(SwipeOutput output, int[] classes) {
        double alpha = output.imageLogits() == null ? 1 : options.alpha();
        double beta = output.overreachLogits() == null ? 0 : options.beta();
        boolean shared = options.overreach() == SwipeLossOptions.Overreach.SHARED;
        Tensor loss = Arithmetic.scale(
                OccupancyLoss.of(output.patchLogits(), classes, options.dice()), shared ? alpha * (1 - beta) : alpha);
        if (alpha < 1) {
            Tensor image = OccupancyLoss.of(output.imageLogits(), classes, options.dice());
            loss = Arithmetic.add(loss, Arithmetic.scale(image, 1 - alpha));
        }
        if (beta > 0) {
            int[] repeated = repeated(output, classes);
            Tensor overreach = OccupancyLoss.of(output.overreachLogits(), repeated, options.dice());
            loss = Arithmetic.add(loss, Arithmetic.scale(overreach, shared ? alpha * beta : beta));
        }
        return options.lambda() == 0 ? loss : Arithmetic.add(loss, penalty(output));
    }

    private static int[] repeated(SwipeOutput output, int[] classes) {
        int[] points = output.overreachPoints();
        if (points == null || points.length != output.overreachLogits().size(0)) {
            throw new IllegalArgumentException("expected the point of each of "
                    + output.overreachLogits().size(0) + " repetitions, found "
                    + (points == null ? "none" : points.length));
        }
        int[] repeated = new int[points.length];
        for (int i = 0; i < repeated.length; i++) {
            repeated[i] = classes[points[i]];
        }
        return repeated;
    }

    private Tensor penalty(SwipeOutput output) {
        double lambda = options.lambda();
        if (options.penalty() == SwipeLossOptions.Penalty.LOGITS) {
            Tensor patch = squares(output.patchLogits(), lambda);
            return output.imageLogits() == null ? patch : Arithmetic.add(patch, squares(output.imageLogits(), lambda));
        }
        Tensor patch = output.patchEmbeddings();
        Tensor image = output.imageEmbeddings();
        if (patch == null || image == null) {
            throw new IllegalArgumentException("the embeddings are penalised (lambda " + lambda
                    + "): expected z^P and z^I, found " + (patch == null ? "no z^P" : "no z^I"));
        }
        return Arithmetic.add(squares(patch, lambda / patch.size(0)), squares(image, lambda / image.size(0)));
    }

    /**
     * @param values any shape
     * @param factor any number
     * @return factor times the sum of all squares
     */
    static Tensor squares(Tensor values, double factor) {
        Tape tape = values.tape();
        Tensor x = Arithmetic.cast(values, tape.engine().type());
        Kernels kernels = tape.kernels();
        INDArray sum = tape.allocate(1);
        kernels.fill(sum, factor * kernels.dot(x.value(), x.value()));
        return tape.node(sum, List.of(x), g -> {
            double upstream = g.getDouble(0);
            tape.recycle(g);
            INDArray gradient = tape.allocate(x.shape());
            kernels.combine(2 * factor * upstream, x.value(), 0, null, gradient);
            x.accumulate(gradient);
        });
    }
}
