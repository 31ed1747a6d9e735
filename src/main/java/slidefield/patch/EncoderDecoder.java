package slidefield.patch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import slidefield.nn.Arithmetic;
import slidefield.nn.Init;
import slidefield.nn.Module;
import slidefield.nn.PointwiseLinear;
import slidefield.nn.Shapes;
import slidefield.nn.Tensor;
import slidefield.nn.kernels.Activation;

/**
 * What U-Nets of one and of several resolutions share: the way up. Per level a transposed convolution by 2, the
 * encoder's map beside it, and a block; a 1 x 1 convolution makes logits of the finest.
 */
abstract class EncoderDecoder extends PatchNetwork {
    private static final int COLOURS = 3;

    private final UNetOptions network;
    /** By level; there is none for the coarsest. */
    private final List<Module> ups = new ArrayList<>();

    private final List<Module> blocks = new ArrayList<>();
    private Module out;

    EncoderDecoder(UNetOptions network) {
        this.network = network;
    }

    /** To be called once by the constructor, after everything below the decoder. */
    final void addDecoder(Init init) {
        for (int level = 0; level < network.levels() - 1; level++) {
            int channels = network.channels(level);
            ups.add(child("up" + level, new UpConvolution(init, 2 * channels, channels, 2, network.normalizedUp())));
            blocks.add(child("level" + level, new ConvolutionBlock(init, 2 * channels, channels, network.bias())));
        }
        out = child("out", new PointwiseLinear(init, network.base(), 1, true, Activation.NONE));
    }

    /** Maps of all levels, the finest first, to logits of the size of the finest. */
    final Tensor decode(List<Tensor> maps) {
        Tensor map = maps.get(maps.size() - 1);
        for (int level = maps.size() - 2; level >= 0; level--) {
            Tensor larger = ups.get(level).forward(map);
            map = blocks.get(level).forward(Shapes.concat(List.of(maps.get(level), larger)));
        }
        Tensor logits = out.forward(map);
        return Arithmetic.cast(logits, logits.tape().engine().type());
    }

    /** The patches as images, where they are as many and as large as they should be. */
    final List<Tensor> images(List<Tensor> patches, int smallest) {
        if (patches.size() != scales().size()) {
            throw new IllegalArgumentException(
                    "expected a patch for each of the scales " + scales() + ", found " + patches.size());
        }
        long[] first = patches.get(0).shape();
        for (Tensor patch : patches) {
            long[] shape = patch.shape();
            if (shape.length != 4 || shape[3] != COLOURS) {
                throw new IllegalArgumentException(
                        "expected a patch of N x H x W x 3, found the shape " + Arrays.toString(shape));
            }
            if (!isSide(shape[1], smallest) || !isSide(shape[2], smallest)) {
                throw new IllegalArgumentException("expected a patch whose sides are multiples of " + sizeMultiple()
                        + " pixels and at least " + smallest + ", found " + shape[2] + " x " + shape[1]);
            }
            if (!Arrays.equals(shape, first)) {
                throw new IllegalArgumentException("expected patches of one size, found " + Arrays.toString(first)
                        + " and " + Arrays.toString(shape));
            }
        }
        return patches.stream()
                .map(patch -> Arithmetic.cast(patch, patch.tape().engine().imageType()))
                .toList();
    }

    private boolean isSide(long pixels, int smallest) {
        return pixels >= smallest && pixels % sizeMultiple() == 0;
    }
}
