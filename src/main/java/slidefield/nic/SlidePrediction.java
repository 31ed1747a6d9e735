package slidefield.nic;

import java.util.ArrayList;
import java.util.List;

/**
 * What a network says of a slide.
 *
 * @param name of the slide
 * @param label what is known of it
 * @param values the probability of every class (of two: negative, positive), or the one number that was predicted
 */
public record SlidePrediction(String name, double label, List<Double> values) {
    /** @throws IllegalArgumentException if there are no values */
    public SlidePrediction {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("a prediction of slide " + name + " needs a value");
        }
    }

    /** The number, or the probability of the last class: of two classes that of the positive one. */
    public double score() {
        return values.get(values.size() - 1);
    }

    /** The most probable class, the first of several. */
    public int mostProbable() {
        int best = 0;
        for (int c = 1; c < values.size(); c++) {
            if (values.get(c) > values.get(best)) {
                best = c;
            }
        }
        return best;
    }

    /**
     * The mean of what several networks say of the same slide.
     *
     * @param predictions at least one, all of one slide
     * @throws IllegalArgumentException if there are none, or they are of different slides
     */
    public static SlidePrediction mean(List<SlidePrediction> predictions) {
        if (predictions.isEmpty()) {
            throw new IllegalArgumentException("expected at least one prediction to average");
        }
        SlidePrediction first = predictions.get(0);
        double[] sums = new double[first.values().size()];
        for (SlidePrediction each : predictions) {
            if (!each.name().equals(first.name()) || each.values().size() != sums.length) {
                throw new IllegalArgumentException(
                        "expected predictions of slide " + first.name() + " alone, found one of " + each.name());
            }
            for (int i = 0; i < sums.length; i++) {
                sums[i] += each.values().get(i);
            }
        }
        return of(first.name(), first.label(), sums, predictions.size());
    }

    /** The mean of sums over so many. */
    static SlidePrediction of(String name, double label, double[] sums, int count) {
        List<Double> means = new ArrayList<>();
        for (double sum : sums) {
            means.add(sum / count);
        }
        return new SlidePrediction(name, label, means);
    }
}
