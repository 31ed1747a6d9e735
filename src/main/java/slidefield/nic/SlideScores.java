package slidefield.nic;

import java.util.List;
import slidefield.score.Roc;
import slidefield.score.Spearman;

/**
 * What predictions of slides come to: the paper's figures of merit.
 *
 * <p>Holds nothing: thread-safe.
 */
public final class SlideScores {
    private SlideScores() {}

    /**
     * The area under the ROC curve (Tellez et al. 2019, Table 2).
     *
     * @param predictions of slides of two classes
     * @return NaN where one class is absent
     */
    public static double auc(List<SlidePrediction> predictions) {
        boolean[] positive = new boolean[predictions.size()];
        for (int i = 0; i < positive.length; i++) {
            positive[i] = predictions.get(i).label() == 1;
        }
        return Roc.auc(scores(predictions), positive);
    }

    /**
     * Spearman's rank correlation with the labels (Table 3).
     *
     * @param predictions of at least three slides
     */
    public static Spearman spearman(List<SlidePrediction> predictions) {
        return Spearman.of(
                scores(predictions),
                predictions.stream().mapToDouble(SlidePrediction::label).toArray());
    }

    /**
     * The share of slides whose most probable class is the right one (Fig. 6).
     *
     * @param predictions of slides of classes
     * @return NaN without any
     */
    public static double accuracy(List<SlidePrediction> predictions) {
        return predictions.stream()
                .mapToDouble(each -> each.mostProbable() == each.label() ? 1 : 0)
                .average()
                .orElse(Double.NaN);
    }

    private static double[] scores(List<SlidePrediction> predictions) {
        return predictions.stream().mapToDouble(SlidePrediction::score).toArray();
    }
}
