package slidefield.notebook;

import java.awt.image.BufferedImage;
import java.util.List;
import org.knowm.xchart.internal.chartpart.Chart;
import tech.tablesaw.api.Table;

/**
 * Shows things under a notebook's cell, on whichever Java kernel runs (ours, IJava, JJava, Rapaio); without a kernel it
 * prints what they are.
 */
public final class Show {
    private Show() {}

    /**
     * @param bundle what to show, in all its forms
     */
    public static void bundle(Bundle bundle) {
        new Live().show(bundle);
    }

    /**
     * A place under the cell whose content can be replaced.
     *
     * @return a display of its own; nothing is shown yet
     */
    public static Live live() {
        return new Live();
    }

    /**
     * @param image shown pixel by pixel
     */
    public static void image(BufferedImage image) {
        bundle(Bundle.image(image));
    }

    /**
     * @param image any image
     * @param maxWidth the most pixels it is shown wide, at least 1; a wider one is shrunk
     */
    public static void image(BufferedImage image, int maxWidth) {
        bundle(Bundle.image(Bundle.atMost(image, maxWidth)));
    }

    /**
     * Images side by side, of one height, each with its title above.
     *
     * @param titles one per image
     * @param images at least one
     */
    public static void row(List<String> titles, BufferedImage... images) {
        bundle(Bundle.image(Row.of(titles, images), "images: " + String.join(" | ", titles)));
    }

    /**
     * Images side by side, of one height, each with its title above.
     *
     * @param titles one per image
     * @param images at least one
     */
    public static void row(List<String> titles, List<BufferedImage> images) {
        row(titles, images.toArray(BufferedImage[]::new));
    }

    /**
     * @param chart any XChart chart, such as those of {@link Charts}
     */
    public static void chart(Chart<?, ?> chart) {
        bundle(Bundle.chart(chart));
    }

    /**
     * @param table any table: numbers right-aligned, decimals to four places
     */
    public static void table(Table table) {
        bundle(Bundle.table(table));
    }

    /**
     * @param html an HTML fragment; outside a notebook its text without tags is printed
     */
    public static void html(String html) {
        bundle(Bundle.html(html, html.replaceAll("<[^>]*>", " ").strip()));
    }

    /**
     * @param text plain text
     */
    public static void text(String text) {
        bundle(Bundle.text(text));
    }
}
