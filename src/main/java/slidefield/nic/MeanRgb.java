package slidefield.nic;

import java.util.Arrays;
import slidefield.fit.Check;

/**
 * The mean of every colour over a patch as its code (Tellez et al. 2019: the baseline mean-RGB).
 *
 * <p>Holds nothing that changes: safe to use from several threads at once.
 */
public final class MeanRgb implements PatchEncoder {
    /** P of the paper. */
    public static final int PATCH = 128;

    private final int patch;
    private final int colours;

    /** Of patches of {@value #PATCH} pixels in colours. */
    public MeanRgb() {
        this(PATCH, 3);
    }

    /**
     * @param patch P, pixels along both sides
     * @param colours of a pixel: 3, or 1 for grey
     * @throws IllegalArgumentException if a size is impossible
     */
    public MeanRgb(int patch, int colours) {
        Check.between("patch", patch, 1, 4096);
        EncoderOptions.requireColours(colours);
        this.patch = patch;
        this.colours = colours;
    }

    @Override
    public String name() {
        return colours == 3 ? "Mean-RGB" : "Mean-grey";
    }

    @Override
    public int patch() {
        return patch;
    }

    @Override
    public int colours() {
        return colours;
    }

    @Override
    public int code() {
        return colours;
    }

    @Override
    public float[] encode(float[] patches) {
        int count = NetworkEncoder.requireWhole(this, patches);
        int pixels = patch * patch;
        float[] codes = new float[count * colours];
        double[] sums = new double[colours];
        for (int i = 0; i < count; i++) {
            Arrays.fill(sums, 0);
            for (int k = 0; k < pixels * colours; k++) {
                sums[k % colours] += patches[i * pixels * colours + k];
            }
            for (int c = 0; c < colours; c++) {
                codes[i * colours + c] = (float) (sums[c] / pixels);
            }
        }
        return codes;
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
