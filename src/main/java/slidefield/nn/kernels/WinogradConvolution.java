package slidefield.nn.kernels;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.kernels.WinogradTiles.Strip;

/**
 * A 3 x 3 convolution that keeps the size, by Winograd's F(4 x 4, 3 x 3): a quarter of the direct way's
 * multiplications, for some additions around them. All of it is computed in float32, whatever the images' type. Every
 * thread takes a share of the strips, brings them to the interpolation points, multiplies and brings the results back
 * while all that is in its cache. Results differ from the direct way's by rounding only (about 2e-6 of the largest
 * value) and do not depend on the number of threads, except for the weights' gradient, whose partial sums are per
 * thread.
 */
final class WinogradConvolution {
    private static final int POINTS = WinogradProduct.POINTS;
    /** What one side of a thread's products should take at most, so that both stay in its level-2 cache. */
    private static final int CACHE = 600_000;

    private final List<WinogradWorker> workers;
    private final WinogradTiles tiles;
    private final int in;
    private final int out;
    private final int slots;
    private WinogradProduct[] forward;
    private WinogradProduct[] input;
    private WinogradProduct[] weights;
    private final WinogradFilter filter;

    /**
     * @param workers one per thread
     * @param tiles of all images
     */
    WinogradConvolution(
            OneDnnLibrary library,
            List<WinogradWorker> workers,
            int images,
            int height,
            int width,
            int dilation,
            int in,
            int out) {
        this.filter = new WinogradFilter(library, in, out);
        this.workers = workers;
        this.in = in;
        this.out = out;
        int most = Math.max(8, CACHE / (POINTS * Float.BYTES * Math.max(in, out)));
        tiles = new WinogradTiles(images, height, width, dilation, most);
        slots = Math.max(1, most / tiles.tiles());
    }

    private long rows() {
        return (long) slots * tiles.tiles();
    }

    void forward(INDArray x, INDArray w, INDArray bias, INDArray addend, boolean relu, INDArray y) {
        if (forward == null) {
            forward = products(worker -> WinogradProduct.forward(worker.library(), rows(), in, out));
        }
        run(
                forward,
                filter.forward(w, forward[0].right()),
                ImageValues.of(x),
                in,
                bias(bias),
                ImageValues.of(addend),
                relu,
                ImageValues.of(y),
                out);
    }

    void inputGradient(INDArray w, INDArray gy, INDArray gx) {
        if (input == null) {
            input = products(worker -> WinogradProduct.forward(worker.library(), rows(), out, in));
        }
        run(
                input,
                filter.backward(w, input[0].right()),
                ImageValues.of(gy),
                out,
                null,
                null,
                false,
                ImageValues.of(gx),
                in);
    }

    private void run(
            WinogradProduct[] products,
            long points,
            ImageValues x,
            int from,
            float[] bias,
            ImageValues addend,
            boolean relu,
            ImageValues y,
            int to) {
        List<Strip> strips = tiles.strips();
        shares(task -> {}, (task, group) -> {
            WinogradWorker worker = workers.get(task);
            int first = group * slots;
            int count = Math.min(slots, strips.size() - first);
            for (int slot = 0; slot < count; slot++) {
                worker.image(
                        x,
                        from,
                        tiles,
                        strips.get(first + slot),
                        slot,
                        slots,
                        worker.left().floats());
            }
            products[task].run(worker.left().address(), points, worker.right().address());
            for (int slot = 0; slot < count; slot++) {
                worker.result(
                        worker.right().floats(),
                        to,
                        tiles,
                        strips.get(first + slot),
                        slot,
                        slots,
                        bias,
                        addend,
                        relu,
                        y);
            }
        });
    }

    void weightGradients(INDArray x, INDArray gy, INDArray gw, INDArray gb) {
        if (weights == null) {
            weights = products(worker -> WinogradProduct.gradient(worker.library(), rows(), in, out));
        }
        ImageValues xs = ImageValues.of(x);
        ImageValues gs = ImageValues.of(gy);
        int n = tiles.tiles() * out;
        List<Strip> strips = tiles.strips();
        long[] sums = filter.beginGradient(workers.size());
        float[][] biases = new float[workers.size()][gb == null ? 0 : n];
        shares(filter::zeroSum, (task, group) -> {
            WinogradWorker worker = workers.get(task);
            int first = group * slots;
            for (int slot = 0; slot < slots; slot++) {
                if (first + slot < strips.size()) {
                    Strip strip = strips.get(first + slot);
                    worker.image(
                            xs, in, tiles, strip, slot, slots, worker.left().floats());
                    worker.gradient(
                            gs,
                            out,
                            tiles,
                            strip,
                            slot,
                            slots,
                            worker.right().floats(),
                            gb == null ? null : biases[task]);
                } else {
                    worker.nothing(tiles.tiles() * in, n, slot, slots);
                }
            }
            weights[task].run(worker.left().address(), worker.right().address(), sums[task]);
        });
        filter.endGradient(gw);
        if (gb != null) {
            float[] total = new float[out];
            for (float[] sum : biases) {
                for (int i = 0; i < n; i++) {
                    total[i % out] += sum[i];
                }
            }
            Pieces.floats(gb).put(0, total, 0, out);
        }
    }

    private interface GroupWork {
        void run(int task, int group);
    }

    /** Every worker's share of the groups, each share by one thread and in order. */
    private void shares(IntConsumer begin, GroupWork work) {
        int groups = (tiles.strips().size() + slots - 1) / slots;
        int shares = workers.size();
        Parallel.forEach(
                shares,
                task -> OpenMp.onThisThreadOnly(() -> {
                    WinogradWorker worker = workers.get(task);
                    worker.reserve(
                            tiles.width() * Math.max(in, out),
                            tiles.tiles() * Math.max(in, out),
                            rows() * POINTS * Float.BYTES * Math.max(in, out));
                    worker.begin();
                    begin.accept(task);
                    for (int group = groups * task / shares; group < groups * (task + 1) / shares; group++) {
                        work.run(task, group);
                    }
                }));
    }

    private WinogradProduct[] products(Function<WinogradWorker, WinogradProduct> make) {
        WinogradProduct[] products = new WinogradProduct[workers.size()];
        OpenMp.onThisThreadOnly(() -> {
            for (int i = 0; i < products.length; i++) {
                products[i] = make.apply(workers.get(i));
            }
        });
        return products;
    }

    private float[] bias(INDArray bias) {
        if (bias == null) {
            return null;
        }
        float[] repeated = new float[tiles.tiles() * out];
        FloatBuffer values = Pieces.floats(bias);
        for (int i = 0; i < repeated.length; i += out) {
            values.get(0, repeated, i, out);
        }
        return repeated;
    }
}
