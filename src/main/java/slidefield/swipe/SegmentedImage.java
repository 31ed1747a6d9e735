package slidefield.swipe;

/**
 * What a {@link TrainedSwipe} says of every pixel of an image, row after row.
 *
 * @param width pixels of the answer
 * @param height pixels of the answer
 * @param outputs logits a pixel: 1 for foreground, or one per class with background first
 * @param logits {@code height x width x outputs}
 * @param variance of the logits over neighbouring patches, the map of uncertainty; empty where neighbours were not asked
 */
public record SegmentedImage(int width, int height, int outputs, float[] logits, float[] variance) {
    /** A class number a pixel; 0 is background. Of one logit, 0 and more is foreground; of several, the largest counts. */
    public byte[] classes() {
        return classes(logits, outputs);
    }

    /**
     * @param logits of pixels, voxels or points, one after the other
     * @param outputs logits of each
     * @return a class number each, as {@link #classes()} says
     */
    public static byte[] classes(float[] logits, int outputs) {
        byte[] found = new byte[logits.length / outputs];
        for (int i = 0; i < found.length; i++) {
            found[i] = ofPoint(logits, i * outputs, outputs);
        }
        return found;
    }

    private static byte ofPoint(float[] logits, int at, int outputs) {
        if (outputs == 1) {
            return (byte) (logits[at] >= 0 ? 1 : 0);
        }
        int most = 0;
        for (int c = 1; c < outputs; c++) {
            most = logits[at + c] > logits[at + most] ? c : most;
        }
        return (byte) most;
    }

    /** The probability of any foreground, {@code height x width}: the sigmoid, or 1 less the background's softmax. */
    public float[] foreground() {
        float[] found = new float[width * height];
        for (int i = 0; i < found.length; i++) {
            if (outputs == 1) {
                found[i] = (float) (1 / (1 + Math.exp(-logits[i])));
                continue;
            }
            double sum = 0;
            for (int c = 1; c < outputs; c++) {
                sum += Math.exp(Math.min(700, logits[i * outputs + c] - logits[i * outputs]));
            }
            found[i] = (float) (sum / (1 + sum));
        }
        return found;
    }
}
