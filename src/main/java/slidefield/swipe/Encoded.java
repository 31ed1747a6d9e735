package slidefield.swipe;

import java.util.List;
import slidefield.fit.Targets;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;

/**
 * Encoded images on a tape, of which the decoders can be asked points.
 *
 * @param grid of patches, the same in every image
 * @param patches z^P, one row per patch, image after image, row of patches after row: (images x patches) x C
 * @param image z^I, images x C
 * @param sources where each image was cut from, or null where nothing asks
 */
record Encoded(PatchGrid grid, Tensor patches, Tensor image, List<SourceFrame> sources) {
    /**
     * What D^P is asked.
     *
     * @param options which values of a point it sees
     * @param x columns of the points, pixels
     * @param y rows of the points, pixels
     * @param rows of {@link #patches}, one per point
     * @return N points
     */
    DecoderInput patchInput(DecoderOptions options, float[] x, float[] y, int[] rows) {
        int size = (options.global() ? 2 : 0)
                + 2
                + (options.fourier() ? FourierFeatures.count(2) : 0)
                + (options.source() ? 2 : 0);
        float[] values = new float[x.length * size];
        PointLoop.run(x.length, (first, end) -> {
            for (int i = first; i < end; i++) {
                write(options, values, i * size, x[i], y[i], rows[i]);
            }
        });
        return new DecoderInput(constant(patches.tape(), values, size), codes(options), rows(options, rows));
    }

    /** The codes that D^P sees, from the finest to the coarsest. */
    List<Tensor> codes(DecoderOptions options) {
        return options.global() ? List.of(patches, image) : List.of(patches);
    }

    /**
     * What leads from points to codes, as in {@link DecoderInput#rows}.
     *
     * @param ofPoints rows of {@link #patches}
     */
    List<int[]> rows(DecoderOptions options, int[] ofPoints) {
        return options.global() ? List.of(ofPoints, imageOfPatch()) : List.of(ofPoints);
    }

    private void write(DecoderOptions options, float[] values, int start, float x, float y, int row) {
        float imageX = PointBatch.normalised(x, grid.width());
        float imageY = PointBatch.normalised(y, grid.height());
        int patch = row % grid.count();
        float patchX = imageX - grid.centreX(patch);
        float patchY = imageY - grid.centreY(patch);
        int at = start;
        if (options.global()) {
            at = write(values, at, imageX, imageY);
        }
        at = write(values, at, patchX, patchY);
        if (options.fourier()) {
            FourierFeatures.write(values, at, patchX, patchY);
            at += FourierFeatures.count(2);
        }
        if (options.source()) {
            SourceFrame source = sources.get(row / grid.count());
            write(values, at, source.x(x), source.y(y));
        }
    }

    /** What D^I is asked about the points of all images. */
    DecoderInput imageInput(PointBatch batch) {
        float[] values = new float[2 * batch.count()];
        int[] rows = new int[batch.count()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = i / batch.perImage();
            write(
                    values,
                    2 * i,
                    PointBatch.normalised(batch.x()[i], grid.width()),
                    PointBatch.normalised(batch.y()[i], grid.height()));
        }
        return new DecoderInput(constant(image.tape(), values, 2), List.of(image), List.of(rows));
    }

    private static int write(float[] values, int at, float x, float y) {
        values[at] = x;
        values[at + 1] = y;
        return at + 2;
    }

    private int[] imageOfPatch() {
        int[] images = new int[Math.toIntExact(patches.size(0))];
        for (int row = 0; row < images.length; row++) {
            images[row] = row / grid.count();
        }
        return images;
    }

    static Tensor constant(Tape tape, float[] values, int columns) {
        return tape.constant(Targets.array(tape, values, values.length / columns, columns));
    }
}
