package slidefield.patch;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.Adam;
import slidefield.nn.AdamOptions;
import slidefield.nn.Optimiser;
import slidefield.nn.Parameter;
import slidefield.nn.Sgd;
import slidefield.nn.SgdOptions;

/**
 * What changes a patch network's weights. The penalty of the weights' squares acts on weights alone: biases and what
 * normalisations learn (one axis) have none.
 */
final class PatchOptimiser {
    private static final double EPSILON = 1e-8;

    private final Optimiser weights;
    private final Optimiser others;

    /**
     * @param parameters of the network by name
     * @param options rule, rates and penalty
     */
    PatchOptimiser(Map<String, Parameter> parameters, PatchTrainingOptions options) {
        Map<String, Parameter> penalised = new LinkedHashMap<>();
        Map<String, Parameter> free = new LinkedHashMap<>();
        parameters.forEach((name, p) -> (p.value().rank() > 1 ? penalised : free).put(name, p));
        weights = rule(penalised, options, options.l2());
        others = rule(free, options, 0);
    }

    private static Optimiser rule(Map<String, Parameter> parameters, PatchTrainingOptions options, double l2) {
        return switch (options.optimiser()) {
            case ADAM -> new Adam(
                    parameters, new AdamOptions(options.rate(), options.beta1(), options.beta2(), EPSILON, l2, false));
            case SGD -> new Sgd(parameters, new SgdOptions(options.rate(), options.beta1(), l2));
        };
    }

    /** Changes the weights by their gradients; to be called before the tape closes. */
    void step(double rate) {
        weights.learningRate(rate);
        others.learningRate(rate);
        weights.step();
        others.step();
    }

    /** Live arrays by name. */
    Map<String, INDArray> state() {
        Map<String, INDArray> state = new LinkedHashMap<>(weights.state());
        state.putAll(others.state());
        return state;
    }
}
