package slidefield.swipe.volume;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.io.InputException;
import slidefield.nn.Engine;
import slidefield.nn.Tape;
import slidefield.swipe.SlidingWindows;
import slidefield.swipe.Volume;

/**
 * Answers a volume that may be larger than what a network sees at once: through windows of one size that overlap, each seen
 * for itself, whose logits are averaged. The answer has voxels of its own: a network is asked about each where it lies.
 */
final class VolumeWindows {
    private final Engine engine;
    private final VolumeNetwork network;
    private final int[] window;
    private final double overlap;

    /**
     * @param engine arithmetic
     * @param network not in training
     * @param window voxels along x, y and z
     * @param overlap of neighbouring windows, as a share of a window
     */
    VolumeWindows(Engine engine, VolumeNetwork network, int[] window, double overlap) {
        this.engine = engine;
        this.network = network;
        this.window = window;
        this.overlap = overlap;
    }

    /**
     * @param volume values in [0, 1]
     * @param sizes voxels of the answer along x, y and z, over the same space
     * @throws InputException if the answer does not fit into memory
     */
    SegmentedVolume predict(Volume volume, int[] sizes) {
        int outputs = network.options().classes();
        requireMemory(volume.name(), sizes, outputs);
        int[] whole = {volume.width(), volume.height(), volume.depth()};
        Sums sums = new Sums(whole, sizes, outputs);
        for (int z : starts(whole, 2)) {
            for (int y : starts(whole, 1)) {
                for (int x : starts(whole, 0)) {
                    int[] start = {x, y, z};
                    int[][] ranges = sums.ranges(start, window);
                    if (ranges != null) {
                        sums.add(ranges, ask(volume, whole, start, sums.within(ranges, start)));
                    }
                }
            }
        }
        return sums.mean();
    }

    private int[] starts(int[] whole, int axis) {
        return whole[axis] <= window[axis]
                ? new int[] {VolumeCrop.centred(whole[axis], window[axis])}
                : SlidingWindows.starts(whole[axis], window[axis], overlap);
    }

    private float[] ask(Volume volume, int[] whole, int[] start, VolumeLattice lattice) {
        VolumeFrame frame = new VolumeFrame(start, new int[] {1, 1, 1}, whole);
        try (Tape tape = engine.inference()) {
            VolumeCrop crop = VolumeCrop.cut(volume, new byte[0], frame, window);
            INDArray values = VolumeBatch.values(tape, List.of(crop));
            return network.logits(engine, values, frame, lattice);
        }
    }

    private static void requireMemory(String name, int[] sizes, int outputs) {
        long logits = (long) sizes[0] * sizes[1] * sizes[2] * outputs;
        Runtime runtime = Runtime.getRuntime();
        long left = runtime.maxMemory() - (runtime.totalMemory() - runtime.freeMemory());
        if (logits > Integer.MAX_VALUE - 8 || 8 * logits > left) {
            throw new InputException("volume " + name + ": the answer of " + sizes[0] + " x " + sizes[1] + " x "
                    + sizes[2] + " voxels takes " + (8 * logits >> 20) + " MiB and " + (left >> 20)
                    + " MiB are left; give Java more (-Xmx), or cut or re-space the volume");
        }
    }

    /** Logits of all windows so far. */
    private static final class Sums {
        private final int[] sizes;
        private final int outputs;
        /** Where the answer's voxels lie along each axis, voxels of the volume. */
        private final float[][] places = new float[Axes.COUNT][];

        private final float[] logits;
        private final int[] windows;

        Sums(int[] whole, int[] sizes, int outputs) {
            this.sizes = sizes;
            this.outputs = outputs;
            for (int axis = 0; axis < Axes.COUNT; axis++) {
                places[axis] = VolumeScaling.places(sizes[axis], whole[axis]);
            }
            windows = new int[sizes[0] * sizes[1] * sizes[2]];
            logits = new float[windows.length * outputs];
        }

        /** Along each axis the answer's first voxel in a window and the one after the last; null if there is none. */
        int[][] ranges(int[] start, int[] window) {
            int[][] ranges = new int[Axes.COUNT][2];
            for (int axis = 0; axis < Axes.COUNT; axis++) {
                ranges[axis][0] = first(places[axis], start[axis] - 0.5f);
                ranges[axis][1] = first(places[axis], start[axis] + window[axis] - 0.5f);
                if (ranges[axis][0] == ranges[axis][1]) {
                    return null;
                }
            }
            return ranges;
        }

        /** The first of growing places at or beyond an edge. */
        private static int first(float[] places, float edge) {
            int index = 0;
            while (index < places.length && places[index] < edge) {
                index++;
            }
            return index;
        }

        VolumeLattice within(int[][] ranges, int[] start) {
            float[][] inside = new float[Axes.COUNT][];
            for (int axis = 0; axis < Axes.COUNT; axis++) {
                inside[axis] = new float[ranges[axis][1] - ranges[axis][0]];
                for (int i = 0; i < inside[axis].length; i++) {
                    inside[axis][i] = places[axis][ranges[axis][0] + i] - start[axis];
                }
            }
            return new VolumeLattice(inside[0], inside[1], inside[2]);
        }

        void add(int[][] ranges, float[] found) {
            int from = 0;
            for (int z = ranges[2][0]; z < ranges[2][1]; z++) {
                for (int y = ranges[1][0]; y < ranges[1][1]; y++) {
                    for (int x = ranges[0][0]; x < ranges[0][1]; x++) {
                        int voxel = (z * sizes[1] + y) * sizes[0] + x;
                        windows[voxel]++;
                        for (int c = 0; c < outputs; c++) {
                            logits[voxel * outputs + c] += found[from++];
                        }
                    }
                }
            }
        }

        SegmentedVolume mean() {
            for (int i = 0; i < logits.length; i++) {
                logits[i] /= windows[i / outputs];
            }
            return new SegmentedVolume(sizes[0], sizes[1], sizes[2], outputs, logits);
        }
    }
}
