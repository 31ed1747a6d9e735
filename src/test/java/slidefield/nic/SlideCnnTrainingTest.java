package slidefield.nic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slidefield.StateDigest;
import slidefield.fit.Checkpoint;
import slidefield.fit.EpochReport;
import slidefield.fit.FitListener;
import slidefield.fit.Orientation;
import slidefield.fit.Phase;
import slidefield.io.InputException;
import slidefield.nn.Engine;

@Tag("once")
class SlideCnnTrainingTest {
    private static final Engine ENGINE = Engine.preferred();

    @Test
    void learnsWhichSlidesHoldASquareAndLooksAtIt(@TempDir Path folder) {
        // given
        List<LabelledGrid> test = TinySlides.of("test", 20);

        // when
        SlideCnnTraining.Trained trained = SlideCnnTraining.train(
                TinySlides.settings(), TinySlides.of("seen", 24), TinySlides.of("unseen", 8), FitListener.NONE);

        // then slides that it has not seen are told apart
        List<SlidePrediction> predictions =
                test.stream().map(trained.network()::predict).toList();
        assertTrue(SlideScores.auc(predictions) > 0.95, predictions.toString());
        assertEquals(
                trained.leastLoss(),
                trained.reports().stream()
                        .filter(r -> r.phase() == Phase.VALIDATION && r.epoch() == trained.bestEpoch())
                        .findFirst()
                        .orElseThrow()
                        .loss());

        // and the square stands out in the map of the positive class
        double inside = 0;
        double outside = 0;
        for (LabelledGrid slide : test.subList(0, 8)) {
            if (slide.label() == 1) {
                float[] values = trained.network().saliency(slide.grid(0, 2), 1).values();
                byte[] square = TinySlides.square(slide.name());
                for (int i = 0; i < values.length; i++) {
                    inside += square[i] * values[i];
                    outside += (1 - square[i]) * values[i];
                }
            }
        }
        int area = TinySlides.SQUARE * TinySlides.SQUARE;
        double ratio = inside / area / (outside / (TinySlides.ROWS * TinySlides.COLUMNS - area));
        assertTrue(ratio > 2, "the square is " + ratio + " times as bright as the rest");

        // and it survives its files to the bit
        trained.network().save(folder);
        TrainedSlideCnn loaded = TrainedSlideCnn.load(folder, ENGINE);
        assertEquals(predictions.get(3), loaded.predict(test.get(3)));
    }

    private static SlideCnnTraining brief(long seed) {
        SlideCnnSettings settings =
                TinySlides.settings().with(List.of("training.epochs=3")).withSeed(seed);
        return new SlideCnnTraining(ENGINE, settings, TinySlides.of("seen", 10), TinySlides.of("unseen", 3));
    }

    @Test
    void aResumedTrainingEndsWithTheBitsOfAnUninterruptedOne(@TempDir Path folder) {
        SlideCnnTraining whole = brief(5);
        whole.train(FitListener.NONE, t -> {});
        SlideCnnTraining other = brief(6);
        other.train(FitListener.NONE, t -> {});
        assertNotEquals(
                StateDigest.of(whole.state().state()),
                StateDigest.of(other.state().state()));
        for (int last = 1; last <= 2; last++) {
            // given one that was stopped
            int end = last;
            SlideCnnTraining cut = brief(5);
            assertThrows(
                    CancellationException.class,
                    () -> cut.train(FitListener.NONE, t -> {
                        Checkpoint.save(folder, t);
                        if (t.reports().size() == 2 * end) {
                            throw new CancellationException();
                        }
                    }));

            // when
            SlideCnnTraining resumed = brief(5);
            Checkpoint.load(folder, resumed.state());
            resumed.train(FitListener.NONE, t -> {});

            // then
            assertEquals(
                    StateDigest.of(whole.state().state()),
                    StateDigest.of(resumed.state().state()),
                    "after epoch " + last);
            assertEquals(losses(whole), losses(resumed));
        }
    }

    private static List<Double> losses(SlideCnnTraining training) {
        return training.state().reports().stream().map(EpochReport::loss).toList();
    }

    @Test
    void theRateFallsAfterTheFirstValidationThatIsNoBetter() {
        // given two trainings that differ in how far it falls only
        List<EpochReport> half = reports(0.5);
        List<EpochReport> thousandth = reports(0.001);

        // when
        int same = 0;
        while (same < half.size()
                && half.get(same).loss() == thousandth.get(same).loss()) {
            same++;
        }

        // then they are the same up to the first validation that is no better than those before
        double least = Double.POSITIVE_INFINITY;
        int first = 0;
        while (half.get(first).phase() != Phase.VALIDATION || half.get(first).loss() < least) {
            least = half.get(first).phase() == Phase.VALIDATION
                    ? half.get(first).loss()
                    : least;
            first++;
        }
        assertTrue(first < half.size() - 2, "the rate was to fall earlier");
        assertEquals(first + 1, same);
    }

    private static List<EpochReport> reports(double factor) {
        SlideCnnSettings settings = TinySlides.settings()
                .with(List.of(
                        "training.epochs=10", "training.rate=0.1", "training.patience=1", "training.factor=" + factor));
        return SlideCnnTraining.train(settings, TinySlides.of("seen", 20), TinySlides.of("unseen", 3), FitListener.NONE)
                .reports();
    }

    @Test
    void classesComeEquallyOftenAndEverySlideOfAClassBeforeOneComesAgain() {
        // given 20 negative and 6 positive slides
        List<LabelledGrid> slides = new ArrayList<>();
        for (int i = 0; i < 26; i++) {
            slides.add(TinySlides.slide("s" + i, i < 20 ? 0 : 1));
        }
        SlideCnnTask task = new SlideCnnTask(ENGINE, TinySlides.settings(), slides, TinySlides.of("unseen", 2));

        Set<List<Integer>> orders = new HashSet<>();
        Set<List<Integer>> positives = new HashSet<>();
        for (long seed = 0; seed < 20; seed++) {
            // when
            List<Integer> order = task.order(16, new Random(seed));

            // then
            assertEquals(32, order.size());
            for (int start = 0; start < 32; start += 16) {
                long positive = order.subList(start, start + 16).stream()
                        .filter(i -> i >= 20)
                        .count();
                assertEquals(8, positive);
            }
            orders.add(order.stream().filter(i -> i < 20).toList());
            positives.add(order.stream().filter(i -> i >= 20).toList());
            Set<Integer> negative = new HashSet<>(order);
            negative.removeIf(i -> i >= 20);
            assertEquals(16, negative.size());
            for (int slide = 20; slide < 26; slide++) {
                int number = slide;
                long times = order.stream().filter(i -> i == number).count();
                assertTrue(times == 2 || times == 3, times + " times");
            }
        }
        assertEquals(20, orders.size(), "every epoch has an order of its own");
        assertEquals(20, positives.size());
    }

    @Test
    void threeClassesTakeTurnsAndNumbersComeOnceEach() {
        List<LabelledGrid> slides = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            slides.add(TinySlides.slide("s" + i, i % 3));
        }
        SlideCnnSettings three = TinySlides.settings().with(List.of("training.task=classes", "slideCnn.outputs=3"));
        SlideCnnTask classes = new SlideCnnTask(ENGINE, three, slides, TinySlides.of("unseen", 2));
        List<Integer> order = classes.order(6, new Random(1));
        assertEquals(12, order.size());
        for (int k = 0; k < 12; k += 3) {
            assertEquals(
                    3,
                    order.subList(k, k + 3).stream().map(i -> i % 3).distinct().count());
        }
        SlideCnnSettings number = TinySlides.settings().with(List.of("training.task=regression"));
        SlideCnnTask regression = new SlideCnnTask(ENGINE, number, slides, TinySlides.of("unseen", 2));
        assertEquals(9, new HashSet<>(regression.order(6, new Random(1))).size());
        assertEquals(9, regression.order(6, new Random(1)).size());
    }

    @Test
    void aStepIsMirroredAlongOneAxisAndTurned() {
        // given the numbers of nine places, mirrored along either axis and turned up to three times
        float[] places = {0, 1, 2, 3, 4, 5, 6, 7, 8};
        Set<List<Float>> wanted = new HashSet<>();
        for (boolean columns : new boolean[] {true, false}) {
            float[] now = new float[9];
            for (int i = 0; i < 9; i++) {
                now[i] = columns ? places[i / 3 * 3 + 2 - i % 3] : places[(2 - i / 3) * 3 + i % 3];
            }
            for (int turns = 0; turns < 4; turns++) {
                float[] turned = new float[9];
                for (int i = 0; i < 9; i++) {
                    turned[i] = now[i % 3 * 3 + 2 - i / 3];
                }
                now = turned;
                wanted.add(list(now));
            }
        }

        // when
        Set<List<Float>> found = new HashSet<>();
        for (int code : SlideCnnTask.MIRRORED) {
            float[] turned = new float[9];
            new Orientation(code).turn(places, 1, 3, 3, turned);
            found.add(list(turned));
        }

        // then
        assertEquals(4, found.size());
        assertEquals(wanted, found);
    }

    private static List<Float> list(float[] values) {
        List<Float> list = new ArrayList<>();
        for (float value : values) {
            list.add(value);
        }
        return list;
    }

    @Test
    void theAnswerIsTheMeanOfCropsAndOrientations() {
        // given a network and a slide in two orientations, read when asked for
        SlideCnnTask task =
                new SlideCnnTask(ENGINE, TinySlides.settings(), TinySlides.of("seen", 2), TinySlides.of("unseen", 2));
        task.network().training(false);
        List<CodeGrid> grids = List.of(TinySlides.grid("a", 1), TinySlides.grid("b", 0));
        List<Integer> read = new ArrayList<>();
        LabelledGrid slide = new LabelledGrid("x", 1, 2, k -> {
            read.add(k);
            return grids.get(k);
        });
        assertTrue(read.isEmpty());

        // when
        double both = task.answering().predict(slide, 3).score();

        // then
        assertEquals(List.of(0, 1), read);
        double first = task.answering().predict(TinySlides.slide("a", 1), 3).score();
        double second = task.answering().predict(TinySlides.slide("b", 0), 3).score();
        assertEquals((first + second) / 2, both, 1e-6);
        assertNotEquals(first, second);
        assertEquals(
                1,
                task.answering().predict(slide, 3).values().stream()
                        .mapToDouble(v -> v)
                        .sum(),
                1e-12);
    }

    @Test
    void slidesThatCannotBeLearntFromAreRefused() {
        List<LabelledGrid> good = TinySlides.of("seen", 4);
        refused("expected slides to learn from and others to validate with, found 4 and 0", good, List.of());
        refused("slide seen1 comes twice", good, List.of(good.get(1)));
        refused(
                "slide odd has the label 2.0; expected a class from 0 to 1 for the task BINARY",
                good,
                List.of(TinySlides.slide("odd", 2)));
        LabelledGrid wide = LabelledGrid.of("wide", 1, List.of(new CodeGrid(1, 1, 3, new float[] {1, 1, 1})));
        refused("slide wide has codes of 3 values, the network takes 2: set slideCnn.code=3", good, List.of(wide));
        LabelledGrid empty = LabelledGrid.of("empty", 1, List.of(new CodeGrid(2, 2, 2, new float[8])));
        refused("slide empty: no place of its grid of 2 x 2 codes holds tissue", good, List.of(empty));
    }

    private static void refused(String part, List<LabelledGrid> learnt, List<LabelledGrid> unseen) {
        SlideCnnSettings settings = TinySlides.settings().with(List.of("training.epochs=1"));
        String message = assertThrows(
                        InputException.class, () -> SlideCnnTraining.train(settings, learnt, unseen, FitListener.NONE))
                .getMessage();
        assertTrue(message.contains(part), message);
        assertEquals(1, message.lines().count());
    }
}
