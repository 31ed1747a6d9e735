package slidefield.notebook;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Charts in one style: colour-blind safe, light grid, legible at a notebook's width. What comes back is XChart's own. */
public final class Charts {
    static final int WIDTH = 760;
    static final int HEIGHT = 400;
    private static final int FEW_POINTS = 30;

    private Charts() {}

    /**
     * Curves.
     *
     * @param title above the chart
     * @param xLabel below it
     * @param yLabel beside it
     * @param series curves by name, each {x values, y values} of one length; points that are not finite are left out
     * @return the chart
     */
    public static XYChart lines(String title, String xLabel, String yLabel, Map<String, double[][]> series) {
        return lines(title, xLabel, yLabel, series, false);
    }

    /**
     * Curves, if wanted on a logarithmic scale.
     *
     * @param title above the chart
     * @param xLabel below it
     * @param yLabel beside it
     * @param series curves by name, each {x values, y values} of one length; points that are not finite (and on a
     *     logarithmic scale not above 0) are left out
     * @param logY whether the y axis is logarithmic
     * @return the chart
     */
    public static XYChart lines(
            String title, String xLabel, String yLabel, Map<String, double[][]> series, boolean logY) {
        XYChart chart = new XYChart(WIDTH, HEIGHT);
        ChartStyle.label(chart, title, xLabel, yLabel);
        if (logY) {
            chart.getStyler().setYAxisLogarithmic(true);
            // Decades alone leave a narrow range without a label; all nine of a decade overlap.
            chart.getStyler().setYAxisLogarithmicDecadeOnly(false);
            chart.getStyler().setYAxisTickLabelsFormattingFunction(Charts::oneTwoFive);
        }
        chart.getStyler().setLegendVisible(series.size() > 1);
        int at = 0;
        boolean fromOne = !series.isEmpty();
        for (Map.Entry<String, double[][]> entry : series.entrySet()) {
            double[][] points = usable(entry.getKey(), entry.getValue(), logY);
            unevenly(points[0]);
            XYSeries curve = chart.addSeries(entry.getKey(), points[0], points[1]);
            curve.setLineStyle(at < Palette.series().length ? SeriesLines.SOLID : SeriesLines.DASH_DASH);
            curve.setLineWidth(2.2f);
            curve.setMarker(points[0].length <= FEW_POINTS ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
            at++;
            fromOne &= points[0][0] == 1 && points[0].length > 10;
        }
        if (fromOne) {
            // Ticks at round steps instead of 1, 6, 11, ...
            chart.getStyler().setXAxisMin(0.0);
        }
        return chart;
    }

    /**
     * Curves that start at x = 1: a loss by epoch.
     *
     * @param series curves by name
     * @return the same with x values 1, 2, 3, ..., for {@link #lines}
     */
    public static Map<String, double[][]> bySteps(Map<String, double[]> series) {
        Map<String, double[][]> curves = new LinkedHashMap<>();
        series.forEach((name, values) -> curves.put(name, new double[][] {
            IntStream.rangeClosed(1, values.length).asDoubleStream().toArray(), values
        }));
        return curves;
    }

    /**
     * Bars, grouped by category.
     *
     * @param title above the chart
     * @param xLabel below it
     * @param yLabel beside it
     * @param categories the groups along the x axis
     * @param series bars by name, one finite value per category
     * @return the chart
     */
    public static CategoryChart bars(
            String title, String xLabel, String yLabel, List<String> categories, Map<String, double[]> series) {
        CategoryChart chart = new CategoryChart(WIDTH, HEIGHT);
        ChartStyle.label(chart, title, xLabel, yLabel);
        chart.getStyler().setLegendVisible(series.size() > 1);
        chart.getStyler().setAvailableSpaceFill(series.size() > 1 ? 0.75 : 0.5);
        chart.getStyler().setPlotGridVerticalLinesVisible(false);
        chart.getStyler().setLabelsVisible(categories.size() * series.size() <= 16);
        chart.getStyler().setLabelsPosition(0.94);
        chart.getStyler().setLabelsFont(ChartStyle.font(Font.PLAIN, 12));
        chart.getStyler().setLabelsFontColorAutomaticEnabled(true);
        for (Map.Entry<String, double[]> entry : series.entrySet()) {
            if (entry.getValue().length != categories.size()) {
                throw new IllegalArgumentException("expected " + categories.size() + " values for '" + entry.getKey()
                        + "', one per category, found " + entry.getValue().length);
            }
            chart.addSeries(
                    entry.getKey(),
                    categories,
                    Arrays.stream(entry.getValue()).mapToObj(Charts::labelled).toList());
        }
        return chart;
    }

    /** XChart 4.0.3 labels a bar with all digits of its value: no more than a bar can show are kept. */
    private static Number labelled(double value) {
        return new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros();
    }

    /**
     * A matrix as colours (viridis), first row at the top.
     *
     * @param title above the chart
     * @param xLabel below it
     * @param yLabel beside it
     * @param values rows of one length, rows x columns
     * @return the chart
     */
    public static HeatMapChart heatMap(String title, String xLabel, String yLabel, double[][] values) {
        int columns = values.length == 0 ? 0 : values[0].length;
        return heatMap(title, xLabel, yLabel, numbers(columns), numbers(values.length), values);
    }

    private static List<String> numbers(int count) {
        return IntStream.range(0, count).mapToObj(String::valueOf).toList();
    }

    /**
     * A matrix as colours (viridis) with names for its rows and columns, first row at the top.
     *
     * @param title above the chart
     * @param xLabel below it
     * @param yLabel beside it
     * @param columnNames along the x axis, one per column, each once
     * @param rowNames along the y axis, one per row, each once
     * @param values rows of one length, rows x columns; what is not finite stays blank
     * @return the chart
     */
    public static HeatMapChart heatMap(
            String title,
            String xLabel,
            String yLabel,
            List<String> columnNames,
            List<String> rowNames,
            double[][] values) {
        return HeatMap.of(title, xLabel, yLabel, columnNames, rowNames, values);
    }

    /**
     * @param chart any chart
     * @param scale pixels per unit of the chart's size, at least 1
     * @return the chart as an opaque image
     */
    public static BufferedImage image(Chart<?, ?> chart, int scale) {
        BufferedImage image =
                new BufferedImage(chart.getWidth() * scale, chart.getHeight() * scale, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.scale(scale, scale);
        chart.paint(graphics, chart.getWidth(), chart.getHeight());
        graphics.dispose();
        return image;
    }

    /**
     * Writes a chart as a PNG of twice its size in pixels, whole or not at all.
     *
     * @param chart any chart
     * @param png the file to write
     */
    public static void save(Chart<?, ?> chart, Path png) {
        Pictures.save(image(chart, 2), png);
    }

    /** Only 1, 2 and 5 of each decade are labelled. */
    private static String oneTwoFive(double value) {
        double digit = value / Math.pow(10, Math.floor(Math.log10(value) + 1e-9));
        long whole = Math.round(digit);
        return whole == 1 || whole == 2 || whole == 5 || whole == 10 ? shortNumber(value) : "";
    }

    private static String shortNumber(double value) {
        return new BigDecimal(value)
                                .round(new MathContext(3))
                                .stripTrailingZeros()
                                .scale()
                        <= 6
                ? new BigDecimal(value)
                        .round(new MathContext(3))
                        .stripTrailingZeros()
                        .toPlainString()
                : String.format(Locale.ROOT, "%.0e", value);
    }

    /**
     * XChart 4.0.3 puts ticks on every so many-th data point (1, 4, 7, ...) where x values are evenly spaced. A shift of
     * one point that nobody can see gets round numbers instead.
     */
    private static void unevenly(double[] x) {
        if (x.length > 12) {
            x[1] += (x[2] - x[1]) * 0.01;
        }
    }

    private static double[][] usable(String name, double[][] points, boolean logY) {
        if (points.length != 2 || points[0].length != points[1].length) {
            throw new IllegalArgumentException("expected {x values, y values} of one length for '" + name + "'");
        }
        int[] good = IntStream.range(0, points[0].length)
                .filter(i -> Double.isFinite(points[0][i]) && Double.isFinite(points[1][i]))
                .filter(i -> !logY || points[1][i] > 0)
                .toArray();
        if (good.length == 0) {
            throw new IllegalArgumentException("no point of '" + name + "' can be drawn: all are missing, not finite"
                    + (logY ? " or not above 0 on a logarithmic scale" : ""));
        }
        return new double[][] {
            IntStream.of(good).mapToDouble(i -> points[0][i]).toArray(),
            IntStream.of(good).mapToDouble(i -> points[1][i]).toArray()
        };
    }
}
