package slidefield.swipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import slidefield.slide.BoundaryDistance;

class PointPoolTest {
    private static final boolean LONG = System.getProperty("long") != null;

    private static float bruteForce(boolean[] inside, int width, int at) {
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < inside.length; i++) {
            if (!inside[i]) {
                least = Math.min(least, Math.hypot(i % width - at % width, i / width - at / width));
            }
        }
        return (float) least;
    }

    @Property(tries = 60)
    void distancesAreThoseToTheNearestPixelOutside(
            @ForAll @IntRange(min = 1, max = 24) int width,
            @ForAll @IntRange(min = 1, max = 24) int height,
            @ForAll @IntRange(max = 100) int percentInside,
            @ForAll long seed) {
        // given a random mask
        Random random = new Random(seed);
        boolean[] inside = new boolean[width * height];
        for (int i = 0; i < inside.length; i++) {
            inside[i] = random.nextInt(100) < percentInside;
        }
        // when
        float[] distance = BoundaryDistance.inside(inside, width, height);
        // then
        for (int i = 0; i < inside.length; i++) {
            assertEquals(bruteForce(inside, width, i), distance[i], 1e-5f, "pixel " + i);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1000})
    void aHypercubeOfAWholeImageHasOnePointInEveryStratum(int count) {
        // given
        boolean[] all = new boolean[40 * 30];
        Arrays.fill(all, true);
        float[][] points = new float[2][count];
        // when
        new LatinHypercube(all, 40, 30).draw(points, 0, count, new Random(5));
        // then each of the equal columns and rows holds one
        for (int axis = 0; axis < 2; axis++) {
            double size = axis == 0 ? 39 : 29;
            boolean[] taken = new boolean[count];
            for (float place : points[axis]) {
                int stratum = (int) Math.min(count - 1, place / size * count);
                // float32 may round a point onto the border of the next stratum
                stratum = taken[stratum] && place / size * count - stratum < 1e-3 ? stratum - 1 : stratum;
                assertFalse(taken[stratum], "stratum " + stratum + " holds two");
                taken[stratum] = true;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void thePapersPoolHoldsAsManyPointsOfEachClassHalfOfThemNearItsBoundary(int classes) {
        // given
        LabelledImage image = SwipeTestData.discs(200, 160, classes, 8);
        // when
        PointPool pool = PointPool.sample(image, classes, PoolOptions.paper(), 3);
        // then
        assertEquals(classes + 1, pool.classes());
        assertEquals(4000, pool.count(0));
        for (int c = 0; c <= classes; c++) {
            int found = c;
            boolean[] inside = new boolean[image.classes().length];
            for (int i = 0; i < inside.length; i++) {
                inside[i] = image.classes()[i] == found;
            }
            float[] depth = BoundaryDistance.inside(inside, image.width(), image.height());
            int near = 0;
            for (int i = pool.start()[c]; i < pool.start()[c + 1]; i++) {
                float x = pool.x()[i];
                float y = pool.y()[i];
                assertTrue(x >= 0 && x <= 199 && y >= 0 && y <= 159, x + ", " + y);
                int pixel = Math.round(y) * 200 + Math.round(x);
                assertEquals(c, image.classes()[pixel]);
                near += depth[pixel] <= 10 ? 1 : 0;
            }
            if (c > 0) {
                assertEquals(2000, pool.count(c));
                boolean deep = false;
                for (float d : depth) {
                    deep |= d > 10;
                }
                assertEquals(deep ? 1000 : 2000, near);
            }
        }
    }

    @Test
    void theReleasedPoolHasAQuarterScatteredAroundTheBoundary() {
        // given one disc
        LabelledImage image = SwipeTestData.discs(300, 300, 1, 4);
        // when
        PointPool pool = PointPool.sample(image, 1, PoolOptions.released(), 3);
        // then what fell outside is background now, about half of 500
        assertEquals(6000, pool.x().length);
        int outside = pool.count(0) - 4000;
        assertTrue(outside > 200 && outside < 320, "outside: " + outside);
        for (int c = 0; c < 2; c++) {
            for (int i = pool.start()[c]; i < pool.start()[c + 1]; i++) {
                assertEquals(c, image.classes()[Math.round(pool.y()[i]) * 300 + Math.round(pool.x()[i])]);
            }
        }
    }

    @Test
    void theSameSeedGivesTheSamePointsAndAnotherImageOthers() {
        // given
        LabelledImage image = SwipeTestData.discs(64, 64, 2, 4);
        LabelledImage renamed = new LabelledImage("other", 64, 64, image.rgb(), image.classes());
        PointPool pool = PointPool.sample(image, 2, PoolOptions.paper(), 3);
        // when / then
        assertArrayEquals(
                pool.x(), PointPool.sample(image, 2, PoolOptions.paper(), 3).x());
        assertArrayEquals(
                pool.y(), PointPool.sample(image, 2, PoolOptions.paper(), 3).y());
        assertFalse(Arrays.equals(
                pool.x(), PointPool.sample(image, 2, PoolOptions.paper(), 4).x()));
        assertFalse(Arrays.equals(
                pool.x(), PointPool.sample(renamed, 2, PoolOptions.paper(), 3).x()));
    }

    @Test
    void classesThatAreNotThereHaveNoPoints() {
        // given only background, only foreground, a single pixel of foreground in a corner
        LabelledImage empty = new LabelledImage("empty", 16, 16, new int[256], new byte[256]);
        byte[] ones = new byte[256];
        Arrays.fill(ones, (byte) 1);
        byte[] corner = new byte[256];
        corner[255] = 1;
        for (PoolOptions options : new PoolOptions[] {PoolOptions.paper(), PoolOptions.released()}) {
            // when / then
            assertEquals(0, PointPool.sample(empty, 1, options, 1).count(1));
            PointPool full = PointPool.sample(new LabelledImage("full", 16, 16, new int[256], ones), 1, options, 1);
            assertEquals(0, full.count(0));
            assertEquals(2000, full.count(1));
            PointPool single = PointPool.sample(new LabelledImage("one", 16, 16, new int[256], corner), 1, options, 1);
            assertTrue(single.count(1) >= 1500, "found " + single.count(1));
            assertTrue(single.x()[single.start()[1]] > 14.4f && single.x()[single.start()[1]] <= 15);
        }
    }

    @Property(tries = 40)
    void aStepDrawsTheClassesInEqualNumbers(@ForAll @IntRange(min = 1, max = 999) int perImage, @ForAll long seed) {
        // given three images, one without class 2, one without any
        LabelledImage full = SwipeTestData.discs(48, 40, 2, 6);
        PointPool three = PointPool.sample(full, 2, new PoolOptions(50, 40, 0.5, PoolOptions.Rule.BAND, 3), 1);
        PointPool two = PointPool.sample(
                SwipeTestData.discs(48, 40, 1, 6), 2, new PoolOptions(50, 40, 0.5, PoolOptions.Rule.BAND, 3), 1);
        PointPool none = PointPool.sample(
                new LabelledImage("none", 48, 40, new int[1920], new byte[1920]), 2, PoolOptions.paper(), 1);
        // when
        LabelledPoints drawn = LabelledPoints.draw(java.util.List.of(three, two, none), perImage, new Random(seed));
        // then
        int[][] counts = new int[3][3];
        for (int i = 0; i < drawn.classes().length; i++) {
            counts[i / perImage][drawn.classes()[i]]++;
        }
        assertEquals(perImage, counts[2][0]);
        assertTrue(Math.abs(counts[1][0] - counts[1][1]) <= 1, Arrays.toString(counts[1]));
        for (int c = 0; c < 3; c++) {
            assertEquals(perImage / 3.0, counts[0][c], 1);
        }
        for (int k = 0; k < perImage; k++) {
            int pixel = Math.round(drawn.points().y()[k]) * 48
                    + Math.round(drawn.points().x()[k]);
            assertEquals(full.classes()[pixel], drawn.classes()[k]);
        }
    }

    @Test
    void noPointIsDrawnTwiceBeforeAllWereDrawnOnce() {
        // given a pool of 30 and 20 points, each at a place of its own
        float[] place = new float[50];
        for (int i = 0; i < 50; i++) {
            place[i] = i;
        }
        PointPool pool = new PointPool(place, place, new int[] {0, 30, 50});
        // when 50 of each class are drawn
        float[] x = LabelledPoints.draw(java.util.List.of(pool), 100, new Random(2))
                .points()
                .x();
        // then
        int[] times = new int[50];
        for (float drawn : x) {
            times[(int) drawn]++;
        }
        for (int i = 0; i < 50; i++) {
            assertTrue(i < 30 ? times[i] == 1 || times[i] == 2 : times[i] == 2 || times[i] == 3, i + ": " + times[i]);
        }
    }

    @Test
    void whatIsNoPoolIsRefused() {
        float[] two = {1, 2};
        assertThrows(IllegalArgumentException.class, () -> new PointPool(two, two, new int[] {0, 1}));
        assertThrows(IllegalArgumentException.class, () -> new PointPool(two, two, new int[] {0, 3, 2}));
        assertThrows(IllegalArgumentException.class, () -> new PointPool(two, new float[1], new int[] {0, 1, 2}));
        assertThrows(IllegalArgumentException.class, () -> new PoolOptions(0, 1, 0.5, PoolOptions.Rule.BAND, 1));
        assertThrows(IllegalArgumentException.class, () -> new PoolOptions(1, 1, 1.5, PoolOptions.Rule.BAND, 1));
        assertThrows(IllegalArgumentException.class, () -> new PoolOptions(1, 1, 0.5, null, 1));
    }

    @Test
    void everyRealMaskHasItsPool() {
        // given real masks: a few, or all of CVC
        var manifest =
                SwipeTestData.manifest(null, new slidefield.data.ImagePart("images/*_fram.jpg", "masks/*_mask.jpg"));
        var root = slidefield.data.DataRoot.of(SwipeTestData.real("cvc"));
        manifest.pairs(root).stream().limit(LONG ? 1000 : 3).forEach(pair -> {
            LabelledImage image = ImageSet.read(pair, manifest);
            // when
            PointPool pool = PointPool.sample(image, 1, PoolOptions.paper(), 1);
            // then
            assertEquals(4000, pool.count(0), pair.name());
            assertEquals(2000, pool.count(1), pair.name());
        });
    }
}
