package slidefield.notebook;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;

/** A matrix as colours, as {@link Charts} shows it. */
final class HeatMap {
    private HeatMap() {}

    /** Arguments as {@link Charts#heatMap(String, String, String, List, List, double[][])} has them. */
    static HeatMapChart of(
            String title,
            String xLabel,
            String yLabel,
            List<String> columnNames,
            List<String> rowNames,
            double[][] values) {
        // The builder, because XChart 4.0.3's constructor leaves the heat map's own style unset.
        HeatMapChart chart = new HeatMapChartBuilder()
                .width(Charts.WIDTH)
                .height(Charts.HEIGHT + 60)
                .build();
        ChartStyle.label(chart, title, xLabel, yLabel);
        int rows = values.length;
        int columns = rows == 0 ? 0 : values[0].length;
        if (columns == 0) {
            throw new IllegalArgumentException("expected a matrix with rows and columns, found " + rows + " rows");
        }
        if (rowNames.size() != rows || columnNames.size() != columns) {
            throw new IllegalArgumentException("expected " + rows + " row and " + columns + " column names, found "
                    + rowNames.size() + " and " + columnNames.size());
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
        // As text: XChart 4.0.3 fails on numbers on a category y axis.
        if (cells.isEmpty()) {
            throw new IllegalArgumentException("expected a matrix with a finite value, found none");
        }
        chart.addSeries(
                "values",
                columnNames,
                IntStream.range(0, rows)
                        .mapToObj(i -> rowNames.get(rows - 1 - i))
                        .toList(),
                cells);
        chart.getStyler().setRangeColors(Palette.viridisSteps(32));
        chart.getStyler().setShowValue(false);
        chart.getStyler().setPlotContentSize(1);
        chart.getStyler().setLegendLayout(LegendLayout.Vertical);
        range(chart, cells);
        // Smoothed edges would leave hairlines between the cells.
        chart.getStyler().setAntiAlias(false);
        chart.getStyler().setGradientColorColumnHeight(240);
        chart.getStyler().setPlotGridLinesVisible(false);
        chart.getStyler().setXAxisMaxLabelCount(12);
        chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
        return chart;
    }

    /** The colour scale from the least to the greatest value, rounded outwards to three digits of the range. */
    private static void range(HeatMapChart chart, List<Number[]> cells) {
        DoubleSummaryStatistics all =
                cells.stream().mapToDouble(cell -> cell[2].doubleValue()).summaryStatistics();
        double width = all.getMax() - all.getMin();
        int digits = width > 0 ? 2 - (int) Math.floor(Math.log10(width)) : 3;
        chart.getStyler().setMin(rounded(all.getMin(), digits, RoundingMode.FLOOR));
        chart.getStyler().setMax(rounded(all.getMax(), digits, RoundingMode.CEILING));
    }

    private static double rounded(double value, int digits, RoundingMode mode) {
        return new BigDecimal(value).setScale(digits, mode).doubleValue();
    }
}
