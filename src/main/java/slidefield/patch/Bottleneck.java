package slidefield.patch;

import slidefield.nn.GroupNorm;
import slidefield.nn.Init;
import slidefield.nn.Module;
import slidefield.nn.StandardisedConv2d;
import slidefield.nn.Tensor;
import slidefield.nn.kernels.Activation;
import slidefield.nn.kernels.Convolution;

/**
 * The residual unit of TransUNet's ResNet (Kolesnikov et al. 2020, "Big Transfer"): standardised convolutions of 1 x 1,
 * 3 x 3 and 1 x 1, each group-normalised, added to the input before the last ReLU. N x H x W x I to N x H' x W' x O.
 */
final class Bottleneck extends Module {
    private static final double EPSILON = 1e-6;
    /** Of the normalised projection, in the authors' code. */
    private static final double PROJECTION_EPSILON = 1e-5;

    private final StandardisedConv2d reduce;
    private final GroupNorm reduceNorm;
    private final StandardisedConv2d middle;
    private final GroupNorm middleNorm;
    private final StandardisedConv2d expand;
    private final GroupNorm expandNorm;
    /** Brings the input to the size of the result; null where it has that size. */
    private final StandardisedConv2d projection;

    private final GroupNorm projectionNorm;

    /**
     * @param init source of the initial values
     * @param in channels I
     * @param inner channels of the middle convolution
     * @param out channels O
     * @param stride of the middle convolution
     * @param groups of the normalisations
     */
    Bottleneck(Init init, int in, int inner, int out, int stride, int groups) {
        Activation relu = Activation.RELU;
        reduce = child("reduce", new StandardisedConv2d(init, in, inner, new Convolution(1, 1, 1, 0)));
        reduceNorm = child("reduce_norm", new GroupNorm(init, groups, inner, EPSILON, relu));
        middle = child("middle", new StandardisedConv2d(init, inner, inner, new Convolution(3, stride, 1, 1)));
        middleNorm = child("middle_norm", new GroupNorm(init, groups, inner, EPSILON, relu));
        expand = child("expand", new StandardisedConv2d(init, inner, out, new Convolution(1, 1, 1, 0)));
        expandNorm = child("expand_norm", new GroupNorm(init, groups, out, EPSILON, relu));
        if (stride != 1 || in != out) {
            projection = child("projection", new StandardisedConv2d(init, in, out, new Convolution(1, stride, 1, 0)));
            projectionNorm =
                    child("projection_norm", new GroupNorm(init, out, out, PROJECTION_EPSILON, Activation.NONE));
        } else {
            projection = null;
            projectionNorm = null;
        }
    }

    @Override
    public Tensor forward(Tensor x) {
        Tensor residual = projection == null ? x : projectionNorm.forward(projection.forward(x));
        Tensor narrow = reduceNorm.forward(reduce.forward(x));
        return expandNorm.forward(expand.forward(middleNorm.forward(middle.forward(narrow))), residual);
    }
}
