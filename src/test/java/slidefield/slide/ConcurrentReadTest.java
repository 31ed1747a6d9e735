package slidefield.slide;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static slidefield.slide.SlideTestData.needsOpenSlide;
import static slidefield.slide.SlideTestData.noise;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import slidefield.LongRun;

/** Slides, views and lesions read by eight threads at once: the same bits as one after the other. */
@Tag("alone")
@Timeout(1200)
class ConcurrentReadTest {
    private static final int THREADS = 8;
    private static final int REGIONS = LongRun.count(500, 24);

    @TempDir
    Path folder;

    /** Every thread reads all regions, each from another one on, so that all meet everywhere. */
    private static void sameBits(IntFunction<int[]> read) throws Exception {
        // given
        List<int[]> alone = new ArrayList<>();
        for (int i = 0; i < REGIONS; i++) {
            alone.add(read.apply(i));
        }
        assertTrue(alone.stream().map(java.util.Arrays::hashCode).distinct().count() > REGIONS / 2, "regions differ");
        // when
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            CountDownLatch ready = new CountDownLatch(THREADS);
            List<Future<Void>> done = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                int from = t * REGIONS / THREADS;
                Callable<Void> work = () -> {
                    ready.countDown();
                    ready.await();
                    for (int i = 0; i < REGIONS; i++) {
                        int region = (from + i) % REGIONS;
                        // then
                        assertArrayEquals(alone.get(region), read.apply(region), "region " + region);
                    }
                    return null;
                };
                done.add(threads.submit(work));
            }
            for (Future<Void> one : done) {
                one.get(600, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static int[] place(int region, int width, int height) {
        Random random = new Random(region);
        return new int[] {
            random.nextInt(width) - 20, random.nextInt(height) - 20, 20 + random.nextInt(90), 20 + random.nextInt(70)
        };
    }

    @Test
    void aSlideOfManyTilesInBothCompressions() throws Exception {
        needsOpenSlide();
        for (PyramidOptions.Compression compression : PyramidOptions.Compression.values()) {
            Path file = folder.resolve(compression + ".tif");
            PyramidWriter.write(
                    file,
                    new PyramidTestPattern(601, 403, false),
                    new PyramidOptions(OptionalDouble.of(0.5), compression, 90, 64, 64, false),
                    done -> {});
            try (Slide slide = Slides.open(file)) {
                sameBits(region -> {
                    int level = region % slide.levels().size();
                    int[] at = place(
                            region,
                            slide.levels().get(level).width(),
                            slide.levels().get(level).height());
                    return Pixels.of(slide.read(level, at[0], at[1], at[2], at[3]));
                });
            }
        }
    }

    @Test
    void viewsOfASlideCroppedAndCached() throws Exception {
        needsOpenSlide();
        Path file = folder.resolve("a.tif");
        PyramidWriter.write(
                file,
                new PyramidTestPattern(601, 403, false),
                new PyramidOptions(OptionalDouble.of(0.5), PyramidOptions.Compression.DEFLATE, 90, 64, 64, false),
                done -> {});
        try (Slide slide = Slides.open(file)) {
            Slide cropped = new CroppedSlide(slide, 64, 32, 512, 320);
            List<View> views = List.of(
                    View.downsampled(slide, 1.7),
                    View.downsampled(slide, 0.6),
                    View.downsampled(cropped, 2),
                    View.downsampled(slide, 3).cached(1 << 24));
            sameBits(region -> {
                View view = views.get(region % views.size());
                int[] at = place(region, view.width(), view.height());
                return Pixels.of(view.region(at[0], at[1], at[2], at[3]));
            });
        }
    }

    @Test
    void lesionsOfPolygonsAndMasks() throws Exception {
        Slide slide = SlideTestData.slide(noise(300, 200, 3));
        Path image = SlideTestData.png(folder, "mask.png", noise(300, 200, 4));
        BadFile square = BadFile.answered("", ValidFile.XML, BadFile.none());
        try (Lesions mask = Lesions.open(image, slide);
                Lesions polygons = Lesions.open(square.write(folder), slide)) {
            View view = View.downsampled(slide, 1.5);
            sameBits(region -> {
                int[] at = place(region, view.width(), view.height());
                byte[] bits = mask.mask(view, at[0], at[1], at[2], at[3]);
                byte[] more = polygons.mask(view, at[0], at[1], at[2], at[3]);
                int[] both = new int[bits.length];
                for (int i = 0; i < both.length; i++) {
                    both[i] = bits[i] + 2 * more[i];
                }
                return both;
            });
        }
    }
}
