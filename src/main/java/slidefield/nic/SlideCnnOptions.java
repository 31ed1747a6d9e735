package slidefield.nic;

import java.util.ArrayList;
import java.util.List;
import slidefield.fit.Check;
import slidefield.nn.kernels.Convolution;

/**
 * Sizes of {@link SlideCnn}.
 *
 * @param code C, values of a code
 * @param crop R, places along both sides of a crop, at least 3
 * @param filters of every convolution
 * @param strides of the convolutions in their order, each 1 or more; those that no longer fit are left out, see
 *     {@link #layers()}
 * @param dense width of the dense layer
 * @param outputs logits of classes, or numbers
 * @param dropout probability of a map to be dropped after each convolution, at least 0 and below 1
 * @param normMomentum share of a new batch in the running statistics of the batch normalisation, above 0 and at most 1
 *     (Keras counts the other share, 0.99)
 */
public record SlideCnnOptions(
        int code,
        int crop,
        int filters,
        List<Integer> strides,
        int dense,
        int outputs,
        double dropout,
        double normMomentum) {
    /** Places along both sides of a filter. */
    static final int KERNEL = 3;

    /** @throws IllegalArgumentException if a size is out of range; names it */
    public SlideCnnOptions {
        Check.between("slideCnn.code", code, 1, 1 << 16);
        Check.between("slideCnn.crop", crop, KERNEL, 1 << 13);
        Check.between("slideCnn.filters", filters, 1, 1 << 14);
        if (strides == null || strides.isEmpty()) {
            throw new IllegalArgumentException("slideCnn.strides must name at least one stride, such as [2, 2, 1]");
        }
        strides = List.copyOf(strides);
        strides.forEach(stride -> Check.between("slideCnn.strides", stride, 1, 64));
        Check.between("slideCnn.dense", dense, 1, 1 << 14);
        Check.between("slideCnn.outputs", outputs, 1, 1 << 14);
        Check.below("slideCnn.dropout", dropout, 0, 1);
        Check.positive("slideCnn.normMomentum", normMomentum);
        Check.between("slideCnn.normMomentum", normMomentum, 0, 1);
    }

    /**
     * The paper's: crops of 400 x 400, eight convolutions of 128 filters, dense 128, dropout 0.2.
     *
     * @param code values of a code
     * @param outputs logits of classes, or numbers
     */
    public static SlideCnnOptions paper(int code, int outputs) {
        return new SlideCnnOptions(code, 400, 128, List.of(2, 2, 2, 2, 2, 2, 1, 1), 128, outputs, 0.2, 0.01);
    }

    /**
     * How many of the {@link #strides()} are used: filters are 3 x 3 without padding, and the first one that the map is too
     * small for ends the row. At R = 400 the paper's eight fit: 199, 99, 49, 24, 11, 5, 3, 1; at R = 64 five, 31, 15, 7, 3, 1.
     * What is left of the map, 1 x 1 or 2 x 2 where strides of 2 end it, is flattened.
     */
    public int layers() {
        return sides().size();
    }

    /** Places along both sides of the last map. */
    public int lastSide() {
        List<Integer> sides = sides();
        return sides.get(sides.size() - 1);
    }

    /** Places along both sides of the first convolution's map: what {@link GradCam} sees. */
    int firstSide() {
        return sides().get(0);
    }

    private List<Integer> sides() {
        List<Integer> sides = new ArrayList<>();
        int side = crop;
        for (int stride : strides) {
            if (side < KERNEL) {
                break;
            }
            side = (int) geometry(stride).outputSize(side);
            sides.add(side);
        }
        return sides;
    }

    /** The geometry of a convolution. */
    static Convolution geometry(int stride) {
        return new Convolution(KERNEL, stride, 1, 0);
    }
}
