package slidefield.notebook;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.Locale;
import org.knowm.xchart.internal.chartpart.AxesChart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The one look of all charts. */
final class ChartStyle {
    private ChartStyle() {}

    /** Titles and style, the same on every chart. */
    static void label(AxesChart<? extends AxesChartStyler, ?> chart, String title, String xLabel, String yLabel) {
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
        style.setChartTitlePadding(12);
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
        style.setLocale(Locale.ROOT);
        style.setAntiAlias(true);
    }

    static Font font(int weight, int size) {
        return new Font(Font.SANS_SERIF, weight, size);
    }
}
