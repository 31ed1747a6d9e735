package slidefield.swipe;

import slidefield.nn.Tensor;

/** What implicit rivals check and compute alike of images and points. */
final class PointInput {
    private PointInput() {}

    /** @throws IllegalArgumentException unless the points are of as many images */
    static void requirePoints(String network, Tensor images, PointBatch points) {
        if (points.images() != images.size(0)) {
            throw new IllegalArgumentException(network + ": points of " + images.size(0)
                    + " images are expected, found those of " + points.images());
        }
    }

    /** The image of each point. */
    static int[] imageOfPoint(PointBatch points) {
        int[] images = new int[points.count()];
        for (int i = 0; i < images.length; i++) {
            images[i] = i / points.perImage();
        }
        return images;
    }

    /** p^I of each point, N x 2, x first. */
    static Tensor coordinates(Tensor images, PointBatch points) {
        float[] values = new float[2 * points.count()];
        for (int i = 0; i < points.count(); i++) {
            values[2 * i] = PointBatch.normalised(points.x()[i], (int) images.size(2));
            values[2 * i + 1] = PointBatch.normalised(points.y()[i], (int) images.size(1));
        }
        return Encoded.constant(images.tape(), values, 2);
    }
}
