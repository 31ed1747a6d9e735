package slidefield.swipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import slidefield.fit.Targets;
import slidefield.nn.Engine;
import slidefield.nn.Resampling;
import slidefield.nn.Tape;

/** Whole images answered by networks of pixels and of points: windows and output sizes. */
class DenseRivalTest {
    private static final int WINDOW = 64;
    private static final Engine ENGINE = Engine.preferred();

    private static TrainedRival untrained(RivalOptions rival, String... changes) {
        RivalSettings settings = TinyRivals.settings(rival, changes);
        RivalNetwork network = TrainedRival.network(ENGINE, settings);
        network.training(false);
        return new TrainedRival(ENGINE, settings, network);
    }

    private static float[] forward(TrainedRival trained, LabelledImage image) {
        try (Tape tape = ENGINE.inference()) {
            return EncodedImage.floats(trained.network()
                    .forward(tape.constant(SwipeBatch.colours(tape, List.of(image))))
                    .value());
        }
    }

    private static LabelledImage cut(LabelledImage image, int left, int top) {
        int[] rgb = new int[WINDOW * WINDOW];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = image.rgb()[(top + i / WINDOW) * image.width() + left + i % WINDOW];
        }
        return LabelledImage.unlabelled("cut", WINDOW, WINDOW, rgb);
    }

    @Test
    void oneWindowOfAPixelNetworkIsItsAnswer() {
        LabelledImage image = SmallSwipeTraining.disc("a", WINDOW, 4);
        for (RivalOptions rival : List.of(TinyRivals.UNET, TinyRivals.PRANET, TinyRivals.RES2UNET)) {
            TrainedRival trained = untrained(rival);
            assertArrayEquals(forward(trained, image), trained.predict(image).logits());
        }
    }

    @Test
    void oneWindowOfAPointNetworkIsWhatItDecodes() {
        LabelledImage image = SmallSwipeTraining.disc("a", WINDOW, 4);
        TrainedRival trained = untrained(TinyRivals.POINTS);
        PointNetwork network = (PointNetwork) trained.network();
        float[][] places = PointChunks.places(Lattice.resized(WINDOW, WINDOW, 100, 200));
        try (Tape tape = ENGINE.inference()) {
            float[] wanted = EncodedImage.floats(network.decode(
                            network.encode(tape.constant(SwipeBatch.colours(tape, List.of(image)))),
                            new PointBatch(1, places[0].length, places[0], places[1]))
                    .value());
            // more points than a chunk has
            assertArrayEquals(wanted, trained.predict(image, 100, 200).logits(), 1e-6f);
        }
    }

    @Test
    void whereWindowsOverlapTheirLogitsAreAveraged() {
        LabelledImage image = SmallSwipeTraining.disc("wide", 96, 4);
        for (RivalOptions rival : TinyRivals.all()) {
            // given an image of one and a half windows, seen at the columns and rows 0 and 32
            TrainedRival whole = untrained(rival);
            // when
            SegmentedImage found = untrained(
                            rival, "prediction.width=96", "prediction.height=96", "prediction.overlap=0.5")
                    .predict(image);
            // then its 4 windows by hand
            double[] sums = new double[96 * 96];
            int[] seen = new int[sums.length];
            for (int top : new int[] {0, 32}) {
                for (int left : new int[] {0, 32}) {
                    float[] part = whole.predict(cut(image, left, top)).logits();
                    for (int i = 0; i < part.length; i++) {
                        int at = (top + i / WINDOW) * 96 + left + i % WINDOW;
                        sums[at] += part[i];
                        seen[at]++;
                    }
                }
            }
            for (int i = 0; i < sums.length; i++) {
                assertEquals(sums[i] / seen[i], found.logits()[i], 1e-5, rival + ", pixel " + i);
            }
        }
    }

    @Test
    void anotherOutputSizeOfAPixelNetworkIsItsLogitsResized() {
        LabelledImage image = SmallSwipeTraining.disc("a", WINDOW, 4);
        TrainedRival trained = untrained(TinyRivals.PRANET);
        float[] whole = trained.predict(image).logits();
        for (int[] size : new int[][] {{150, 91}, {20, 33}, {1, 1}}) {
            SegmentedImage found = trained.predict(image, size[0], size[1]);
            assertEquals(size[0], found.width());
            assertEquals(size[1], found.height());
            try (Tape tape = ENGINE.inference()) {
                float[] wanted = EncodedImage.floats(Resampling.bilinear(
                                tape.constant(Targets.array(tape, whole, 1, WINDOW, WINDOW, 1)),
                                size[1],
                                size[0],
                                false)
                        .value());
                assertArrayEquals(wanted, found.logits());
            }
        }
    }

    @Test
    void anImageOfAnotherSizeIsAnsweredInItsOwnPixels() {
        for (RivalOptions rival : TinyRivals.all()) {
            SegmentedImage found = untrained(rival).predict(SmallSwipeTraining.disc("odd", 51, 4));

            assertEquals(51 * 51, found.classes().length);
            assertEquals(0, found.variance().length);
        }
    }
}
