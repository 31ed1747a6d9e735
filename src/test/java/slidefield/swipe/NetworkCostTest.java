package slidefield.swipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;

/** What networks cost, against sums by hand over their layers. */
class NetworkCostTest {
    private static final int SIZE = 384;
    private static final int POINTS = 1000;

    private static long at(int side, long weights) {
        return (long) side * side * weights;
    }

    /** Two blocks of a stage: 1 x 1, three 3 x 3 of a quarter, 1 x 1, and the first one's shortcut. */
    private static long stage(int before, int side, int in, int planes) {
        int width = planes * 26 / 64;
        int out = 2 * planes;
        long middle = 3L * 9 * width * width;
        long first = at(before, (long) in * 4 * width) + at(side, middle + 4L * width * out + (long) in * out);
        return first + at(side, (long) out * 4 * width + middle + 4L * width * out);
    }

    private static long backbone() {
        return at(192, 27 * 32 + 9 * 32 * 32 + 9 * 32 * 64)
                + stage(96, 96, 64, 64)
                + stage(96, 48, 128, 80)
                + stage(48, 24, 160, 96)
                + stage(24, 12, 192, 128);
    }

    /** Four 1 x 1 into 64 channels; 1 x 3, 3 x 1, 1 x 5, 5 x 1; two dilated 3 x 3; 3 x 3 of all three branches. */
    private static long receptiveField(int side, int in) {
        return at(side, 4L * in * 64 + 64 * 64 * (3 + 3 + 5 + 5 + 9 + 9) + 9 * 192 * 64);
    }

    private static long neck() {
        long fields =
                receptiveField(96, 128) + receptiveField(48, 160) + receptiveField(24, 192) + receptiveField(12, 256);
        long embeddings = at(12, 4 * 64 * 256);
        // the attention squeezes four scales, weighs them, and copies each weight to all channels by a product
        long attention = at(12, 4 * 256 * 16 + 64 * 4 + 4 * (4 * 256));
        return fields + embeddings + attention;
    }

    private static long decoders(long patchPoints, long imagePoints) {
        long patch = 540 * 256 + (256 + 540) * 256 + 256 * 256 + 256;
        long image = 258 * 256 + (256 + 258) * 128 + 128;
        return patchPoints * patch + imagePoints * image;
    }

    @Test
    void swipesMultiplyAddsAreThoseOfItsLayers() {
        // when
        NetworkCost cost = NetworkCost.of(SwipeOptions.released(), SIZE, POINTS);
        // then: all points by both decoders, and eight times more by overreach
        assertEquals(2_712_432, cost.parameters());
        long byHand = backbone() + neck() + decoders(9L * POINTS, POINTS);
        assertEquals(byHand, cost.multiplyAdds());
        // the paper prints 10.2, and counters of FLOPs often count normalisation too
        assertEquals("9.9", String.format(Locale.ROOT, "%.1f", cost.multiplyAdds() / 1e9));
        assertTrue(cost.done() < cost.multiplyAdds(), cost.toString());
        assertTrue(cost.done() > backbone() + neck(), cost.toString());
    }

    @Test
    void withoutOverreachOrAnImageDecoderTheirPointsAreNotCounted() {
        SwipeOptions options = SwipeOptions.released().withOverreach(8, 0);
        DecoderOptions decoder = options.decoder().withImage(false);

        long both = NetworkCost.of(options, 64, 10).multiplyAdds();
        long one = NetworkCost.of(options.withDecoder(decoder), 64, 10).multiplyAdds();

        assertEquals(decoders(0, 10), both - one);
        assertEquals(
                decoders(80, 0), NetworkCost.of(SwipeOptions.released(), 64, 10).multiplyAdds() - both);
    }

    /** In thousand millions at 384 x 384; their maps have a size in proportion, so that a smaller image tells. */
    @ParameterizedTest
    @CsvSource({"unet, 7700161, 82.7", "pranet, 30498319, 15.5", "res2unet, 25419465, 17.5"})
    void theRivalsCostWhatTheRecoveredNetworksDo(String preset, long parameters, String billions) {
        RivalOptions options = RivalSettings.preset(preset).rival();

        NetworkCost cost = NetworkCost.of(options.build(DataType.FLOAT, 0), 64, POINTS);

        assertEquals(parameters, cost.parameters());
        assertEquals(billions, String.format(Locale.ROOT, "%.1f", 36 * cost.multiplyAdds() / 1e9));
    }
}
