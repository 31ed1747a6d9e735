package slidefield.swipe;

import java.util.List;
import slidefield.nn.Arithmetic;
import slidefield.nn.Shapes;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;

/**
 * What SwIPE's rivals are trained on in its Table 1: half cross-entropy and half Dice ({@link OccupancyLoss}) of all pixels of
 * a batch, or of the points drawn of it. Side outputs come in with the same weight as the answer, a coarse segmentation with
 * one of its own.
 */
final class RivalLoss {
    private final RivalLossOptions options;

    /** @param options form and weight */
    RivalLoss(RivalLossOptions options) {
        this.options = options;
    }

    /**
     * @param network in training
     * @param tape of the step
     * @param batch what is learnt from
     * @return the loss, a scalar
     */
    Tensor of(RivalNetwork network, Tape tape, SwipeBatch batch) {
        Tensor images = tape.constant(batch.colours(tape));
        if (network instanceof PixelNetwork pixels) {
            return ofPixels(pixels.maps(images), batch.images());
        }
        PointNetwork points = (PointNetwork) network;
        List<Tensor> encoded = points.encode(images);
        LabelledPoints asked = batch.points();
        Tensor loss = ofPoints(points.decode(encoded, asked.points()), asked.classes());
        Tensor coarse = points.coarse(encoded);
        return coarse == null || options.coarse() == 0
                ? loss
                : Arithmetic.add(loss, Arithmetic.scale(ofPixels(List.of(coarse), batch.images()), options.coarse()));
    }

    /**
     * @param maps logits, each N x h x w x C
     * @param images N of any size; the class of a map's pixel is that of the nearest pixel there
     * @return the sum of all maps' losses
     */
    Tensor ofPixels(List<Tensor> maps, List<LabelledImage> images) {
        Tensor sum = null;
        for (Tensor map : maps) {
            int height = Math.toIntExact(map.size(1));
            int width = Math.toIntExact(map.size(2));
            int[] classes = classes(images, width, height);
            Tensor loss = ofPoints(Shapes.reshape(map, classes.length, map.size(3)), classes);
            sum = sum == null ? loss : Arithmetic.add(sum, loss);
        }
        return sum;
    }

    private static int[] classes(List<LabelledImage> images, int width, int height) {
        int[] classes = new int[images.size() * width * height];
        int at = 0;
        for (LabelledImage image : images) {
            for (byte c : ImageScaling.classes(image, width, height)) {
                classes[at++] = c & 0xFF;
            }
        }
        return classes;
    }

    /**
     * @param logits points x C
     * @param classes the class of each point
     * @return the loss, a scalar
     */
    Tensor ofPoints(Tensor logits, int[] classes) {
        return OccupancyLoss.of(logits, classes, options.dice());
    }
}
