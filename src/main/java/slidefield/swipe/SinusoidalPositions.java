package slidefield.swipe;

import slidefield.nn.Arithmetic;
import slidefield.nn.Shapes;
import slidefield.nn.Tensor;

/**
 * Sinusoidal positions (Vaswani et al. 2017, section 3.5): channels 2 k and 2 k + 1 of position p are the sine and the cosine
 * of p / 10000^(2 k / C).
 */
final class SinusoidalPositions {
    private static final double BASE = 10000;

    private SinusoidalPositions() {}

    /**
     * @param tokens R x C
     * @param positions of each row, at least 0
     * @return the tokens plus their positions, R x C
     */
    static Tensor added(Tensor tokens, int[] positions) {
        int channels = Math.toIntExact(tokens.size(1));
        int count = 0;
        for (int position : positions) {
            count = Math.max(count, position + 1);
        }
        float[] table = new float[Math.multiplyExact(count, channels)];
        for (int i = 0; i < table.length; i++) {
            int position = i / channels;
            int channel = i % channels;
            int even = channel - channel % 2;
            double angle = position / Math.pow(BASE, (double) even / channels);
            table[i] = (float) (channel % 2 == 0 ? Math.sin(angle) : Math.cos(angle));
        }
        Tensor all = Arithmetic.cast(Encoded.constant(tokens.tape(), table, channels), tokens.type());
        return Arithmetic.add(tokens, Shapes.gatherRows(all, positions));
    }
}
