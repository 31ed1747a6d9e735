package slidefield.score;

/**
 * Pixel counts of a prediction against the truth, added up tile by tile, so that no whole mask need be in memory.
 * In masks, 0 is background and anything else is lesion. Not for use by several threads at once; count apart and
 * {@link #add(Confusion)} up.
 */
public final class Confusion {
    private long truePositives;
    private long falsePositives;
    private long falseNegatives;
    private long trueNegatives;

    /** Nothing counted yet. */
    public Confusion() {}

    /** Given counts, each at least 0. */
    public Confusion(long truePositives, long falsePositives, long falseNegatives, long trueNegatives) {
        if (Math.min(Math.min(truePositives, falsePositives), Math.min(falseNegatives, trueNegatives)) < 0) {
            throw new IllegalArgumentException("counts cannot be negative");
        }
        this.truePositives = truePositives;
        this.falsePositives = falsePositives;
        this.falseNegatives = falseNegatives;
        this.trueNegatives = trueNegatives;
    }

    /**
     * Counts two masks of the same pixels.
     *
     * @param prediction one byte a pixel
     * @param truth as long
     * @return this
     * @throws IllegalArgumentException if the lengths differ
     */
    public Confusion add(byte[] prediction, byte[] truth) {
        checkLength(prediction.length, truth.length);
        for (int i = 0; i < truth.length; i++) {
            count(prediction[i] != 0, truth[i] != 0);
        }
        return this;
    }

    /**
     * Counts a probability map: lesion where the probability is at least the threshold.
     *
     * @param probability one value a pixel
     * @param threshold 0.5 in all of the papers
     * @param truth as long
     * @return this
     * @throws IllegalArgumentException if the lengths differ or a probability is not a number
     */
    public Confusion add(float[] probability, float threshold, byte[] truth) {
        checkLength(probability.length, truth.length);
        for (int i = 0; i < truth.length; i++) {
            if (Float.isNaN(probability[i])) {
                throw new IllegalArgumentException("the probability of pixel " + i + " is not a number");
            }
            count(probability[i] >= threshold, truth[i] != 0);
        }
        return this;
    }

    /** Adds another tile's or slide's counts. */
    public Confusion add(Confusion other) {
        truePositives += other.truePositives;
        falsePositives += other.falsePositives;
        falseNegatives += other.falseNegatives;
        trueNegatives += other.trueNegatives;
        return this;
    }

    private static void checkLength(int prediction, int truth) {
        if (prediction != truth) {
            throw new IllegalArgumentException("prediction has " + prediction + " pixels, truth " + truth);
        }
    }

    private void count(boolean predicted, boolean lesion) {
        if (predicted) {
            if (lesion) {
                truePositives++;
            } else {
                falsePositives++;
            }
        } else if (lesion) {
            falseNegatives++;
        } else {
            trueNegatives++;
        }
    }

    /** Pixels that are lesion in both. */
    public long truePositives() {
        return truePositives;
    }

    /** Pixels that are lesion in the prediction only. */
    public long falsePositives() {
        return falsePositives;
    }

    /** Pixels that are lesion in the truth only. */
    public long falseNegatives() {
        return falseNegatives;
    }

    /** Pixels that are lesion in neither. */
    public long trueNegatives() {
        return trueNegatives;
    }

    /** Pixels counted. */
    public long total() {
        return truePositives + falsePositives + falseNegatives + trueNegatives;
    }

    /** Pixels that are lesion in the truth. */
    public long lesion() {
        return truePositives + falseNegatives;
    }

    /** Pixels that are lesion in the prediction. */
    public long predicted() {
        return truePositives + falsePositives;
    }

    /** What calling every pixel a lesion would count: the floor that an answer has to beat. */
    public Confusion allLesion() {
        return new Confusion(lesion(), total() - lesion(), 0, 0);
    }

    /** What calling no pixel a lesion would count. */
    public Confusion allBackground() {
        return new Confusion(0, 0, lesion(), total() - lesion());
    }

    /** The overlap measures of what was counted so far. */
    public Scores scores() {
        return Scores.of(truePositives, falsePositives, falseNegatives);
    }

    @Override
    public String toString() {
        return "TP " + truePositives + ", FP " + falsePositives + ", FN " + falseNegatives + ", TN " + trueNegatives;
    }
}
