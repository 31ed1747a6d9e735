package slidefield.notebook;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import slidefield.io.WholeFile;

/** Charts in one style: colour-blind safe, light grid, legible at a notebook's width. What comes back is XChart's own. */
public final class Charts {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 400;
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
        label(chart, title, xLabel, yLabel);
        chart.getStyler().setYAxisLogarithmic(logY);
        // One decade or less shows too few ticks when only powers of ten are labelled.
        chart.getStyler().setYAxisLogarithmicDecadeOnly(false);
        chart.getStyler().setLegendVisible(series.size() > 1);
        int at = 0;
        for (Map.Entry<String, double[][]> entry : series.entrySet()) {
            double[][] points = usable(entry.getKey(), entry.getValue(), logY);
            XYSeries curve = chart.addSeries(entry.getKey(), points[0], points[1]);
            curve.setLineStyle(at < Palette.series().length ? SeriesLines.SOLID : SeriesLines.DASH_DASH);
            curve.setLineWidth(2.2f);
            curve.setMarker(points[0].length <= FEW_POINTS ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
            at++;
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
        Map<String, double[][]> curves = new java.util.LinkedHashMap<>();
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
        label(chart, title, xLabel, yLabel);
        chart.getStyler().setLegendVisible(series.size() > 1);
        chart.getStyler().setAvailableSpaceFill(series.size() > 1 ? 0.75 : 0.5);
        chart.getStyler().setPlotGridVerticalLinesVisible(false);
        chart.getStyler().setLabelsVisible(categories.size() * series.size() <= 16);
        chart.getStyler().setLabelsPosition(1.0 - 1e-9);
        chart.getStyler().setLabelsFont(font(Font.PLAIN, 12));
        chart.getStyler().setLabelsFontColorAutomaticEnabled(true);
        for (Map.Entry<String, double[]> entry : series.entrySet()) {
            if (entry.getValue().length != categories.size()) {
                throw new IllegalArgumentException("expected " + categories.size() + " values for '" + entry.getKey()
                        + "', one per category, found " + entry.getValue().length);
            }
            chart.addSeries(
                    entry.getKey(),
                    categories,
                    java.util.Arrays.stream(entry.getValue()).boxed().toList());
        }
        return chart;
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
        HeatMapChart chart = new HeatMapChart(WIDTH, HEIGHT + 60);
        label(chart, title, xLabel, yLabel);
        int rows = values.length;
        int columns = rows == 0 ? 0 : values[0].length;
        if (columns == 0) {
            throw new IllegalArgumentException("expected a matrix with rows and columns, found " + rows + " rows");
        }
        List<Number[]> cells = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            if (values[row].length != columns) {
                throw new IllegalArgumentException(
                        "expected " + columns + " values in row " + row + ", found " + values[row].length);
            }
            for (int column = 0; column < columns; column++) {
                if (Double.isFinite(values[row][column])) {
                    cells.add(new Number[] {column, rows - 1 - row, values[row][column]});
                }
            }
        }
        chart.addSeries(
                "values",
                IntStream.range(0, columns).boxed().toList(),
                IntStream.range(0, rows).map(i -> rows - 1 - i).boxed().toList(),
                cells);
        chart.getStyler().setRangeColors(Palette.viridisSteps(32));
        chart.getStyler().setShowValue(rows * columns <= 100);
        chart.getStyler().setPlotContentSize(1);
        chart.getStyler().setPlotGridLinesVisible(false);
        chart.getStyler().setXAxisMaxLabelCount(12);
        chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
        return chart;
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
        byte[] bytes = Bundle.png(image(chart, 2));
        WholeFile.write(png, temporary -> Files.write(temporary, bytes));
    }

    private static void label(
            org.knowm.xchart.internal.chartpart.AxesChart<? extends AxesChartStyler, ?> chart,
            String title,
            String xLabel,
            String yLabel) {
        chart.setTitle(title);
        chart.setXAxisTitle(xLabel);
        chart.setYAxisTitle(yLabel);
        style(chart.getStyler());
    }

    private static void style(AxesChartStyler style) {
        style.setBaseFont(font(Font.PLAIN, 13));
        style.setChartTitleFont(font(Font.BOLD, 16));
        style.setAxisTitleFont(font(Font.PLAIN, 14));
        style.setAxisTickLabelsFont(font(Font.PLAIN, 13));
        style.setLegendFont(font(Font.PLAIN, 13));
        style.setChartFontColor(Palette.INK);
        style.setChartTitleFontColor(Palette.INK);
        style.setXAxisTitleColor(Palette.INK);
        style.setYAxisTitleColor(Palette.INK);
        style.setAxisTickLabelsColor(Palette.INK);
        style.setChartBackgroundColor(Color.WHITE);
        style.setPlotBackgroundColor(Color.WHITE);
        style.setPlotBorderVisible(false);
        style.setPlotGridLinesColor(Palette.FAINT);
        style.setPlotGridLinesStroke(new BasicStroke(1f));
        style.setAxisTickMarksColor(Palette.FAINT);
        style.setPlotTicksMarksVisible(false);
        style.setChartPadding(14);
        style.setMarkerSize(6);
        style.setSeriesColors(Palette.series());
        style.setSeriesMarkers(new Marker[] {SeriesMarkers.CIRCLE});
        style.setLegendPosition(LegendPosition.OutsideS);
        style.setLegendLayout(LegendLayout.Horizontal);
        style.setLegendBorderColor(Color.WHITE);
        style.setLegendBackgroundColor(Color.WHITE);
        style.setLocale(java.util.Locale.ROOT);
        style.setAntiAlias(true);
    }

    private static Font font(int weight, int size) {
        return new Font(Font.SANS_SERIF, weight, size);
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
