package slidefield.patch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import slidefield.fit.Seeds;
import slidefield.nn.Arithmetic;
import slidefield.nn.Conv2d;
import slidefield.nn.Dropout;
import slidefield.nn.Init;
import slidefield.nn.LayerNorm;
import slidefield.nn.Parameter;
import slidefield.nn.Sequential;
import slidefield.nn.Shapes;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;
import slidefield.nn.kernels.Activation;
import slidefield.nn.kernels.Convolution;

/**
 * TransUNet (Chen et al. 2021, "TransUNet: Transformers Make Strong Encoders for Medical Image Segmentation"; layers as in
 * the authors' code): a residual network whose coarsest features become the tokens of a vision transformer, and a decoder
 * that takes both back to full size. It computes in the engine's own precision whatever the patches come in.
 *
 * <p>Not thread-safe while it is trained.
 */
public final class TransUNet extends PatchNetwork {
    private final TransUNetOptions options;
    private final HybridResNet resnet;
    private final Conv2d embedding;
    /** One vector per token of a patch, 1 x tokens x hidden channels. */
    private final Parameter position;

    private final Dropout dropout;
    private final Sequential layers;
    private final LayerNorm norm;
    private final CascadedDecoder decoder;
    private final Conv2d head;

    /**
     * @param options sizes
     * @param type FLOAT or DOUBLE
     * @param seed of the initial values and of what is dropped in training
     */
    public TransUNet(TransUNetOptions options, DataType type, long seed) {
        this.options = options;
        Init init = new Init(type, seed);
        int hidden = options.hidden();
        resnet = child("resnet", new HybridResNet(init, options));
        Convolution pointwise = new Convolution(1, 1, 1, 0);
        embedding =
                child("embedding", new Conv2d(init, 16 * options.width(), hidden, pointwise, true, Activation.NONE));
        position = parameter("position", init.zeros(1, (long) options.tokens() * options.tokens(), hidden));
        dropout = child("dropout", new Dropout(init, options.dropout(), Seeds.derive(seed, "position")));
        List<TransformerLayer> all = new ArrayList<>();
        for (int layer = 0; layer < options.layers(); layer++) {
            all.add(new TransformerLayer(init, options, Seeds.derive(seed, "layer", layer)));
        }
        layers = child("layers", new Sequential(all));
        norm = child("norm", new LayerNorm(init, hidden, TransformerLayer.EPSILON));
        decoder = new CascadedDecoder(init, options);
        child("decoder", decoder.parts());
        head = child("head", new Conv2d(init, options.decoder().get(4), options.classes(), 3, true, Activation.NONE));
    }

    /** @return the sizes */
    public TransUNetOptions options() {
        return options;
    }

    @Override
    public List<Integer> scales() {
        return List.of(1);
    }

    /** @return the size of a patch: no other size, not even a multiple, will do */
    @Override
    public int sizeMultiple() {
        return options.size();
    }

    @Override
    public Tensor forward(List<Tensor> patches) {
        if (patches.size() != 1) {
            throw new IllegalArgumentException("TransUNet: patches of 1 scale are expected, found " + patches.size());
        }
        requirePatches(patches.get(0).shape());
        Tape tape = patches.get(0).tape();
        Tensor x = Arithmetic.cast(patches.get(0), tape.engine().type());
        HybridResNet.Features features = resnet.features(x);
        Tensor logits = head.forward(decoder.forward(transformed(features.sixteenth()), features));
        if (options.classes() == 1) {
            return logits;
        }
        return Arithmetic.subtract(Shapes.channels(logits, 1, 2), Shapes.channels(logits, 0, 1));
    }

    /** The transformer's answer to the coarsest features, as an image again. */
    private Tensor transformed(Tensor features) {
        long n = features.size(0);
        long side = options.tokens();
        Tensor tokens = Shapes.reshape(embedding.forward(features), n, side * side, options.hidden());
        Tensor placed = Arithmetic.add(tokens, Shapes.repeat(features.tape().parameter(position), n));
        return Shapes.reshape(norm.forward(layers.forward(dropout.forward(placed))), n, side, side, options.hidden());
    }

    private void requirePatches(long[] shape) {
        int size = options.size();
        if (shape.length != 4 || shape[1] != size || shape[2] != size || shape[3] != 3) {
            throw new IllegalArgumentException("TransUNet: patches of N x " + size + " x " + size
                    + " x 3 are expected, the size that its position embedding was made for, found "
                    + Arrays.toString(shape) + ": make a network of that size, or cut other patches");
        }
    }
}
