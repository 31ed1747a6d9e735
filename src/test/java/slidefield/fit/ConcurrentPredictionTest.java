package slidefield.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nd4j.linalg.api.buffer.DataType;
import slidefield.LongRun;
import slidefield.field.Field;
import slidefield.nn.Engine;

/** One trained field and one fitted slide, read by eight threads with an engine each: the bits of a single thread. */
@Tag("alone")
@Timeout(1200)
class ConcurrentPredictionTest {
    private static final int THREADS = 8;

    private static final Settings SMALL = Settings.preset("teaching")
            .with(List.of(
                    "field.hashGrid.levels=5",
                    "field.hashGrid.log2Table=9",
                    "field.decoder.width=8",
                    "field.head.width=8",
                    "field.head.dilations=[1, 2]",
                    "ito.epochs=1"));

    private static final DiscPlane PLANE = DiscPlane.of("a", 64, 48, 1);

    /** A region of the plane as a plane: the same coordinates, fewer pixels. */
    private record Region(DiscPlane plane, int left, int top, int width, int height) {
        static Region number(int i) {
            Random random = new Random(i);
            // Few sizes: every new one costs kernels some milliseconds of preparation.
            int width = i % 2 == 0 ? 9 : 24;
            int height = i % 3 == 0 ? 12 : 16;
            return new Region(
                    PLANE,
                    random.nextInt(PLANE.width() - width),
                    random.nextInt(PLANE.height() - height),
                    width,
                    height);
        }

        /** Lesion probabilities and colours, by an inference of its own. */
        float[] read(Engine engine, Field field, Fitted fitted) {
            List<float[]> parts = new ArrayList<>();
            Part part = new Part(left, top, width, height);
            new DensePrediction(engine, field, 256)
                    .predictPart(fitted.encoding(), plane, part, true, (p, lesion, colours) -> {
                        parts.add(lesion);
                        parts.add(colours);
                    });
            float[] all = Arrays.copyOf(parts.get(0), parts.get(0).length + parts.get(1).length);
            System.arraycopy(parts.get(1), 0, all, parts.get(0).length, parts.get(1).length);
            return all;
        }
    }

    private static void sameBits(Supplier<Engine> engines, int regions) throws Exception {
        try (Engine engine = engines.get()) {
            // given
            Field field = new Field(SMALL.field(), DataType.FLOAT, 3);
            TrainedField trained = new TrainedField(engine, SMALL, field);
            Fitted fitted = trained.fit(PLANE, FitListener.NONE);
            List<float[]> alone = new ArrayList<>();
            for (int i = 0; i < regions; i++) {
                alone.add(Region.number(i).read(engine, field, fitted));
            }
            float[] whole = trained.predict(fitted, PLANE, FitListener.NONE).probabilities();
            assertTrue(alone.stream().map(Arrays::hashCode).distinct().count() > regions / 2, "regions differ");
            // when
            ExecutorService threads = Executors.newFixedThreadPool(THREADS);
            try {
                CountDownLatch ready = new CountDownLatch(THREADS);
                List<Future<Void>> done = new ArrayList<>();
                for (int t = 0; t < THREADS; t++) {
                    int from = t * regions / THREADS;
                    Callable<Void> work = () -> {
                        try (Engine own = engines.get()) {
                            TrainedField same = trained.on(own);
                            ready.countDown();
                            ready.await();
                            for (int i = 0; i < regions; i++) {
                                int region = (from + i) % regions;
                                // then
                                float[] together = Region.number(region).read(own, same.field(), fitted);
                                assertArrayEquals(alone.get(region), together, 0f, "region " + region);
                            }
                            assertArrayEquals(
                                    whole,
                                    same.predict(fitted, PLANE, FitListener.NONE)
                                            .probabilities(),
                                    0f);
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
    }

    @Test
    void withTheFastKernels() throws Exception {
        sameBits(Engine::preferred, LongRun.count(500, 12));
    }

    @Test
    void withTheReferenceKernels() throws Exception {
        sameBits(() -> Engine.reference(DataType.FLOAT), LongRun.count(500, 3));
    }
}
