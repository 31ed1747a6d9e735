package slidefield.swipe.volume;

import java.util.List;
import slidefield.fit.Targets;
import slidefield.nn.Tensor;
import slidefield.swipe.DecoderInput;
import slidefield.swipe.DecoderOptions;
import slidefield.swipe.FourierFeatures;
import slidefield.swipe.PointBatch;
import slidefield.swipe.PointLoop;

/**
 * Encoded crops on a tape, of which the decoders can be asked points.
 *
 * @param cubes the patches, the same in every crop
 * @param patches z^P, one row per patch, crop after crop: (crops x patches) x C
 * @param volume z^I, crops x C
 * @param frames where each crop was cut, or null where nothing asks
 */
record VolumeCodes(PatchCubes cubes, Tensor patches, Tensor volume, List<VolumeFrame> frames) {
    /**
     * What D^P is asked.
     *
     * @param options which values of a point it sees
     * @param places of the points along x, y and z, voxels of their crop
     * @param rows of {@link #patches}, one per point
     * @return N points
     */
    DecoderInput patchInput(DecoderOptions options, float[][] places, int[] rows) {
        int size = (options.global() ? Axes.COUNT : 0)
                + Axes.COUNT
                + (options.fourier() ? FourierFeatures.count(Axes.COUNT) : 0)
                + (options.source() ? Axes.COUNT : 0);
        float[] values = new float[rows.length * size];
        PointLoop.run(rows.length, (first, end) -> {
            double[] inPatch = new double[Axes.COUNT];
            for (int i = first; i < end; i++) {
                write(options, values, i * size, places, i, rows[i], inPatch);
            }
        });
        return new DecoderInput(constant(values, size), codes(options), rows(options, rows));
    }

    /** The codes that D^P sees, from the finest to the coarsest. */
    List<Tensor> codes(DecoderOptions options) {
        return options.global() ? List.of(patches, volume) : List.of(patches);
    }

    /**
     * What leads from points to codes, as in {@link DecoderInput#rows}.
     *
     * @param ofPoints rows of {@link #patches}
     */
    List<int[]> rows(DecoderOptions options, int[] ofPoints) {
        return options.global() ? List.of(ofPoints, cropOfPatch()) : List.of(ofPoints);
    }

    /** @param inPatch room for the place in the patch along each axis */
    private void write(
            DecoderOptions options, float[] values, int start, float[][] places, int point, int row, double[] inPatch) {
        int patch = row % cubes.count();
        int at = start;
        for (int axis = 0; axis < Axes.COUNT && options.global(); axis++) {
            values[at++] = inCrop(places, point, axis);
        }
        for (int axis = 0; axis < Axes.COUNT; axis++) {
            float place = inCrop(places, point, axis) - cubes.centre(patch, axis);
            inPatch[axis] = place;
            values[at++] = place;
        }
        if (options.fourier()) {
            FourierFeatures.write(values, at, inPatch);
            at += FourierFeatures.count(Axes.COUNT);
        }
        for (int axis = 0; axis < Axes.COUNT && options.source(); axis++) {
            values[at++] = frames.get(row / cubes.count()).at(axis, places[axis][point]);
        }
    }

    /** What D^I is asked about the points of all crops. */
    DecoderInput volumeInput(VolumePoints points) {
        float[] values = new float[Axes.COUNT * points.count()];
        int[] rows = new int[points.count()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = i / points.perCrop();
            for (int axis = 0; axis < Axes.COUNT; axis++) {
                values[Axes.COUNT * i + axis] = inCrop(points.places(), i, axis);
            }
        }
        return new DecoderInput(constant(values, Axes.COUNT), List.of(volume), List.of(rows));
    }

    /** p^I along an axis. */
    private float inCrop(float[][] places, int index, int axis) {
        return PointBatch.normalised(places[axis][index], cubes.sizes()[axis]);
    }

    private int[] cropOfPatch() {
        int[] crops = new int[Math.toIntExact(patches.size(0))];
        for (int row = 0; row < crops.length; row++) {
            crops[row] = row / cubes.count();
        }
        return crops;
    }

    private Tensor constant(float[] values, int columns) {
        return patches.tape().constant(Targets.array(patches.tape(), values, values.length / columns, columns));
    }
}
