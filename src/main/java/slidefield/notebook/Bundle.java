package slidefield.notebook;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.knowm.xchart.internal.chartpart.Chart;
import tech.tablesaw.api.Table;

/**
 * One thing to show, in every form a front end may choose from (Jupyter's MIME bundle). Always holds
 * {@code text/plain}.
 *
 * @param data content by MIME type; binary content as base64
 * @param metadata what Jupyter calls metadata, by MIME type, such as the size an image is shown at
 */
public record Bundle(Map<String, String> data, Map<String, Map<String, Object>> metadata) {
    private static final String TEXT = "text/plain";
    private static final String HTML = "text/html";
    private static final String PNG = "image/png";
    private static final int CHART_SCALE = 2;

    /** Checks that there is plain text. */
    public Bundle {
        if (!data.containsKey(TEXT)) {
            throw new IllegalArgumentException("a bundle needs text/plain, found " + data.keySet());
        }
    }

    /**
     * @param text plain text
     * @return a bundle of it
     */
    public static Bundle text(String text) {
        return new Bundle(Map.of(TEXT, text), Map.of());
    }

    /**
     * @param html an HTML fragment
     * @param text the same as plain text
     * @return a bundle of both
     */
    public static Bundle html(String html, String text) {
        return new Bundle(Map.of(HTML, html, TEXT, text), Map.of());
    }

    /**
     * @param table any table; the first {@value TableText#ROWS} rows are shown
     * @return the table as HTML and as aligned text, numbers with 4 decimals
     */
    public static Bundle table(Table table) {
        return html(TableText.html(table), TableText.text(table));
    }

    /**
     * @param image any image
     * @return the image as a PNG of the same pixels
     */
    public static Bundle image(BufferedImage image) {
        return image(image, "image, " + image.getWidth() + " x " + image.getHeight() + " pixels");
    }

    /**
     * @param chart any XChart chart
     * @return the chart as a PNG of twice its size in pixels, shown at its size
     */
    public static Bundle chart(Chart<?, ?> chart) {
        Map<String, Object> size = new LinkedHashMap<>();
        size.put("width", chart.getWidth());
        size.put("height", chart.getHeight());
        Bundle picture = image(Charts.image(chart, CHART_SCALE), "chart: " + chart.getTitle());
        return new Bundle(picture.data(), Map.of(PNG, size));
    }

    /**
     * @param image any image
     * @param text what stands for it where no image can be shown
     * @return the image as a PNG of the same pixels
     */
    public static Bundle image(BufferedImage image, String text) {
        return new Bundle(Map.of(PNG, Base64.getEncoder().encodeToString(png(image)), TEXT, text), Map.of());
    }

    /** The plain text. */
    public String text() {
        return data.get(TEXT);
    }

    /** The whole PNG file; kernels' own renderers may lose the last bytes. */
    static byte[] png(BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        // In memory: left to itself ImageIO makes a file in the temporary folder, which may be full.
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            if (!ImageIO.write(image, "png", out)) {
                ImageIO.write(asRgb(image), "png", out);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static BufferedImage asRgb(BufferedImage image) {
        BufferedImage plain = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        plain.getGraphics().drawImage(image, 0, 0, null);
        return plain;
    }

    /**
     * Shrinks by whole halvings and one last smooth step, so that no detail aliases.
     *
     * @param image any image
     * @param maxWidth the most pixels it may be wide, at least 1
     * @return the image itself if it is narrow enough, else a smaller one of the same aspect ratio
     */
    static BufferedImage atMost(BufferedImage image, int maxWidth) {
        if (maxWidth < 1) {
            throw new IllegalArgumentException("expected a width of at least 1 pixel, found " + maxWidth);
        }
        BufferedImage small = image;
        while (small.getWidth() > maxWidth) {
            int width = Math.max(maxWidth, (small.getWidth() + 1) / 2);
            int height = Math.max(1, (int) Math.round((double) image.getHeight() * width / image.getWidth()));
            small = resized(small, width, height);
        }
        return small;
    }

    static BufferedImage resized(BufferedImage image, int width, int height) {
        boolean alpha = image.getColorModel().hasAlpha();
        BufferedImage result =
                new BufferedImage(width, height, alpha ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = result.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(image, 0, 0, width, height, null);
        graphics.dispose();
        return result;
    }
}
