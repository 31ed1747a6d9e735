package slidefield.swipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import slidefield.fit.FitListener;
import slidefield.nn.Engine;

/** Whole images: windows, output sizes, neighbours. */
class DenseSwipeTest {
    private static final int WINDOW = SmallSwipeTraining.SIZE;
    private static final Engine ENGINE = Engine.preferred();

    private static TrainedSwipe trained;

    @BeforeAll
    static void train() {
        trained = SwipeTraining.trainer(ENGINE, SmallSwipeTraining.settings(), SmallSwipeTraining.images(WINDOW, 3, 1))
                .train(FitListener.NONE, t -> {});
    }

    private static TrainedSwipe with(String... changes) {
        return new TrainedSwipe(ENGINE, trained.settings().with(List.of(changes)), trained.network());
    }

    private static LabelledImage cut(LabelledImage image, int left, int top) {
        int[] rgb = new int[WINDOW * WINDOW];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = image.rgb()[(top + i / WINDOW) * image.width() + left + i % WINDOW];
        }
        return LabelledImage.unlabelled("cut", WINDOW, WINDOW, rgb);
    }

    @Test
    void oneWindowIsTheEncodedImageAskedAtEveryPixel() {
        LabelledImage image = SmallSwipeTraining.disc("a", WINDOW, 4);

        SegmentedImage found = trained.predict(image);

        try (EncodedImage encoded = trained.encode(image)) {
            assertArrayEquals(encoded.logits(Lattice.pixels(WINDOW, WINDOW)), found.logits());
        }
        assertEquals(0, found.variance().length);
    }

    @Test
    void windowsCoverAnAxisAsFarApartAsTheOverlapSays() {
        assertArrayEquals(new int[] {0}, SlidingWindows.starts(384, 384, 0.75));
        assertArrayEquals(new int[] {0, 16, 20}, SlidingWindows.starts(84, 64, 0.75));
        assertArrayEquals(new int[] {0, 64, 128}, SlidingWindows.starts(192, 64, 0));
        assertArrayEquals(new int[] {0, 1, 2}, SlidingWindows.starts(66, 64, 0.999));
    }

    @Test
    void whereWindowsOverlapTheirLogitsAreAveraged() {
        // given an image of one and a half windows, seen at the columns 0 and 32
        LabelledImage image = SmallSwipeTraining.disc("wide", 96, 4);
        // when
        SegmentedImage found = with("prediction.width=96", "prediction.height=96", "prediction.overlap=0.5")
                .predict(image);
        // then its 4 windows by hand
        double[] sums = new double[96 * 96];
        int[] seen = new int[sums.length];
        for (int top : new int[] {0, 32}) {
            for (int left : new int[] {0, 32}) {
                float[] part = trained.predict(cut(image, left, top)).logits();
                for (int i = 0; i < part.length; i++) {
                    int at = (top + i / WINDOW) * 96 + left + i % WINDOW;
                    sums[at] += part[i];
                    seen[at]++;
                }
            }
        }
        for (int i = 0; i < sums.length; i++) {
            assertEquals(sums[i] / seen[i], found.logits()[i], 1e-5, "pixel " + i);
        }
        assertEquals(4, seen[40 * 96 + 40]);
    }

    @Test
    void anyOutputSizeIsTheSameFieldAskedElsewhere() {
        LabelledImage image = SmallSwipeTraining.disc("a", WINDOW, 4);
        float[] whole = trained.predict(image).logits();
        // when asked three times as densely, every third point is a pixel's centre
        SegmentedImage fine = trained.predict(image, 3 * WINDOW, 3 * WINDOW);
        for (int i = 0; i < whole.length; i++) {
            int at = (3 * (i / WINDOW) + 1) * 3 * WINDOW + 3 * (i % WINDOW) + 1;
            assertEquals(whole[i], fine.logits()[at], 1e-4, "pixel " + i);
        }
        // and a single point is answered too, also through windows
        for (TrainedSwipe one : List.of(trained, with("prediction.width=96", "prediction.height=160"))) {
            SegmentedImage point = one.predict(image, 1, 1);
            assertTrue(Float.isFinite(point.logits()[0]));
            SegmentedImage many = one.predict(image, 201, 7);
            assertEquals(201 * 7, many.logits().length);
            for (float logit : many.logits()) {
                assertTrue(Float.isFinite(logit), "a point that no window saw");
            }
        }
    }

    @Test
    void anImageOfAnotherSizeIsAnsweredInItsOwnPixels() {
        SegmentedImage found = trained.predict(SmallSwipeTraining.disc("odd", 51, 4));

        assertEquals(51, found.width());
        assertEquals(51 * 51, found.classes().length);
        assertEquals(51 * 51, found.foreground().length);
    }

    @Test
    void neighboursGiveTheirMeanAndTheMapOfUncertainty() {
        LabelledImage image = SmallSwipeTraining.disc("a", WINDOW, 4);

        SegmentedImage found = with("prediction.neighbours=true").predict(image);

        try (EncodedImage encoded = trained.encode(image)) {
            NeighbourLogits wanted = encoded.neighbourLogits(Lattice.pixels(WINDOW, WINDOW));
            assertArrayEquals(wanted.mean(), found.logits());
            assertArrayEquals(wanted.variance(), found.variance());
        }
        assertNotEquals(0, found.variance()[2000], "neighbouring patches disagree");
    }

    @Test
    void foregroundIsASigmoidOrWhatTheBackgroundLeaves() {
        SegmentedImage one = new SegmentedImage(2, 1, 1, new float[] {0, 100}, new float[0]);
        assertArrayEquals(new float[] {0.5f, 1}, one.foreground(), 1e-6f);
        SegmentedImage three = new SegmentedImage(2, 1, 3, new float[] {0, 0, 0, -900, 900, 0}, new float[0]);
        assertArrayEquals(new float[] {2 / 3f, 1}, three.foreground(), 1e-6f);
    }
}
