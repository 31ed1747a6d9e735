package slidefield.experiment;

import java.util.Locale;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * Mean and sample standard deviation of a few numbers.
 *
 * @param mean NaN of none
 * @param deviation NaN of fewer than two
 */
record Spread(double mean, double deviation) {
    static Spread of(double... values) {
        SummaryStatistics statistics = new SummaryStatistics();
        for (double value : values) {
            statistics.addValue(value);
        }
        return new Spread(statistics.getMean(), statistics.getN() > 1 ? statistics.getStandardDeviation() : Double.NaN);
    }

    /** As tables print it: {@code 0.2417 ± 0.0312}, without the second part where there is none. */
    String text(String format) {
        if (Double.isNaN(mean)) {
            return "–";
        }
        String text = String.format(Locale.ROOT, format, mean);
        return Double.isNaN(deviation) ? text : text + " ± " + String.format(Locale.ROOT, format, deviation);
    }
}
