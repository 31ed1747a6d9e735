package slidefield.notebook;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import slidefield.nic.CodeGrid;

/**
 * Codes as colours: along the three directions in which a grid's codes differ most (their first principal components) red, green and
 * blue, each from the 1st to the 99th percentile. Alike codes get alike colours; which colour means what differs from grid to grid, so
 * grids that are compared are painted with the colours of one.
 *
 * <p>Immutable: thread-safe.
 */
public final class CodeColours {
    private static final int CHANNELS = 3;

    /** Codes from which the directions are found, at most. */
    private static final int MOST = 20_000;

    private final double[] mean;
    /** Up to three unit vectors. */
    private final double[][] directions;

    private final double[] lowest;
    private final double[] highest;

    private CodeColours(double[] mean, double[][] directions, double[] lowest, double[] highest) {
        this.mean = mean;
        this.directions = directions;
        this.lowest = lowest;
        this.highest = highest;
    }

    /**
     * Finds the colours of a grid from its places with tissue, evenly chosen ones where there are many.
     *
     * @param grid with tissue
     * @throws IllegalArgumentException if it has none
     */
    public static CodeColours of(CodeGrid grid) {
        int[] tissue = tissue(grid);
        if (tissue.length == 0) {
            throw new IllegalArgumentException("a grid with tissue is expected: all codes are zero");
        }
        int step = (tissue.length - 1) / MOST + 1;
        double[][] codes = new double[(tissue.length - 1) / step + 1][];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = code(grid, tissue[i * step]);
        }
        double[] mean = new double[grid.code()];
        for (double[] code : codes) {
            for (int k = 0; k < mean.length; k++) {
                mean[k] += code[k] / codes.length;
            }
        }
        EigenDecomposition found = new EigenDecomposition(new Array2DRowRealMatrix(covariance(codes, mean), false));
        double[][] directions = new double[Math.min(CHANNELS, mean.length)][];
        double[] lowest = new double[directions.length];
        double[] highest = new double[directions.length];
        for (int d = 0; d < directions.length; d++) {
            double[] direction = upright(found.getEigenvector(d).toArray());
            directions[d] = direction;
            double[] along = Arrays.stream(codes)
                    .mapToDouble(code -> along(code, mean, direction))
                    .toArray();
            lowest[d] = new Percentile().evaluate(along, 1);
            highest[d] = new Percentile().evaluate(along, 99);
        }
        return new CodeColours(mean, directions, lowest, highest);
    }

    /** A direction and its opposite are as good: the one whose largest component is positive. */
    private static double[] upright(double[] direction) {
        double largest = 0;
        for (double component : direction) {
            largest = Math.abs(component) > Math.abs(largest) ? component : largest;
        }
        double sign = Math.signum(largest);
        return Arrays.stream(direction).map(component -> component * sign).toArray();
    }

    private static double[][] covariance(double[][] codes, double[] mean) {
        double[][] covariance = new double[mean.length][mean.length];
        for (double[] code : codes) {
            for (int i = 0; i < mean.length; i++) {
                double off = (code[i] - mean[i]) / codes.length;
                for (int j = 0; j <= i; j++) {
                    covariance[i][j] += off * (code[j] - mean[j]);
                    covariance[j][i] = covariance[i][j];
                }
            }
        }
        return covariance;
    }

    private static double along(double[] code, double[] mean, double[] direction) {
        double sum = 0;
        for (int k = 0; k < mean.length; k++) {
            sum += (code[k] - mean[k]) * direction[k];
        }
        return sum;
    }

    private static int[] tissue(CodeGrid grid) {
        int[] places = new int[grid.rows() * grid.columns()];
        int count = 0;
        for (int place = 0; place < places.length; place++) {
            if (grid.tissue(place / grid.columns(), place % grid.columns())) {
                places[count++] = place;
            }
        }
        return Arrays.copyOf(places, count);
    }

    private static double[] code(CodeGrid grid, int place) {
        double[] code = new double[grid.code()];
        for (int k = 0; k < code.length; k++) {
            code[k] = grid.values()[place * code.length + k];
        }
        return code;
    }

    /**
     * @param grid of codes of the same length
     * @return rows x columns pixels; white where there is no tissue
     * @throws IllegalArgumentException if its codes are of another length
     */
    public BufferedImage image(CodeGrid grid) {
        if (grid.code() != mean.length) {
            throw new IllegalArgumentException(
                    "codes of " + mean.length + " values are expected, found " + grid.code());
        }
        float[] rgb = new float[grid.rows() * grid.columns() * CHANNELS];
        Arrays.fill(rgb, 1);
        for (int place : tissue(grid)) {
            double[] code = code(grid, place);
            for (int d = 0; d < CHANNELS; d++) {
                rgb[place * CHANNELS + d] = d < directions.length ? (float) share(code, d) : 0.5f;
            }
        }
        return Pictures.colours(rgb, grid.columns(), grid.rows());
    }

    private double share(double[] code, int direction) {
        double range = highest[direction] - lowest[direction];
        double above = along(code, mean, directions[direction]) - lowest[direction];
        return range > 0 ? Math.max(0, Math.min(1, above / range)) : 0.5;
    }
}
