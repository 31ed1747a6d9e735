package slidefield.experiment.search;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import slidefield.io.InputException;

/**
 * An option with values from a range.
 *
 * @param key dotted
 * @param low least value
 * @param high greatest value
 * @param log whether every factor is equally likely, rather than every difference
 * @param whole whether only whole numbers are drawn; otherwise values are rounded to three digits
 */
public record RangeKey(String key, double low, double high, boolean log, boolean whole) implements SearchKey {
    private static final String LOG = ":log";
    private static final int GROUPS = 5;

    /** @throws InputException if the range is empty or endless, or a logarithmic one reaches 0 */
    public RangeKey {
        if (!(low < high) || !Double.isFinite(low) || !Double.isFinite(high)) {
            throw new InputException(
                    key + ": expected a range low..high with low below high, found " + low + ".." + high);
        }
        if (log && low <= 0) {
            throw new InputException(key + ": a logarithmic range lies above 0, found " + low + ".." + high);
        }
    }

    static RangeKey parse(String key, String text) {
        boolean log = text.endsWith(LOG);
        String range = log ? text.substring(0, text.length() - LOG.length()) : text;
        int dots = range.indexOf("..");
        String low = range.substring(0, dots).strip();
        String high = range.substring(dots + 2).strip();
        try {
            boolean whole = low.matches("-?\\d+") && high.matches("-?\\d+");
            return new RangeKey(key, Double.parseDouble(low), Double.parseDouble(high), log, whole);
        } catch (NumberFormatException words) {
            throw new InputException(
                    key + ": expected numbers in low..high or low..high:log, found '" + text + "'", words);
        }
    }

    @Override
    public String draw(Random random) {
        double share = random.nextDouble();
        if (whole && !log) {
            return Long.toString((long) Math.min(high, Math.floor(low + share * (high - low + 1))));
        }
        double value = at(share);
        return whole
                ? Long.toString(Math.round(value))
                : new BigDecimal(value).round(new MathContext(3)).toPlainString();
    }

    private double at(double share) {
        return log ? Math.exp(Math.log(low) + share * (Math.log(high) - Math.log(low))) : low + share * (high - low);
    }

    @Override
    public List<String> groups() {
        return IntStream.range(0, GROUPS)
                .mapToObj(i -> shortly(at((double) i / GROUPS)) + ".." + shortly(at((i + 1.0) / GROUPS)))
                .toList();
    }

    private static String shortly(double value) {
        return new BigDecimal(value)
                .round(new MathContext(2))
                .stripTrailingZeros()
                .toPlainString();
    }

    @Override
    public int groupOf(String value) {
        double number = Double.parseDouble(value);
        double share = log
                ? (Math.log(number) - Math.log(low)) / (Math.log(high) - Math.log(low))
                : (number - low) / (high - low);
        return (int) Math.max(0, Math.min(GROUPS - 1, Math.floor(share * GROUPS)));
    }
}
