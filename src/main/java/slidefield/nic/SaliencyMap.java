package slidefield.nic;

import slidefield.slide.GaussianSmoothing;
import slidefield.slide.LargestComponent;
import slidefield.slide.Otsu;

/**
 * Where a network looked (Tellez et al. 2019, section 3.3): a value for every place of a compressed slide.
 *
 * <p>Not copied: who makes one gives its array away.
 *
 * @param rows of places
 * @param columns of places
 * @param values rows x columns, row-major, from 0 to 1; 0 also outside the crop that was looked at
 */
public record SaliencyMap(int rows, int columns, float[] values) {
    /** Of the smoothing before a region is cut out, in places; the paper does not say. */
    public static final double SIGMA = 3;

    /** @throws IllegalArgumentException if a size is not positive or does not fit the array */
    public SaliencyMap {
        if (rows < 1 || columns < 1 || (long) rows * columns != values.length) {
            throw new IllegalArgumentException(
                    "a map of " + rows + " x " + columns + " places does not have " + values.length + " values");
        }
    }

    /**
     * The one region that stands out, for the Jaccard coefficient with a lesion. The paper has "a simple general-purpose
     * post-processing routine" (section 4.2) without saying which; this one smooths the map, cuts it at Otsu's threshold and
     * keeps the largest connected part.
     *
     * @return rows x columns, 1 inside; all 0 where the map is the same everywhere
     */
    public byte[] region() {
        return region(SIGMA);
    }

    /**
     * @param sigma of the Gaussian, in places, above 0
     * @return as {@link #region()}
     */
    public byte[] region(double sigma) {
        float[] smooth = GaussianSmoothing.of(values, columns, rows, sigma);
        double[] wide = new double[smooth.length];
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < wide.length; i++) {
            wide[i] = smooth[i];
            least = Math.min(least, wide[i]);
            most = Math.max(most, wide[i]);
        }
        byte[] mask = new byte[wide.length];
        if (most > least) {
            double cut = Otsu.threshold(wide, least, most);
            for (int i = 0; i < mask.length; i++) {
                mask[i] = (byte) (wide[i] >= cut ? 1 : 0);
            }
        }
        return LargestComponent.of(mask, columns, rows);
    }
}
